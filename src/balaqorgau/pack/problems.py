"""What is wrong with a country pack, said in words: which file, which line, which key."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One fault. `file` is relative to the pack's folder, `line` counts from 1 (0: the whole file), `key` is dotted."""

    file: str
    line: int
    key: str
    words: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.words}" if self.key else f"{place}: {self.words}"


class PackError(ValueError):
    """A country pack that cannot be used; `problems` are all its faults in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class MissingText(LookupError):
    """A text was asked for that the pack does not have, or without a value that it needs."""
