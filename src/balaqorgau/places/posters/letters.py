"""What the posters' fonts can draw and how wide: read from the OpenType files (tables `cmap` format 4, `hhea`, `hmtx`, `head`).

Typst could measure, but a page that measures itself costs four times one that does not.
"""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
    """A line's width in ems, as an upper bound: kerning only brings letters closer, and the widest font counts."""
    known = widths()
    return sum(known[letter] for letter in text)


def longest_part(text: str) -> float:
    """The width in ems of the longest part that no line break can divide."""
    return max(map(width, text.replace(BREAK, " ").split(" ")))


def breakable(text: str) -> str:
    """The text with invisible places to break in words that are longer than any word should be."""
    return " ".join(BREAK.join(pieces(word)) for word in text.split(" "))


def pieces(word: str) -> Iterator[str]:
    """A word in pieces that fit a line."""
    step = LONGEST_WORD if len(word) > LONGEST_WORD else len(word) or 1
    return (word[start : start + step] for start in range(0, len(word), step))


def advances(font: bytes) -> dict[str, float]:
    """A font's letters of the basic plane with their advance widths in ems."""
    em = struct.unpack_from(">H", table(font, b"head"), 18)[0]
    count = struct.unpack_from(">H", table(font, b"hhea"), 34)[0]
    metrics = struct.unpack_from(">" + "Hh" * count, table(font, b"hmtx"))[::2]
    return {chr(code): metrics[min(glyph, count - 1)] / em for code, glyph in glyphs(table(font, b"cmap"))}


def table(font: bytes, tag: bytes) -> bytes:
    """One table of a font file."""
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        name, _, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if name == tag:
            return font[offset : offset + length]
    raise ValueError(f"the font has no table {tag.decode()}")


def glyphs(cmap: bytes) -> Iterator[tuple[int, int]]:
    """Code points and glyphs of a `cmap`'s first format 4 subtable."""
    count = struct.unpack_from(">H", cmap, 2)[0]
    offsets = [struct.unpack_from(">L", cmap, 8 + 8 * index)[0] for index in range(count)]
    start = next(offset for offset in offsets if struct.unpack_from(">H", cmap, offset)[0] == 4)
    segments = struct.unpack_from(">H", cmap, start + 6)[0] // 2
    ends = struct.unpack_from(f">{segments}H", cmap, start + 14)
    starts, deltas, jumps = struct.iter_unpack(f">{segments}H", cmap[start + 16 + 2 * segments :][: 6 * segments])
    for segment, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if jumps[segment]:
                place = start + 16 + 6 * segments + 2 * segment + jumps[segment] + 2 * (code - first)
                glyph = struct.unpack_from(">H", cmap, place)[0]
            yield code, (glyph + deltas[segment]) % 0x10000
