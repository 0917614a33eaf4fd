"""The one way into the pages of administration: an administrator's own session, and nobody else's."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from balaqorgau import pack
from balaqorgau.accounts.models import Officer
from balaqorgau.appeals.refusals import Refused
from balaqorgau.desk import doors, shell
from balaqorgau.signin import queries as signin

Answer = Callable[..., HttpResponse]
SECTIONS: Final = ("start", "schools", "desks", "health", "audit", "pack")
NAMESPACE: Final = "admin"
LONGEST_FIELD: Final = 300


def administrator(method: str) -> Callable[[Answer], Answer]:
    """A door for administrators; the view is called with the account as `by`. An officer is told that it is not theirs."""

    def door(view: Answer) -> Answer:
        checked = doors.not_forged(require_http_methods([method])(view))

        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            found = doors.visitor(request)
            if found is None or signin.state_of(found) == signin.MISSING:
                return doors.signed_out(request)
            if not found.is_administrator:
                return turned_away(request, found)
            return checked(request, *args, by=found, **kwargs)

        return doors.speaks_json(inside)

    return door


def turned_away(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The page for an officer who came here."""
    language = shell.language_of(officer.language)
    return render(request, "administration/turned_away.html", {"language": language}, status=403)


def page(
    request: HttpRequest, template: str, by: Officer, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page in the administrator's language; the house itself is told whence its forms come."""
    language = shell.language_of(by.language)
    around = {
        "language": language,
        "name": by.display_name,
        "sections": SECTIONS,
        "section": section_of(template),
        "here": template.removesuffix(".html"),
        "said": said(request),
        "draft": not pack.current().is_reviewed(language, NAMESPACE),
    }
    response = render(request, f"administration/{template}", around | context, status=status)
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def section_of(template: str) -> str:
    """The section that a page belongs to: a school and the import of schools are of "schools"."""
    name = template.removesuffix(".html")
    return name if name in SECTIONS else SECTIONS[1]


def said(request: HttpRequest) -> str:
    """What was just done, as a key of the texts; nothing for a word that an address made up."""
    key = f"admin.said.{request.GET.get('said', '')}"
    return key if pack.current().has_text(key) else ""


def field(request: HttpRequest, name: str, *, most: int = LONGEST_FIELD) -> str:
    """A field of a form, or of a search; Refused("bad_request") for what nobody types."""
    value = str((request.POST if request.method == "POST" else request.GET).get(name, ""))
    if len(value) > most or "\0" in value or not doors.is_unicode(value):
        raise Refused("bad_request", field=name)
    return value.strip()


def number(request: HttpRequest, name: str) -> int:
    """A whole number of a search; 1 for anything else."""
    value = field(request, name, most=6)
    return int(value) if value.isdecimal() and value.isascii() else 1
