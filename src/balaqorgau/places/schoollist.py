"""Reads a list of schools (CSV or XLSX) and says of every bad row what is wrong; nothing here writes.

Columns: `number` (the school's own in the ministry's list), `region`, `district` (may be empty), and `name_<language>`
for each language of the pack, of which the first must be filled.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from balaqorgau.pack import Pack
from balaqorgau.pack.scripts import mixing
from balaqorgau.places.faults import BadSchoolList, RowFault, fault, stop_at, too_many
from balaqorgau.places.tables import looked_at

__all__ = ["BadSchoolList", "RowFault", "SchoolRow", "read"]

FORMULA: Final = ("=", "+", "-", "@")  # What a spreadsheet would run when somebody opens a list of ours.
NUMBER_LENGTH: Final = 40


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school as a list names it; `region` and `district` are the pack's ids."""

    number: str
    region: str
    district: str
    names: Mapping[str, str]


def read(path: Path, pack: Pack) -> list[SchoolRow]:
    """Every school of a file; raises BadSchoolList with every fault of every row."""
    try:
        data = path.read_bytes()
    except OSError:
        raise BadSchoolList([fault(0, "unreadable", file=path.name)]) from None
    return read_bytes(data, pack)


def read_bytes(data: bytes, pack: Pack) -> list[SchoolRow]:
    """Every school of a list that is here as bytes; raises BadSchoolList with every fault of every row."""
    table = [(at, row) for at, row in looked_at(data, pack) if any(row)]
    if not table:
        raise BadSchoolList([fault(0, "empty")])
    (first, head), *rows = table
    names = [cell.casefold() for cell in head]
    stop_at(head_faults(first, names, pack))
    found = [Reader(pack, dict(zip(names, row, strict=False)), at) for at, row in rows]
    stop_at([*(one for reader in found for one in reader.faults()), *repeated(found), *too_many(len(found), pack)])
    if not found:
        raise BadSchoolList([fault(0, "empty")])
    return [reader.school() for reader in found]


def head_faults(row: int, head: list[str], pack: Pack) -> Iterator[RowFault]:
    """Columns that are not there, or there twice."""
    for column in ("number", "region", f"name_{pack.languages[0]}"):
        if column not in head:
            yield fault(row, "no_column", column=column)
    for column in {name for name in head if name and head.count(name) > 1}:
        yield fault(row, "column_twice", column=column)


def repeated(found: list["Reader"]) -> Iterator[RowFault]:
    """Numbers that an earlier row has."""
    first: dict[str, int] = {}
    for reader in found:
        number = reader.cell("number")
        if number and first.setdefault(number, reader.row) != reader.row:
            yield fault(reader.row, "twice", number=number, first=first[number])


@dataclass(frozen=True, slots=True)
class Reader:
    """One row, read against the pack."""

    pack: Pack
    cells: Mapping[str, str]
    row: int

    def cell(self, column: str) -> str:
        """A cell's text, "" where there is none."""
        return self.cells.get(column, "")

    def faults(self) -> Iterator[RowFault]:
        """Everything that is wrong with the row."""
        number = self.cell("number")
        if not number:
            yield fault(self.row, "no_number")
        if len(number) > NUMBER_LENGTH:
            yield fault(self.row, "long_number", n=NUMBER_LENGTH)
        if not number.isprintable() or number.startswith(FORMULA):
            yield fault(self.row, "bad_number", number=number)
        yield from self.place_faults()
        yield from self.name_faults()

    def place_faults(self) -> Iterator[RowFault]:
        """A region or district that is not on today's map."""
        if not self.region():
            yield fault(self.row, "no_region", value=self.cell("region"))
        elif self.cell("district") and not self.district():
            yield fault(self.row, "no_district", value=self.cell("district"), region=self.region())

    def name_faults(self) -> Iterator[RowFault]:
        """Names that are missing, too long, or cannot be set on a poster."""
        for language in self.pack.languages:
            name = self.cell(f"name_{language}")
            if not name and language == self.pack.languages[0]:
                yield fault(self.row, "no_name", language=language)
            if len(name) > self.pack.limits.name_letters:
                yield fault(self.row, "long_name", n=self.pack.limits.name_letters)
            if not name.isprintable():
                yield fault(self.row, "unprintable", language=language)
            if name.startswith(FORMULA):
                yield fault(self.row, "formula", language=language, sign=name[0])
            if mixed := mixing(name, self.pack.mixed_script_words):
                yield fault(self.row, "mixed", words=mixed)

    def region(self) -> str:
        """The region's id: the cell may say the id, the register's code or a name."""
        return match(self.cell("region"), self.pack, "")

    def district(self) -> str:
        """The district's id within the row's region, "" where there is none."""
        return match(self.cell("district"), self.pack, self.region())

    def school(self) -> SchoolRow:
        """The school; only for a row without faults."""
        names = {language: name for language in self.pack.languages if (name := self.cell(f"name_{language}"))}
        return SchoolRow(self.cell("number"), self.region(), self.district(), names)


def match(said: str, pack: Pack, region: str) -> str:
    """The id of the territory that a cell means: a region, or a district of `region`; "" when none or several."""
    if not said:
        return ""
    places = pack.districts(region) if region else pack.regions()
    exact = [place.id for place in places if said in (place.id, place.register)]
    named = [place.id for place in places if said.casefold() in {name.casefold() for name in place.names.values()}]
    found = set(exact) or set(named)
    return found.pop() if len(found) == 1 else ""
