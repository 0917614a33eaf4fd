"""The order in which a language puts names (CLDR), from the pack's `collation/LANGUAGE.txt`, which tools/collation.mjs makes.

Like ICU: first by letters, then by accents, then by case; numbers by their value, so that school 2 stands before school 10.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

Place = tuple[int, int, int]
Key = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
STEP: Final = re.compile(r" (<<<?) ")
PART: Final = re.compile(r"[0-9]+|.", re.DOTALL)
COMMENT: Final = "# "


@dataclass(frozen=True)
class Collation:
    """Each letter's place: its own, among accents, among capitals. Letters that are not there come last, by their number."""

    places: dict[str, Place]

    def key(self, text: str) -> Key:
        """What a text is sorted by."""
        return tuple(zip(*self.weights(unicodedata.normalize("NFKC", text)), strict=True)) or ((), (), ())  # type: ignore[return-value]

    def weights(self, text: str) -> Iterator[Place]:
        """Letter by letter, a number as one thing: how long it is, then its digits."""
        for part in PART.findall(text):
            if part.isdecimal() and part.isascii():
                yield from self.number(part.lstrip("0") or "0")
            elif unicodedata.category(part) not in ("Mn", "Cc", "Cf"):
                yield self.places.get(part, (len(self.places) + ord(part), 0, 0))

    def number(self, digits: str) -> Iterator[Place]:
        """A number where its first digit would stand."""
        yield self.places.get("0", (0, 0, 0))
        yield (len(digits), 0, 0)
        yield from ((int(digit), 0, 0) for digit in digits)


def read(lines: list[str]) -> Collation:
    """The collation of a file's lines."""
    ranked = [line for line in lines if line and not line.startswith(COMMENT)]
    return Collation({letter: place for rank, line in enumerate(ranked) for letter, place in places(rank, line)})


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
    return read(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else Collation({})
