"""Searching the audit table, and taking it away as CSV."""

import re
from typing import Final, cast
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from balaqorgau import pack
from balaqorgau.accounts.models import Officer
from balaqorgau.administration import actions, trail
from balaqorgau.administration.doors import administrator, field, number, page
from balaqorgau.desk import shell

OPAQUE: Final = re.compile(r"[0-9a-f-]{32,}")


def asked(request: HttpRequest) -> trail.Search:
    """When, who, what."""
    return trail.search_of(*(field(request, name, most=80) for name in ("first", "last", "who", "what")))


def shown(detail: str) -> str:
    """A detail as people read it: an id or a hash says nothing to them, and is in the CSV."""
    return "" if OPAQUE.fullmatch(detail) else detail


@administrator("GET")
def search(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """A page of what was done, the newest first."""
    language, wanted = shell.language_of(by.language), asked(request)
    pages = Paginator(trail.rows(wanted), trail.PAGE)
    found = pages.get_page(number(request, "page"))
    country = pack.current()
    lines = [
        {"line": line, "at": country.format_moment(language, line.at), "detail": shown(line.detail)}
        for line in trail.lines(found.object_list, language)
    ]
    fields = {
        "first": wanted.first.isoformat(),
        "last": wanted.last.isoformat(),
        "who": wanted.who,
        "what": wanted.what,
    }
    order = country.collation(language)
    context = {
        "asked": fields,
        "query": urlencode(fields),
        "lines": lines,
        "found": found,
        "people": sorted(trail.people(), key=lambda one: order.key(one[1])),
        "acts": sorted(
            ((act, trail.act_words(act, language)) for act in trail.ACTS), key=lambda one: order.key(one[1])
        ),
    }
    return page(request, "audit.html", by, context)


@administrator("POST")
def export(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """All of it as CSV; that it was taken is written down first."""
    wanted = asked(request)
    actions.note_export(wanted.span, by=by)
    headers = {"Content-Disposition": f'attachment; filename="audit-{wanted.first}-{wanted.last}.csv"'}
    lines = trail.table(wanted, shell.language_of(by.language))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
    return cast(HttpResponse, answer)
