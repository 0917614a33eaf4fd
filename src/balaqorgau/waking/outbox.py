"""Mails that wait: put in the transaction that made them necessary, taken by one sweep at a time, tried again later."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Q, QuerySet

from balaqorgau.accounts.models import Officer
from balaqorgau.waking.models import ALARM, CODE, Notice

PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (2, 5, 15, 45, 120, 360, 720))
ALARM_PAUSE: Final = timedelta(minutes=5)
DROPPED_AFTER: Final = {CODE: timedelta(minutes=30), ALARM: timedelta(hours=1)}
"""An alarm that is still true comes again; one that is late would wake people for what is done."""
LONGEST: Final = timedelta(days=2)
KEPT: Final = timedelta(days=90)
WAITING: Final = Q(sent_at=None, dropped_at=None)


def put(officer: Officer, kind: str, count: int, *, now: datetime) -> None:
    """Let a mail wait for the next sweep; one more alarm joins the one that nobody has tried to send yet."""
    if kind == ALARM and not_tried(officer).update(count=F("count") + count):
        return
    Notice.objects.create(officer=officer, kind=kind, count=count, made_at=now, due_at=now)


def not_tried(officer: Officer) -> QuerySet[Notice]:
    """Alarms to an officer that wait for their first try."""
    return Notice.objects.filter(WAITING, officer=officer, kind=ALARM, tries=0)


def due(*, now: datetime) -> Iterator[Notice]:
    """Mails to be sent now, alarms first, each taken so that no other sweep sends it too."""
    waiting = Notice.objects.filter(WAITING, due_at__lte=now).select_related("officer__postbox")
    for notice in sorted(waiting, key=lambda found: (found.kind != ALARM, found.pk)):
        if take(notice, now=now):
            yield notice


def take(notice: Notice, *, now: datetime) -> bool:
    """Move the next try forward; False when somebody else did it first. A crash now means: tried again, not lost."""
    mine = Notice.objects.filter(WAITING, pk=notice.pk, tries=notice.tries)
    taken = mine.update(tries=notice.tries + 1, tried_at=now, due_at=now + pause(notice.kind, notice.tries))
    if taken:
        notice.refresh_from_db(fields=["count", "tries", "tried_at", "due_at"])
    return bool(taken)


def pause(kind: str, tries: int) -> timedelta:
    """How long to wait after so many tries: longer each time, but an alarm never waits long."""
    found = PAUSES[min(tries, len(PAUSES) - 1)]
    return min(found, ALARM_PAUSE) if kind in (ALARM, CODE) else found


def sent(notice: Notice, *, now: datetime) -> None:
    """The server took it."""
    Notice.objects.filter(pk=notice.pk).update(sent_at=now, reason="")


def failed(notice: Notice, reason: str, *, now: datetime) -> None:
    """The server did not take it; `reason` is a code. Old news is dropped at last, and stays counted."""
    old = now - notice.made_at > DROPPED_AFTER.get(notice.kind, LONGEST)
    Notice.objects.filter(pk=notice.pk).update(reason=reason, dropped_at=now if old else None)


def drop_codes(officer: Officer, *, now: datetime) -> None:
    """A newer code makes those before worthless."""
    Notice.objects.filter(WAITING, officer=officer, kind=CODE).update(dropped_at=now)


def drop_all(officer: Officer, *, now: datetime) -> None:
    """Nothing more to this officer."""
    Notice.objects.filter(WAITING, officer=officer).update(dropped_at=now)


def forget_old(*, now: datetime) -> int:
    """Remove mails of long ago; how many."""
    return Notice.objects.filter(~WAITING, made_at__lt=now - KEPT).delete()[0]
