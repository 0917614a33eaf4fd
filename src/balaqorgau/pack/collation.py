"""The order in which a language puts names (CLDR), from the pack's `collation/LANGUAGE.txt`, which tools/collation.mjs makes.

Like ICU: first by letters, then by accents, then by case; numbers by their value, so that school 2 stands before school 10.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

Place = tuple[int, int, int]
Key = tuple[str, str, str]
Table = Mapping[int, str | None]
STEP: Final = re.compile(r" (<<<?) ")
DIGITS: Final = re.compile(r"([0-9]+)")
COMMENT: Final = "# "
UNSEEN: Final = dict.fromkeys([0xAD, 0xFEFF, *range(0x20), *range(0x300, 0x370), *range(0x200B, 0x2010), 0x2060])
"""Letters without a place: accents that stand alone, and signs that only tell how to write."""


@dataclass(frozen=True)
class Collation:
    """What a letter is compared by: itself, its accent, its case. Letters that are not there come last, by their number."""

    letters: Table
    accents: Table
    cases: Table

    def key(self, text: str) -> Key:
        """What a text is sorted by."""
        parts = DIGITS.split(unicodedata.normalize("NFKC", text))
        words = parts[::2]
        letters = [part.translate(self.letters) if at % 2 == 0 else self.number(part) for at, part in enumerate(parts)]
        return "".join(letters), translated(words, self.accents), translated(words, self.cases)

    def number(self, digits: str) -> str:
        """A number where its first digit would stand: how long it is, then what it is."""
        value = digits.lstrip("0") or "0"
        return f"{'0'.translate(self.letters)}{chr(len(value))}{value}"


def translated(words: Iterable[str], table: Table) -> str:
    """Words by one table."""
    return "".join(word.translate(table) for word in words)


def read(lines: list[str]) -> Collation:
    """The collation of a file's lines."""
    ranked = [line for line in lines if line and not line.startswith(COMMENT)]
    found = [(ord(form), place) for rank, line in enumerate(ranked, 1) for form, place in places(rank, line)]
    letters, accents, cases = ({form: chr(place[level]) for form, place in found} | UNSEEN for level in range(3))
    return Collation(letters, accents, cases)


def places(rank: int, line: str) -> Iterator[tuple[str, Place]]:
    """One letter's forms with their places."""
    first, *more = STEP.split(line)
    accent = case = 0
    yield letter(first), (rank, accent, case)
    for step, form in zip(more[::2], more[1::2], strict=True):
        accent, case = (accent, case + 1) if step == "<<<" else (accent + 1, 0)
        yield letter(form), (rank, accent, case)


def letter(shown: str) -> str:
    """A letter as a file shows it."""
    return chr(int(shown[2:], 16)) if shown.startswith("U+") else shown


@cache
def of(file: Path) -> Collation:
    """The collation in a file; a language that has none is sorted by its letters' numbers."""
    return read(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else read([])
