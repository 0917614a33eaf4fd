"""Posters of the schools of a country: what the pack says, on a sheet, for an installation's address."""

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote

from balaqorgau import pack
from balaqorgau.pack import Pack
from balaqorgau.places.posters import SHEETS, Poster, PosterError, Press, Wording
from balaqorgau.places.queries import CodedSchool


def press_for(country: Pack, *, sheet: str, languages: Sequence[str] = (), bleed: float = 0) -> Press:
    """A press for two languages, the pack's first two by default; raises PosterError."""
    chosen = languages or country.languages[:2]
    if unknown := [language for language in chosen if language not in country.languages]:
        raise PosterError(f"The pack has no language {', '.join(unknown)}; it has {', '.join(country.languages)}.")
    wordings = [wording(country, language) for language in chosen]
    return Press(SHEETS[sheet], wordings, helpline=country.main_helpline.number, bleed=bleed)


def wording(country: Pack, language: str) -> Wording:
    """What every poster says in a language."""
    return Wording.read(language, lambda key: country.text(language, key))


@lru_cache(maxsize=8)
def standing_press(sheet: str) -> Press:
    """A press that stays: what all pages share is set once for each process. Raises PosterError."""
    return press_for(pack.current(), sheet=sheet)


def file_name(number: str) -> str:
    """A school's number as a file name that no other number has."""
    return "".join(letter if letter.isalnum() or letter in "-_" else quote(letter, safe="") for letter in number)


def poster_for(school: CodedSchool, origin: str) -> Poster:
    """A school's poster for the address that children reach; raises PosterError."""
    return Poster(school.names, school.region, school.code, origin, school.example)
