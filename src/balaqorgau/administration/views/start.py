"""The first page: what to do first; the language; the way out."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse

from balaqorgau.accounts import actions as accounts
from balaqorgau.accounts.models import Officer
from balaqorgau.administration import actions, health, offices
from balaqorgau.administration.doors import administrator, field, page
from balaqorgau.appeals.refusals import Refused
from balaqorgau.desk import shell
from balaqorgau.kernel import clock
from balaqorgau.places import queries as places
from balaqorgau.signin import visits


@administrator("GET")
def start(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """What waits to be done."""
    context = {
        "no_schools": not places.has_schools(),
        "closed": offices.closed_desks(),
        "troubles": health.troubles(shell.language_of(by.language)),
        "languages": shell.context(by.language)["languages"],
    }
    return page(request, "start.html", by, context)


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
