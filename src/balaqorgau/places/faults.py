"""What can be wrong with a list of schools, said in a language of the pack: which row, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from balaqorgau.pack import Pack

SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row: `row` counts as a spreadsheet shows it (the head is 1; 0 is the whole file)."""

    row: int
    key: str
    values: Mapping[str, Any]

    def words(self, pack: Pack, language: str) -> str:
        """The fault in a language of the pack."""
        said = pack.text(language, f"places.fault.{self.key}", **self.values)
        return pack.text(language, "places.row", n=self.row, fault=said) if self.row else said


class BadSchoolList(ValueError):
    """A list that is not taken; `faults` are all of them."""

    def __init__(self, faults: list[RowFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def fault(row: int, key: str, **values: Any) -> RowFault:
    """A fault in short; what a cell says is shown without anything that a terminal would obey."""
    return RowFault(row, key, {name: shown(value) for name, value in values.items()})


def shown(value: Any) -> Any:
    """A cell's text as it can be printed: cut, signs that cannot be seen replaced."""
    if not isinstance(value, str):
        return value
    text = "".join(letter if letter.isprintable() else "\ufffd" for letter in value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def stop_at(faults: Iterable[RowFault]) -> None:
    """Raise what was found, in the order of rows."""
    if found := sorted(faults, key=lambda one: one.row):
        raise BadSchoolList(found)


def too_many(number: int, pack: Pack) -> Iterator[RowFault]:
    """More schools than a country has."""
    if number > pack.limits.schools:
        yield fault(0, "too_many", n=pack.limits.schools)
