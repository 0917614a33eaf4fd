"""The tour's doors: the walk itself, and the poster it begins with, as paper, as a picture and as its code alone."""

from functools import lru_cache
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from balaqorgau import pack
from balaqorgau.accounts.queries import ExamplePassphrase, example_passphrases
from balaqorgau.directory.country import desk_names
from balaqorgau.directory.models import REGION, Desk
from balaqorgau.places.posters import Poster, Press
from balaqorgau.places.posters.symbol import symbol
from balaqorgau.places.printing import poster_for, press_for
from balaqorgau.places.queries import CodedSchool, coded_schools
from balaqorgau.tour.picture import picture_of

WORDS: Final = 6
NAMESPACE: Final = "tour"


@require_safe
def tour(request: HttpRequest, language: str = "") -> HttpResponse:
    """The walk, in a language of the pack."""
    country = pack.current()
    language = language or country.languages[0]
    if language not in country.languages:
        raise Http404
    home = "/" if language == country.languages[0] else f"/{language}/"
    values = {
        "language": language,
        "languages": [{"code": one.code, "name": one.name} for one in country.spoken],
        "school": school(request, language),
        "words": country.words(language)[:: len(country.words(language)) // WORDS][:WORDS],
        "home": home,
        "draft": not country.is_reviewed(language, NAMESPACE),
        "answer": f"{home}answer/",
    }
    return render(request, "tour/tour.html", values | officers(language))


def first_school() -> CodedSchool:
    """The school whose poster the tour shows."""
    found = coded_schools(region=pack.current().region_codes[0])
    if not found:
        raise Http404
    return found[0]


def poster_of(request: HttpRequest, found: CodedSchool) -> Poster:
    """The school's poster, for the address that the visitor reached."""
    return poster_for(found, f"http://{request.get_host()}")


def school(request: HttpRequest, language: str) -> dict[str, str]:
    """What the page shows of the school."""
    found = first_school()
    printed = poster_of(request, found)
    return {"name": found.names[language], "code": printed.typed, "url": printed.url}


def officers(language: str) -> dict[str, list[dict[str, str]]]:
    """The example officers: those whom an appeal of the tour's school reaches or is passed to, and all the others."""
    desks = {desk.pk: desk for desk in Desk.objects.all()}
    region = pack.current().region_codes[0]
    near = [region, *(name for name, desk in desks.items() if desk.role != REGION)]
    found = sorted(example_passphrases(), key=lambda one: one.desk != region)
    return {
        "officers": [officer(one, desks[one.desk], language) for one in found if one.desk in near],
        "others": [officer(one, desks[one.desk], language) for one in found if one.desk not in near],
    }


def officer(one: ExamplePassphrase, desk: Desk, language: str) -> dict[str, str]:
    """An officer's line in the table."""
    name = desk_names(desk.role, desk.territory)[language]
    return {"desk": name, "username": one.username, "passphrase": one.passphrase}


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """The poster's QR symbol as a picture."""
    return HttpResponse(symbol(poster_of(request, first_school()).url), content_type="image/svg+xml")


@require_safe
def poster(request: HttpRequest) -> HttpResponse:
    """The poster as PDF."""
    return HttpResponse(printed(request), content_type="application/pdf")


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """The poster as a picture."""
    return HttpResponse(picture_of(printed(request)), content_type="image/png")


def printed(request: HttpRequest) -> bytes:
    """The school's poster as PDF."""
    return press().print([poster_of(request, first_school())])


@lru_cache(maxsize=1)
def press() -> Press:
    """A press for the pack's first two languages."""
    return press_for(pack.current(), sheet="poster")
