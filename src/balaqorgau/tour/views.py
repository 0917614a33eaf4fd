"""The tour's two doors: the walk itself, and the poster it begins with."""

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from balaqorgau import pack
from balaqorgau.accounts.queries import example_passphrases
from balaqorgau.directory.country import desk_names
from balaqorgau.directory.models import Desk
from balaqorgau.places.posters import Poster, Press
from balaqorgau.places.posters.symbol import symbol
from balaqorgau.places.printing import poster_for, press_for
from balaqorgau.places.queries import CodedSchool, coded_schools


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
        "officers": officers(language),
        "home": home,
        "answer": f"{home}answer/",
    }
    return render(request, "tour/tour.html", values)


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


def officers(language: str) -> list[dict[str, Any]]:
    """The example officers of the first desks that the tour's appeal reaches."""
    desks = {desk.pk: desk for desk in Desk.objects.all()}
    region = pack.current().region_codes[0]
    order = [region, *(desk for desk in desks if desks[desk].role != "region"), *desks]
    found = sorted(example_passphrases(), key=lambda one: order.index(one.desk))
    return [
        {
            "desk": desk_names(desks[one.desk].role, desks[one.desk].territory)[language],
            "username": one.username,
            "passphrase": one.passphrase,
        }
        for one in found
    ]


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """The poster's QR symbol as a picture."""
    return HttpResponse(symbol(poster_of(request, first_school()).url), content_type="image/svg+xml")


@require_safe
def poster(request: HttpRequest) -> HttpResponse:
    """The poster as PDF."""
    return HttpResponse(press().print([poster_of(request, first_school())]), content_type="application/pdf")


@lru_cache(maxsize=1)
def press() -> Press:
    """A press for the pack's first two languages."""
    return press_for(pack.current(), sheet="poster")
