"""Desks and officers: what is open, who was here, whom to invite, whom to let in no more."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from balaqorgau import pack
from balaqorgau.accounts.models import Invitation, Officer
from balaqorgau.administration import actions, offices
from balaqorgau.administration.doors import administrator, field, page
from balaqorgau.appeals.refusals import Refused
from balaqorgau.desk import shell
from balaqorgau.directory import queries as directory


@administrator("GET")
def desks(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """The page."""
    return shown(request, by)


def shown(
    request: HttpRequest, by: Officer, *, error: str = "", link: str = "", guest: str = "", status: int = 200
) -> HttpResponse:
    """The page with what went wrong, or with a link that is shown this once."""
    language = shell.language_of(by.language)
    found = offices.offices(language)
    context = {
        "offices": [office(one, language) for one in found],
        "open": [one for one in found if one.is_open],
        "invitations": [invitation(one, language) for one in offices.open_invitations()],
        "languages": [(code, pack.current().language_name(code)) for code in shell.languages()],
        "typed": {name: field(request, name) if error else "" for name in ("desk", "name", "language")},
        "link": link,
        "guest": guest,
        "error": error,
    }
    return page(request, "desks.html", by, context, status=status)


def office(found: offices.Office, language: str) -> dict[str, Any]:
    """A desk with its people; of the day somebody was here, no hour."""
    country = pack.current()
    people = [
        {
            "person": one,
            "seen": country.format_day(language, one.seen.astimezone(country.zone).date()) if one.seen else "",
        }
        for one in found.people
    ]
    return {"desk": found, "people": people}


def invitation(found: Invitation, language: str) -> dict[str, Any]:
    """A link that waits."""
    desk = directory.desk_name(found.desk, language) if found.desk else ""
    return {
        "id": found.pk,
        "name": found.display_name,
        "desk": desk,
        "until": pack.current().format_moment(language, found.until),
    }


@administrator("POST")
def invite(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """Invite an officer; the link is shown this once."""
    name = field(request, "name", most=120)
    try:
        made, link = actions.invite(field(request, "desk", most=40), name, field(request, "language", most=12), by=by)
    except Refused as error:
        return shown(request, by, error=error.code, status=error.status)
    return shown(request, by, link=link, guest=f"{made.display_name} ({made.username})")


@administrator("POST")
def revoke(request: HttpRequest, pk: UUID, *, by: Officer) -> HttpResponse:
    """Take an invitation back."""
    try:
        actions.revoke(Invitation.objects.filter(pk=pk).first(), by=by)
    except Refused as error:
        return shown(request, by, error=error.code, status=error.status)
    return back("revoked")


def officer_of(pk: UUID) -> Officer:
    """An officer, who is no administrator; 404."""
    found = Officer.objects.filter(pk=pk, is_administrator=False).first()
    if found is None:
        raise Http404
    return found


@administrator("POST")
def stop(_request: HttpRequest, pk: UUID, *, by: Officer) -> HttpResponse:
    """Let an officer in no more."""
    actions.stop_sign_in(officer_of(pk), by=by)
    return back("stopped")


@administrator("POST")
def allow(request: HttpRequest, pk: UUID, *, by: Officer) -> HttpResponse:
    """Let an officer in again."""
    if not actions.allow_sign_in(officer_of(pk), by=by):
        return shown(request, by, error="not_stopped", status=422)
    return back("allowed")


def back(said: str) -> HttpResponse:
    """To the page, with a word on what was done."""
    return HttpResponseRedirect(f"{reverse('administration:desks')}?said={said}", status=303)
