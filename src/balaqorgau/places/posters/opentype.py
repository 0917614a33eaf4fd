"""A font's letters and their widths, from the OpenType tables `head`, `hhea`, `hmtx` and `cmap`."""

import struct
from collections.abc import Iterator

LAST = 0xFFFF


def advances(font: bytes) -> dict[str, float]:
    """A font's letters of the basic plane with their advance widths in ems."""
    em = u16(table(font, b"head"), 18)
    count = u16(table(font, b"hhea"), 34)
    metrics = table(font, b"hmtx")
    glyphs = glyphs_of(basic_map(table(font, b"cmap")))
    return {chr(code): u16(metrics, 4 * min(glyph, count - 1)) / em for code, glyph in glyphs}


def u16(data: bytes, at: int) -> int:
    """A big-endian 16-bit number."""
    return int.from_bytes(data[at : at + 2], "big")


def table(font: bytes, tag: bytes) -> bytes:
    """One table of a font file; ValueError when it is not there."""
    for index in range(u16(font, 4)):
        name, _, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if name == tag:
            return font[offset : offset + length]
    raise ValueError(f"the font has no table {tag.decode()}")


def basic_map(cmap: bytes) -> bytes:
    """The format 4 map (code points below U+FFFF) of a `cmap`; ValueError when there is none."""
    for index in range(u16(cmap, 2)):
        (offset,) = struct.unpack_from(">L", cmap, 8 + 8 * index)
        if u16(cmap, offset) == 4:
            return cmap[offset:]
    raise ValueError("the font has no map of format 4")


def glyphs_of(map4: bytes) -> Iterator[tuple[int, int]]:
    """Code points with their glyphs: four arrays (end, start, delta, range offset) describe the segments."""
    size = u16(map4, 6)
    for segment in range(0, size, 2):
        end, start, delta, jump = (14 + segment + shift for shift in (0, size + 2, 2 * size + 2, 3 * size + 2))
        first = u16(map4, start)
        for code in range(first, min(u16(map4, end), LAST - 1) + 1):
            leap = u16(map4, jump)
            glyph = u16(map4, jump + leap + 2 * (code - first)) if leap else code
            if glyph:
                yield code, (glyph + u16(map4, delta)) & LAST
