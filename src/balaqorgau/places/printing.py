"""Posters of the schools of a country: what the pack says, on a sheet, for an installation's address."""

from collections.abc import Sequence

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


def poster_for(school: CodedSchool, origin: str) -> Poster:
    """A school's poster for the address that children reach; raises PosterError."""
    return Poster(school.names, school.region, school.code, origin, school.example)
