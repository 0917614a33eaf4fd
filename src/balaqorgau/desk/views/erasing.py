"""Erasing by law: proposed by one, withdrawn, refused, or confirmed by another."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from balaqorgau.appeals.models import Thread
from balaqorgau.appeals.submission import decoded
from balaqorgau.desk import erasing, policies, queries
from balaqorgau.desk.doors import bytes_of, json_body, officer, text_of
from balaqorgau.desk.policies import Actor
from balaqorgau.desk.views.threads import readable

MOST_WORDS = 16_384


def signed(body: dict[str, object]) -> tuple[str, bytes]:
    """The seat and its signature."""
    return text_of(body, "seat"), decoded(text_of(body, "signature"), 64)


@officer("POST")
def propose(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """Propose it, with a reason and sealed words."""
    body = json_body(request)
    seat, signature = signed(body)
    why, words = text_of(body, "why", most=40), bytes_of(body, "words", most=MOST_WORDS)
    erasing.propose(readable(pk, by), seat=seat, why=why, words=words, signature=signature, by=by)
    return HttpResponse(status=204)


@officer("POST")
def withdraw(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """Take a proposal back."""
    seat, signature = signed(json_body(request))
    erasing.withdraw(readable(pk, by), seat=seat, signature=signature, by=by)
    return HttpResponse(status=204)


@officer("POST")
def refuse(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """Say no, with sealed words."""
    body = json_body(request)
    seat, signature = signed(body)
    words = bytes_of(body, "words", most=MOST_WORDS)
    erasing.refuse(readable(pk, by), seat=seat, words=words, signature=signature, by=by)
    return HttpResponse(status=204)


@officer("POST")
def confirm(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """Erase it for good. A tombstone is answered only to whoever made it."""
    seat, signature = signed(json_body(request))
    erasing.confirm(tombstone(pk, signature, by), seat=seat, signature=signature, by=by)
    return HttpResponse(status=204)


def tombstone(pk: UUID, signature: bytes, by: Actor) -> Thread:
    """The thread, also after this officer has erased it with this signature."""
    found = queries.thread(pk)
    if found and erasing.confirmed_before(found, signature, by):
        return found
    return policies.check_can_read(by, found)
