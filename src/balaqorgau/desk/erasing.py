"""Erasing by law at the desks: one officer proposes, another of the Ombudsman's confirms or refuses."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from balaqorgau import pack
from balaqorgau.appeals import erasing
from balaqorgau.appeals.erasing import CONFIRMED, REFUSED, WITHDRAWN, Hand
from balaqorgau.appeals.models import Erasure, Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.audit.actions import record
from balaqorgau.desk import policies
from balaqorgau.desk.policies import Actor
from balaqorgau.directory.models import OMBUDSMAN, Desk
from balaqorgau.replies import actions as replies


def check_can_be_confirmed(thread: Thread) -> None:
    """An appeal that the Ombudsman's desk does not hold, nobody could confirm: Refused("nobody_to_confirm")."""
    if not thread.grants.filter(desk__in=Desk.objects.filter(role=OMBUDSMAN).values("pk")).exists():
        raise Refused("nobody_to_confirm", 409)


def hand(thread: Thread, seat: str, signature: bytes, by: Actor) -> Hand:
    """The officer's hand for a desk epoch that holds the thread; Refused("not_your_desk")."""
    chosen = policies.check_can_speak(by, policies.check_can_read(by, thread), seat)
    return Hand(by.officer.signer, seat, chosen.epoch.verify_key, signature)


def second(thread: Thread, seat: str, signature: bytes, by: Actor) -> Hand:
    """The hand of an officer of the Ombudsman's who did not propose it themselves; Refused."""
    chosen = hand(thread, seat, signature, by)
    if policies.check_can_speak(by, thread, seat).epoch.desk.role != OMBUDSMAN:
        raise Refused("not_your_desk", 403)
    if erasing.open_proposal(thread).by == str(by.officer.signer):
        raise Refused("same_person", 403)
    return chosen


@transaction.atomic
def propose(thread: Thread, *, seat: str, why: str, words: bytes, signature: bytes, by: Actor) -> Erasure:
    """Propose to erase an appeal, with a reason of the pack and sealed words; raises Refused."""
    basis = pack.current().erasure_basis(why)
    if not basis:
        raise Refused("bad_request", field="why")
    chosen = hand(thread, seat, signature, by)
    check_can_be_confirmed(thread)
    return written(erasing.propose(thread, reason=why, basis=basis, words=words, by=chosen), "proposed", seat, by)


@transaction.atomic
def withdraw(thread: Thread, *, seat: str, signature: bytes, by: Actor) -> Erasure:
    """The proposer's desk takes it back; raises Refused."""
    chosen = hand(thread, seat, signature, by)
    if desk_of(erasing.open_proposal(thread).seat) != desk_of(seat):
        raise Refused("not_your_desk", 403)
    return written(erasing.end(thread, WITHDRAWN, by=chosen), WITHDRAWN, seat, by)


@transaction.atomic
def refuse(thread: Thread, *, seat: str, words: bytes, signature: bytes, by: Actor) -> Erasure:
    """An officer of the Ombudsman's says no, and why in sealed words; raises Refused."""
    if not words:
        raise Refused("bad_request", field="words")
    chosen = second(thread, seat, signature, by)
    return written(erasing.end(thread, REFUSED, by=chosen, words=words), REFUSED, seat, by)


@transaction.atomic
def confirm(thread: Thread, *, seat: str, signature: bytes, by: Actor) -> Erasure:
    """An officer of the Ombudsman's erases it for good; saying it again is the same answer. Raises Refused."""
    if done := confirmed_before(thread, signature, by):
        return done
    chosen = second(thread, seat, signature, by)
    try:
        row = erasing.confirm(thread, by=chosen)
    except Refused:
        if done := confirmed_before(thread, signature, by):  # The same request, a moment ago.
            return done
        raise
    replies.forget_thread(row.thread)
    return written(row, CONFIRMED, seat, by)


def confirmed_before(thread: Thread, signature: bytes, by: Actor) -> Erasure | None:
    """The tombstone, when this officer made it with this signature."""
    return thread.erasures.filter(
        outcome=CONFIRMED, decided_by=str(by.officer.signer), decided_signature=signature
    ).first()


def written(row: Erasure, what: str, seat: str, by: Actor) -> Erasure:
    """The audit row of a step."""
    record(f"erasure-{what}", subject=f"thread:{row.thread_id}", by=by.officer.signer, detail=f"{seat} {row.reason}")
    return row


def desk_of(seat: str) -> str:
    """The desk of "desk/epoch"."""
    return seat.rpartition("/")[0]


def latest(thread: Thread) -> Erasure | None:
    """The proposal that waits, or a refused one that nothing followed; what was withdrawn is past."""
    found = thread.erasures.order_by("-number").first()
    return found if found and found.outcome in ("", REFUSED) else None


def waiting(ids: Iterable[UUID]) -> set[UUID]:
    """Which of these threads somebody proposes to erase."""
    return set(Erasure.objects.filter(thread__in=list(ids), outcome="").values_list("thread", flat=True))
