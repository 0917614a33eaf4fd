"""What a console shows of threads: everything here is metadata or ciphertext."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from balaqorgau.appeals import queries as appeals
from balaqorgau.appeals.models import Event, Grant, Message, Thread
from balaqorgau.desk.policies import Actor

ENVELOPES: Final = 25
URGENCY: Final = {"no": 0, "unsure": 1}


@dataclass(frozen=True)
class Row:
    """A line of the inbox. `last_author` is "child" or a desk; `desks` hold the thread; `opened` by one of the actor's."""

    id: UUID
    received_at: datetime
    safe: str
    protection: str
    last_author: str
    last_at: datetime
    last_sequence: int
    opened: bool
    desks: tuple[str, ...]


@dataclass(frozen=True)
class Envelope:
    """What a browser needs to open the first message of a thread, all of it sealed."""

    thread: Thread
    grants: list[Grant]
    message: Message


def inbox(actor: Actor) -> list[Row]:
    """Every thread an officer may read, those who are not safe first, then those who are not sure, then the newest."""
    visible = appeals.threads_granted_to(actor.fingerprints)
    opened = opened_by(actor, visible)
    holders = holders_of(visible)
    rows = [row(thread, opened, holders) for thread in with_last_message(visible)]
    return sorted(rows, key=lambda row: (URGENCY.get(row.safe, len(URGENCY)), row.opened, -row.last_at.timestamp()))


def with_last_message(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """Threads that know number, author and time of their last message."""
    last = Message.objects.filter(thread=OuterRef("pk")).order_by("-sequence")
    return threads.annotate(
        last_author=Subquery(last.values("author")[:1]),
        last_at=Subquery(last.values("at")[:1]),
        last_sequence=Subquery(last.values("sequence")[:1]),
    ).only("id", "received_at", "safe", "protection")


def opened_by(actor: Actor, threads: QuerySet[Thread]) -> set[UUID]:
    """Which threads a desk of the actor's has opened."""
    names = [str(epoch) for epoch in actor.epochs]
    events = Event.objects.filter(kind="opened", detail__in=names, thread__in=threads.order_by().values("pk"))
    return set(events.values_list("thread", flat=True))


def holders_of(threads: QuerySet[Thread]) -> dict[UUID, list[str]]:
    """Which desks hold each thread."""
    holders: dict[UUID, list[str]] = defaultdict(list)
    held = Grant.objects.filter(thread__in=threads.order_by().values("pk")).exclude(desk="child")
    for thread, desk in held.order_by("id").values_list("thread", "desk"):
        if desk not in holders[thread]:
            holders[thread].append(desk)
    return holders


def row(thread: Thread, opened: set[UUID], holders: dict[UUID, list[str]]) -> Row:
    """One line of the inbox."""
    return Row(
        id=thread.pk,
        received_at=thread.received_at,
        safe=thread.safe,
        protection=thread.protection,
        last_author=getattr(thread, "last_author"),  # noqa: B009 (annotated by with_last_message)
        last_at=getattr(thread, "last_at"),  # noqa: B009
        last_sequence=getattr(thread, "last_sequence"),  # noqa: B009
        opened=thread.pk in opened,
        desks=tuple(holders[thread.pk]),
    )


def envelopes(actor: Actor, ids: Iterable[UUID]) -> list[Envelope]:
    """The sealed first messages of threads that the actor may read; others are left out."""
    grants = appeals.grants_to(actor.fingerprints).filter(
        thread__in=list(ids), thread__erased_at=None, thread__erase_due=None
    )
    found: dict[UUID, list[Grant]] = defaultdict(list)
    for grant in grants.select_related("thread").order_by("-epoch", "id"):
        found[grant.thread_id].append(grant)
    first = {message.thread_id: message for message in Message.objects.filter(thread__in=found, sequence=0)}
    return [Envelope(held[0].thread, held, first[pk]) for pk, held in found.items()]


def thread(pk: UUID) -> Thread | None:
    """A thread by its id."""
    return Thread.objects.filter(pk=pk).first()


def grant_for(actor: Actor, thread: Thread) -> Grant:
    """The newest grant of a thread that the actor can open."""
    return grants_for(actor, thread)[0]


def grants_for(actor: Actor, thread: Thread) -> list[Grant]:
    """Every grant of a thread that the actor can try, the newest epoch first and of an epoch the oldest first."""
    return list(appeals.grants_to(actor.fingerprints).filter(thread=thread).order_by("-epoch", "id"))
