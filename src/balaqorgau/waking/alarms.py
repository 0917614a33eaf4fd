"""A child who is not safe and whom nobody reads: the desk's people on duty are woken, then the next desk's, until it is open."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from balaqorgau import pack
from balaqorgau.accounts.models import Officer
from balaqorgau.appeals import actions as appeals
from balaqorgau.appeals.models import Event, Grant, Thread
from balaqorgau.kernel.signer import CUSTODIAN
from balaqorgau.waking import outbox
from balaqorgau.waking.models import ALARM

ALERTED = "alerted"
NOT_SAFE = "no"


def unopened(*, before: datetime) -> QuerySet[Thread]:
    """Appeals of children who are not safe that came before a moment and that no desk has opened."""
    opened = Event.objects.filter(thread=OuterRef("pk"), kind="opened")
    found = Thread.objects.filter(safe=NOT_SAFE, received_at__lte=before, erased_at=None, erase_due=None)
    return found.exclude(Exists(opened)).order_by("received_at")


def raise_alarms(*, now: datetime) -> int:
    """Raise every alarm that is due; how many. Safe to run twice, and from two machines."""
    first = timedelta(minutes=pack.current().waking.unopened_minutes)
    return sum(raise_alarm(thread, now=now) for thread in list(unopened(before=now - first)))


@transaction.atomic
def raise_alarm(thread: Thread, *, now: datetime) -> bool:
    """Wake the desk whose turn it is, and write that down on the thread; False when it is nobody's turn (any more)."""
    row = Thread.objects.select_for_update().get(pk=thread.pk)
    alerts = list(row.events.filter(kind=ALERTED))
    desks = holders(row)
    if not desks or not is_due(row, alerts, len(desks), now=now):
        return False
    desk = desks[len(alerts) % len(desks)]
    woken = people_to_wake(desk)
    for officer in woken:
        outbox.put(officer, ALARM, 1, now=now)
    appeals.note(row, ALERTED, by=CUSTODIAN, detail=f"{desk} {len(woken)}")
    return True


def holders(thread: Thread) -> list[str]:
    """The desks that can read a thread, in the order in which the child named them, then those it was passed to."""
    grants = Grant.objects.filter(thread=thread).exclude(desk="child").order_by("id")
    return list(dict.fromkeys(grants.values_list("desk", flat=True)))


def is_due(thread: Thread, alerts: Sequence[Event], desks: int, *, now: datetime) -> bool:
    """Whether the next alarm's moment has come, and nobody has opened or erased the thread meanwhile."""
    gone = thread.erased_at or thread.erase_due or thread.events.filter(kind="opened").exists()
    return not gone and now >= next_moment(thread, alerts, desks)


def next_moment(thread: Thread, alerts: Sequence[Event], desks: int) -> datetime:
    """When the next alarm is due: after a first wait, from desk to desk, and once all were woken, round after round."""
    waits = pack.current().waking
    if not alerts:
        return thread.received_at + timedelta(minutes=waits.unopened_minutes)
    minutes = waits.next_minutes if len(alerts) < desks else waits.again_minutes
    return alerts[-1].at + timedelta(minutes=minutes)


def people_to_wake(desk: str) -> list[Officer]:
    """Those of a desk who are on duty and have mail; when there are none, everybody of the desk who has mail."""
    everybody = Officer.objects.filter(
        memberships__desk=desk, memberships__until=None, is_active=True, postbox__address__gt=""
    ).order_by("username")
    on_duty = everybody.filter(duties__desk=desk, duties__until=None)
    return list(on_duty) or list(everybody)
