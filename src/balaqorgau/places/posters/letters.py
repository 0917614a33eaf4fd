"""What the posters' fonts can draw, and how wide.

Typst could measure, but a page that measures itself takes four times as long as one that does not.
"""

from functools import cache
from pathlib import Path

from balaqorgau.places.posters.opentype import advances

FONTS = Path(__file__).parent / "fonts"
BREAK = "\u200b"
LONGEST_WORD = 24


@cache
def widths() -> dict[str, float]:
    """Every letter that all fonts have, and its width in ems in the widest of them."""
    fonts = [advances(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))]
    common = set.intersection(*(set(font) for font in fonts))
    return {letter: max(font[letter] for font in fonts) for letter in common} | {BREAK: 0.0}


def undrawable(text: str) -> str:
    """The letters of a text that the fonts lack, each once."""
    return "".join(sorted(set(text) - widths().keys()))


def width(text: str) -> float:
    """A line's width in ems in the widest font, before kerning."""
    known = widths()
    return sum(known[letter] for letter in text)


def longest_part(text: str) -> float:
    """The width in ems of the longest part that no line break can divide."""
    return max(map(width, text.replace(BREAK, " ").split(" ")))


def breakable(text: str) -> str:
    """The text with invisible places to break in words that are longer than words are."""
    return " ".join(map(broken, text.split()))


def broken(word: str) -> str:
    """A word in pieces that fit a line."""
    return BREAK.join(word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))
