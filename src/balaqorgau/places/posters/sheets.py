"""The sheets that can be printed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kind of page: its name (the file in `layout/` that draws it), its trimmed size in millimetres."""

    name: str
    width: float
    height: float


POSTER = Sheet("poster", 210, 297)
PLAQUE = Sheet("plaque", 105, 148)
STICKERS = Sheet("stickers", 210, 297)
SHEETS = {sheet.name: sheet for sheet in (POSTER, PLAQUE, STICKERS)}
