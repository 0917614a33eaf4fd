"""Posters: what hangs on a school's wall, as print-ready PDF. Pure functions, no models.

A `Poster` is one school's; a `Press` prints many on a `Sheet` (A4 poster, A6 plaque, stickers) in two
languages. Never fork a process in which a press has printed: the typesetter keeps threads. Spawn.
"""

from balaqorgau.places.posters.errors import PosterError
from balaqorgau.places.posters.poster import Poster
from balaqorgau.places.posters.press import Press
from balaqorgau.places.posters.sheets import POSTER, SHEETS, Sheet
from balaqorgau.places.posters.wording import Wording

__all__ = ["POSTER", "SHEETS", "Poster", "PosterError", "Press", "Sheet", "Wording"]
