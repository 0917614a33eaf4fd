"""Posters as PDF for the web: few enough that nobody waits for them. More are the command's work, which has all the time."""

from typing import Final

from django.conf import settings

from balaqorgau.appeals.refusals import Refused
from balaqorgau.places.posters import SHEETS
from balaqorgau.places.printing import poster_for, standing_press
from balaqorgau.places.queries import CodedSchool, coded_schools

MOST: Final = 500
"""A second of one core, two for stickers; the typesetter lets other requests go on meanwhile."""


def print_schools(schools: list[CodedSchool], sheet: str) -> bytes:
    """A PDF with a page for each school; raises Refused("no_school", "bad_sheet", "too_many_posters") or PosterError."""
    if sheet not in SHEETS:
        raise Refused("bad_sheet", 422)
    if not schools:
        raise Refused("no_school", 404)
    if len(schools) > MOST:
        raise Refused("too_many_posters", 422)
    return standing_press(sheet).print([poster_for(school, settings.ORIGIN) for school in schools])


def print_school(number: str, sheet: str) -> bytes:
    """One school's PDF."""
    return print_schools(coded_schools(number=number), sheet)
