"""The sheets that can be printed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """A kind of page: its name (the file in `layout/` that draws it) and its trimmed size in millimetres."""

    name: str
    width: float
    height: float


SHEETS = {sheet.name: sheet for sheet in (Sheet("poster", 210, 297), Sheet("plaque", 105, 148), Sheet("stickers", 210, 297))}
