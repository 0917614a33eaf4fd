"""Appeals that a desk set aside, being no real ones: for that desk only, until it takes them back or the child writes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from balaqorgau import pack
from balaqorgau.appeals import actions as appeals
from balaqorgau.appeals.models import Event, Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.audit.actions import record
from balaqorgau.desk import policies
from balaqorgau.desk.policies import Actor
from balaqorgau.sealed import messages

QUARANTINED: Final = "quarantined"
REOPENED: Final = "reopened"
KINDS: Final = (QUARANTINED, REOPENED)
PREFIX: Final = "aside.reason."


def reasons() -> tuple[str, ...]:
    """The pack's codes for why an appeal is not a real one."""
    country = pack.current()
    texts = country.namespace(next(iter(country.languages)), "aside")
    return tuple(sorted(key.removeprefix(PREFIX) for key in texts if key.startswith(PREFIX)))


def last_acts(desks: Iterable[str], ids: Iterable[UUID]) -> dict[UUID, Event]:
    """Each thread's last act of one of these desks that set it aside or took it back."""
    names = {f"desk:{desk}" for desk in desks}
    events = Event.objects.filter(kind__in=KINDS, thread__in=list(ids)).order_by("id")
    return {event.thread_id: event for event in events if event.by.partition("/")[0] in names}


def reason_of(event: Event | None, *, written: datetime) -> str:
    """Why a thread is set aside; "" when it is not, or when the child wrote (at `written`) after that."""
    if event is None or event.kind == REOPENED or event.at < written:
        return ""
    return event.detail.rpartition(" ")[2]


def reason(actor: Actor, thread: Thread) -> str:
    """Why one of the actor's desks set a thread aside; "" when none did."""
    child = thread.messages.filter(author="child").order_by("-sequence").first()
    event = last_acts({epoch.desk_id for epoch in actor.epochs}, [thread.pk]).get(thread.pk)
    return reason_of(event, written=child.at if child else thread.received_at)


@transaction.atomic
def set_aside(thread: Thread, *, seat: str, why: str, signature: bytes, by: Actor) -> None:
    """Set an appeal aside for a desk; `signature` is the desk's over the reason. Raises Refused."""
    if why not in reasons():
        raise Refused("bad_request", field="why")
    if reason(by, policies.check_can_read(by, thread)):
        raise Refused("already_aside", 409)
    note(thread, QUARANTINED, seat=seat, detail=f"{seat} {turn(thread, seat)} {why}", signature=signature, by=by)


@transaction.atomic
def take_back(thread: Thread, *, seat: str, signature: bytes, by: Actor) -> None:
    """Undo that; raises Refused."""
    if not reason(by, policies.check_can_read(by, thread)):
        raise Refused("not_aside", 409)
    note(thread, REOPENED, seat=seat, detail=f"{seat} {turn(thread, seat)}", signature=signature, by=by)


def turn(thread: Thread, seat: str) -> int:
    """The number of the desk's next such act with a thread, which it signs: an old signature never fits again."""
    desk = seat.partition("/")[0]
    return 1 + thread.events.filter(kind__in=KINDS, by__startswith=f"desk:{desk}/").count()


def note(thread: Thread, kind: str, *, seat: str, detail: str, signature: bytes, by: Actor) -> None:
    """The event under the desk's name and signature, the audit row under the officer's."""
    chosen = policies.check_can_speak(by, thread, seat)
    signed = messages.event_bytes(commitment=thread.commitment, kind=said(kind, detail), actor=seat)
    if not messages.verify(chosen.epoch.verify_key, signed, signature):
        raise Refused("bad_signature")
    appeals.note(thread, kind, by=chosen.signer, detail=detail, signature=signature)
    record(kind, subject=f"thread:{thread.pk}", by=by.officer.signer, detail=detail)


def said(kind: str, detail: str) -> str:
    """What is signed: the kind, the act's number, and the reason when there is one."""
    return f"{kind} {detail.partition(' ')[2]}".strip()
