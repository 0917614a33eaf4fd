"""The letters that a font can draw, read from its character map (OpenType `cmap`, format 4)."""

import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"


@cache
def drawable() -> frozenset[str]:
    """What every font of the posters has."""
    return frozenset.intersection(*(letters_of(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))))


def letters_of(font: bytes) -> frozenset[str]:
    """Every letter of the font's basic plane."""
    cmap = table(font, b"cmap")
    count = struct.unpack_from(">H", cmap, 2)[0]
    offsets = (struct.unpack_from(">L", cmap, 8 + 8 * index)[0] for index in range(count))
    maps = (cmap[offset:] for offset in offsets if struct.unpack_from(">H", cmap, offset)[0] == 4)
    return frozenset(letter for found in maps for letter in segments(found))


def table(font: bytes, tag: bytes) -> bytes:
    """One table of a font file."""
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        name, _, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if name == tag:
            return font[offset : offset + length]
    raise ValueError(f"the font has no table {tag.decode()}")


def segments(map4: bytes) -> set[str]:
    """The letters between a format 4 map's start and end codes."""
    count = struct.unpack_from(">H", map4, 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", map4, 14)
    starts = struct.unpack_from(f">{count}H", map4, 16 + 2 * count)
    return {chr(code) for start, end in zip(starts, ends, strict=True) for code in range(start, end + 1) if code != 0xFFFF}


def undrawable(text: str) -> str:
    """The letters of a text that the posters' fonts lack, each once."""
    return "".join(sorted(set(text) - drawable()))
