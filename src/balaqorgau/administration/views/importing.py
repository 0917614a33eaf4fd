"""Taking a list of schools: it is checked first, every bad row is named, and all of it is taken or nothing."""

import base64
import binascii
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from balaqorgau import pack
from balaqorgau.accounts.models import Officer
from balaqorgau.administration import actions
from balaqorgau.administration.doors import administrator, page
from balaqorgau.appeals.refusals import Refused
from balaqorgau.desk import shell
from balaqorgau.places import schoollist
from balaqorgau.places.schoollist import BadSchoolList

MOST_BYTES: Final = 4 * 1024 * 1024
"""A country of 20,000 schools as CSV; what is larger is the command's work."""
SHOWN_FAULTS: Final = 100


@administrator("GET")
def form(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """Where a file is chosen."""
    return shown(request, by)


def shown(request: HttpRequest, by: Officer, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page, with what a check found."""
    columns = ["number", "region", "district", *(f"name_{code}" for code in pack.current().languages)]
    empty = {"error": "", "faults": [], "more": 0, "checked": None, "done": None, "list": ""}
    around = {"columns": columns, "megabytes": MOST_BYTES // 1024 // 1024}
    return page(request, "import.html", by, {**empty, **around, **context}, status=status)


@administrator("POST")
def check(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """Read the file and say what would happen; nothing is changed."""
    file = request.FILES.get("file")
    if file is None:
        return shown(request, by, error="no_file", status=422)
    if file.size is None or file.size > MOST_BYTES:
        return shown(request, by, error="large_file", status=413)
    return went(request, by, file.read(), dry_run=True)


@administrator("POST")
def take(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """Take the list that was checked: the page has carried it, and it is read again."""
    try:
        data = base64.b64decode(request.POST.get("list", ""), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused("bad_request", field="list") from error
    if not data or len(data) > MOST_BYTES:
        raise Refused("bad_request", field="list")
    return went(request, by, data, dry_run=False)


def went(request: HttpRequest, by: Officer, data: bytes, *, dry_run: bool) -> HttpResponse:
    """What became of a list."""
    country, language = pack.current(), shell.language_of(by.language)
    try:
        rows = schoollist.read_bytes(data, country)
    except BadSchoolList as error:
        faults = [fault.words(country, language) for fault in error.faults]
        return shown(
            request,
            by,
            faults=faults[:SHOWN_FAULTS],
            more=max(0, len(faults) - SHOWN_FAULTS),
            total=len(faults),
            status=422,
        )
    result = actions.import_schools(rows, by=by, dry_run=dry_run)
    if dry_run:
        return shown(request, by, checked=result, list=base64.b64encode(data).decode())
    return shown(request, by, done=result)
