"""The first page: what to do first; the language; the way out."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse

from balaqorgau import pack
from balaqorgau.accounts import actions as accounts
from balaqorgau.accounts.models import Officer
from balaqorgau.administration import actions, health, offices
from balaqorgau.administration.doors import administrator, field, page
from balaqorgau.appeals.refusals import Refused
from balaqorgau.desk import shell
from balaqorgau.kernel import clock
from balaqorgau.places import queries as places
from balaqorgau.signin import queries as signin
from balaqorgau.signin import visits
from balaqorgau.signin.models import Visit


@administrator("GET")
def start(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """What waits to be done."""
    context = {
        "no_schools": not places.has_schools(),
        "closed": offices.closed_desks(),
        "troubles": health.troubles(shell.language_of(by.language)),
        "languages": [(code, pack.current().language_name(code)) for code in shell.languages()],
        "visits": [visit(one, request, by) for one in signin.visits_of(by)],
    }
    return page(request, "start.html", by, context)


def visit(found: Visit, request: HttpRequest, by: Officer) -> dict[str, Any]:
    """An open visit of the administrator's own, and whether it is this one."""
    country, language = pack.current(), shell.language_of(by.language)
    began, seen = (country.format_moment(language, moment) for moment in (found.began_at, found.seen_at))
    return {"id": found.pk, "began": began, "seen": seen, "here": found == visits.of(request.session, by)}


@administrator("POST")
def end_visit(_request: HttpRequest, pk: UUID, *, by: Officer) -> HttpResponse:
    """End a visit that is open elsewhere."""
    actions.end_visit(pk, by=by)
    return HttpResponseRedirect(f"{reverse('administration:start')}?said=ended", status=303)


@administrator("POST")
def language(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """Remember the language of these pages."""
    chosen = field(request, "language", most=12)
    if chosen not in shell.languages():
        raise Refused("unknown_language")
    accounts.choose_language(by, chosen)
    return HttpResponseRedirect(reverse("administration:start"), status=303)


@administrator("POST")
def sign_out(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """End the visit; the gate is next."""
    actions.sign_out(by)
    visits.leave(request.session, now=clock.now())
    rotate_token(request)
    return HttpResponseRedirect(reverse("desk:console"), status=303)
