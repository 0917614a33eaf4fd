"""The inbox, one thread, and what officers do with it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse

from balaqorgau.appeals import files
from balaqorgau.appeals import queries as appeal_queries
from balaqorgau.appeals import views as appeals
from balaqorgau.appeals.models import Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.appeals.submission import decoded
from balaqorgau.desk import actions, policies, queries, wire
from balaqorgau.desk import inbox as lines
from balaqorgau.desk.doors import BACKGROUND, bytes_of, json_body, officer, text_of
from balaqorgau.desk.policies import Actor


@officer("GET")
def inbox(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """A page of the inbox; its words follow as envelopes. What the page asks by itself is no act of the officer's."""
    after = lines.cursor(request.GET.get("after", ""))
    background = BACKGROUND in request.headers
    return JsonResponse(wire.inbox(lines.page(by, after) if background else actions.list_inbox(after, by=by)))


@officer("POST")
def envelopes(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """The sealed first messages of up to 25 threads."""
    ids = json_body(request).get("ids")
    if not isinstance(ids, list) or len(ids) > queries.ENVELOPES:
        raise Refused("bad_request", field="ids")
    return JsonResponse({"threads": [wire.envelope(one) for one in actions.hand_out(map(uuid_of, ids), by=by)]})


def uuid_of(value: object) -> UUID:
    """A thread's id."""
    try:
        return UUID(str(value))
    except ValueError as error:
        raise Refused("bad_request", field="ids") from error


def readable(pk: UUID, by: Actor) -> Thread:
    """The thread, for those who may read it."""
    return policies.check_can_read(by, queries.thread(pk))


@officer("GET")
def thread(_request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """A whole thread, sealed."""
    return JsonResponse(wire.thread(actions.fetch_thread(readable(pk, by), by=by), by))


@officer("POST")
def opened(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """The browser opened a thread: the desk's signature over that."""
    body = json_body(request)
    signature = decoded(text_of(body, "signature"), 64)
    first = actions.open_thread(readable(pk, by), seat=text_of(body, "seat"), signature=signature, by=by)
    return JsonResponse({"first": first})


@officer("POST")
def unread(_request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """The officer wants to read it again."""
    actions.mark_unread(readable(pk, by), by=by)
    return JsonResponse({})


@officer("GET")
def file(_request: HttpRequest, pk: UUID, digest: str, *, by: Actor) -> HttpResponse:
    """One sealed file of a thread."""
    found = readable(pk, by)
    stored = appeal_queries.file_of(found, decoded(digest, 32))
    if stored is None:
        raise Refused("no_file", 404)
    actions.fetch_file(found, stored.digest, by=by)
    return HttpResponse(files.read(stored.name), content_type="application/octet-stream")


@officer("POST")
def answer(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """A sealed answer; 409 when somebody else wrote first, and then nothing is stored."""
    found = appeals.unpacked(request)
    letter, seat = appeals.letter(found, ""), text_of(dict(found.fields), "seat")
    message = actions.answer(readable(pk, by), letter, seat=seat, by=by)
    return JsonResponse({"sequence": message.sequence})


@officer("POST")
def pass_on(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """The thread's seed, sealed in the browser to one more desk."""
    body = json_body(request)
    grant = actions.pass_on(
        readable(pk, by),
        to=text_of(body, "to"),
        ciphertext=bytes_of(body, "ciphertext", most=8192),
        signature=decoded(text_of(body, "signature"), 64),
        seat=text_of(body, "seat"),
        by=by,
    )
    return JsonResponse({"desk": grant.desk, "epoch": grant.epoch})
