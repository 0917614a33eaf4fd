"""The inbox: pages by keyset, what the officer has read, and who else is in an appeal now. Metadata only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from balaqorgau.accounts import queries as accounts
from balaqorgau.appeals import queries as appeals
from balaqorgau.appeals.models import Event, Grant, Message, Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.audit import queries as audit
from balaqorgau.audit.models import AuditRow
from balaqorgau.desk import aside, erasing
from balaqorgau.desk.policies import Actor
from balaqorgau.kernel import clock

PAGE: Final = 500
PRESENT: Final = timedelta(minutes=5)
LEAST_URGENT: Final = 2
SEEN: Final = "fetched"
UNSEEN: Final = "marked-unread"
HANDLED: Final = ("answered", "passed")
OWN_ACTS: Final = (SEEN, UNSEEN, *HANDLED)


@dataclass(frozen=True)
class Cursor:
    """The last line of a page: the next one begins behind it."""

    urgency: int
    received_at: datetime
    pk: UUID

    def __str__(self) -> str:
        return f"{self.urgency}_{self.received_at.isoformat()}_{self.pk}"


@dataclass(frozen=True)
class Row:
    """A line of the inbox. `last_author` is "child" or a desk; `desks` hold the thread; `opened` by one of the actor's.

    `read` is the officer's own since the last message, `mine` what they answered or passed on, `present` colleagues who
    opened it within the last minutes ("" for somebody of another desk), `aside` why a desk of the actor's set it aside,
    `erasing` whether somebody proposes to erase it by law.
    """

    id: UUID
    received_at: datetime
    safe: str
    protection: str
    last_author: str
    last_at: datetime
    last_sequence: int
    opened: bool
    desks: tuple[str, ...]
    read: bool = False
    mine: bool = False
    present: tuple[str, ...] = ()
    aside: str = ""
    erasing: bool = False


@dataclass(frozen=True)
class Page:
    """Some lines, and where the next page begins."""

    rows: list[Row]
    next: Cursor | None


def cursor(text: str) -> Cursor | None:
    """Where a page begins; nothing for the first. Raises Refused."""
    if not text:
        return None
    try:
        urgency, received, pk = text.split("_")
        found = Cursor(int(urgency), datetime.fromisoformat(received), UUID(pk))
    except ValueError as error:
        raise Refused("bad_request", field="after") from error
    if found.received_at.tzinfo is None or not 0 <= found.urgency <= LEAST_URGENT:
        raise Refused("bad_request", field="after")
    return found


def page(actor: Actor, after: Cursor | None = None, *, size: int = PAGE) -> Page:
    """A page of what an officer may read: those who are not safe, those who are not sure, then the newest."""
    found = list(behind(in_order(appeals.threads_granted_to(actor.fingerprints)), after)[: size + 1])
    lines = rows(actor, found[:size])
    return Page(lines, place_of(found[size - 1]) if len(found) > size else None)


def in_order(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """Threads in the inbox's order, with number, author and time of their last message."""
    ranks = [When(safe="no", then=Value(0)), When(safe="unsure", then=Value(1))]
    last = Message.objects.filter(thread=OuterRef("pk")).order_by("-sequence")
    return (
        threads.annotate(
            urgency=Case(*ranks, default=Value(LEAST_URGENT), output_field=IntegerField()),
            last_author=Subquery(last.values("author")[:1]),
            last_at=Subquery(last.values("at")[:1]),
            last_sequence=Subquery(last.values("sequence")[:1]),
            written_at=Subquery(last.filter(author="child").values("at")[:1]),
        )
        .only("id", "received_at", "safe", "protection")
        .order_by("urgency", "-received_at", "id")
    )


def behind(threads: QuerySet[Thread], after: Cursor | None) -> QuerySet[Thread]:
    """What comes after a line of the order."""
    if after is None:
        return threads
    same = Q(urgency=after.urgency)
    older = same & Q(received_at__lt=after.received_at)
    return threads.filter(
        Q(urgency__gt=after.urgency) | older | same & Q(received_at=after.received_at, id__gt=after.pk)
    )


def place_of(thread: Thread) -> Cursor:
    """Where a line stands."""
    return Cursor(annotated(thread, "urgency"), thread.received_at, thread.pk)


def annotated(thread: Thread, name: str) -> int:
    """A number that `in_order` gave a thread."""
    return int(getattr(thread, name))


def rows(actor: Actor, threads: Sequence[Thread]) -> list[Row]:
    """The lines of these threads."""
    ids = [thread.pk for thread in threads]
    opened, holders = opened_by(actor, ids), holders_of(ids)
    own, present = own_acts(actor, ids), present_in(actor, ids)
    acts, proposed = aside.last_acts({epoch.desk_id for epoch in actor.epochs}, ids), erasing.waiting(ids)
    lines = [line(thread, opened, holders, own[thread.pk], tuple(present[thread.pk])) for thread in threads]
    return [
        replace(made, aside=why(thread, acts), erasing=thread.pk in proposed)
        for made, thread in zip(lines, threads, strict=True)
    ]


def why(thread: Thread, acts: Mapping[UUID, Event]) -> str:
    """Why a thread is set aside, if it is."""
    written: datetime = getattr(thread, "written_at")  # noqa: B009 (annotated by in_order)
    return aside.reason_of(acts.get(thread.pk), written=written)


def line(
    thread: Thread,
    opened: set[UUID],
    holders: dict[UUID, list[str]],
    own: dict[str, datetime],
    present: tuple[str, ...],
) -> Row:
    """One line."""
    last_at: datetime = getattr(thread, "last_at")  # noqa: B009 (annotated by in_order)
    return Row(
        id=thread.pk,
        received_at=thread.received_at,
        safe=thread.safe,
        protection=thread.protection,
        last_author=getattr(thread, "last_author"),  # noqa: B009
        last_at=last_at,
        last_sequence=annotated(thread, "last_sequence"),
        opened=thread.pk in opened,
        desks=tuple(holders[thread.pk]),
        read=is_read(own, last_at),
        mine=any(act in own for act in HANDLED),
        present=present,
    )


def is_read(own: dict[str, datetime], last_at: datetime) -> bool:
    """Whether an officer took the thread since its last message, and did not put it back as unread after that."""
    seen = own.get(SEEN)
    return seen is not None and seen >= last_at and own.get(UNSEEN, seen) <= seen


def opened_by(actor: Actor, ids: Iterable[UUID]) -> set[UUID]:
    """Which threads a desk of the actor's has opened."""
    names = [str(epoch) for epoch in actor.epochs]
    events = Event.objects.filter(kind="opened", detail__in=names, thread__in=list(ids))
    return set(events.values_list("thread", flat=True))


def holders_of(ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Which desks hold each thread."""
    holders: dict[UUID, list[str]] = defaultdict(list)
    held = Grant.objects.filter(thread__in=list(ids)).exclude(desk="child").order_by("id")
    for thread, desk in held.values_list("thread", "desk"):
        if desk not in holders[thread]:
            holders[thread].append(desk)
    return holders


def subject(pk: UUID) -> str:
    """A thread as the audit table names it."""
    return f"thread:{pk}"


def thread_of(row: AuditRow) -> UUID:
    """The thread that a row of the audit table is about."""
    return UUID(row.subject.removeprefix("thread:"))


def own_acts(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, dict[str, datetime]]:
    """When the officer last did each thing to each thread."""
    found: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    for row in audit.acts_on(map(subject, ids), OWN_ACTS).filter(actor=str(actor.officer.signer)):
        found[thread_of(row)][row.act] = row.at
    return found


def present_in(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Who else took each thread within the last minutes; it ends by itself."""
    names = {str(one.signer): one.display_name for one in accounts.colleagues_of(actor.officer)}
    recent = audit.acts_on(map(subject, ids), (SEEN,)).filter(at__gte=clock.now() - PRESENT)
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in recent.exclude(actor=str(actor.officer.signer)):
        name = names.get(row.actor, "")
        if name not in found[thread_of(row)]:
            found[thread_of(row)].append(name)
    return found
