"""For a school's contact: a page that gives this school's poster once, and afterwards says kindly that it did."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from balaqorgau import pack
from balaqorgau.administration import printing
from balaqorgau.administration.views.schools import pdf as as_pdf
from balaqorgau.kernel import clock
from balaqorgau.places import links
from balaqorgau.places import queries as places
from balaqorgau.places.models import PosterLink
from balaqorgau.places.posters import POSTER, PosterError

UNKNOWN = "unknown"
BROKEN = "broken"
STATUS = {links.OPEN: 200, UNKNOWN: 404, BROKEN: 422}
GONE = 410


@require_safe
def poster(request: HttpRequest, language: str, secret: str) -> HttpResponse:
    """What the link is for. Looking does not use it up: mail programs look at links before people do."""
    link = links.named(secret)
    return shown(request, language, secret, link, state_of(link))


def state_of(link: PosterLink | None) -> str:
    """Whether it gives something, or why not."""
    return links.state(link, now=clock.now()) if link else UNKNOWN


def shown(request: HttpRequest, language: str, secret: str, link: PosterLink | None, state: str) -> HttpResponse:
    """The page. Of a link that is over, not even the school's name is shown."""
    country = pack.current()
    chosen = language if language in country.languages else country.languages[0]
    is_open = link is not None and state in (links.OPEN, BROKEN)
    context = {
        "language": chosen,
        "languages": [(code, country.language_name(code)) for code in country.languages],
        "secret": secret if link else "",
        "state": state,
        "school": places.name(link.school, chosen) if link and is_open else "",
        "until": country.format_moment(chosen, link.until) if link and is_open else "",
    }
    return render(request, "administration/contact.html", context, status=STATUS.get(state, GONE))


@require_POST
def pdf(request: HttpRequest, language: str, secret: str) -> HttpResponse:
    """The poster, once: it is printed first, so that a fault uses nothing up."""
    link = links.named(secret)
    if link is None or state_of(link) != links.OPEN:
        return shown(request, language, secret, link, state_of(link))
    try:
        data = printing.print_school(link.school.number, POSTER.name)
    except PosterError:
        return shown(request, language, secret, link, BROKEN)
    try:
        links.use(link)
    except links.LinkRefused as error:
        return shown(request, language, secret, link, error.code)
    return as_pdf(data, link.school.number)
