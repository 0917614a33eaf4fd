"""Telling officers that something came, at once or at fixed hours, and on quiet days that nothing did."""

from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from balaqorgau import pack
from balaqorgau.accounts import queries as accounts
from balaqorgau.accounts.models import Officer
from balaqorgau.appeals.models import Grant, Message, Thread
from balaqorgau.waking import outbox
from balaqorgau.waking.models import ALARM, DIGEST, HEARTBEAT, NEWS, ONCE, Notice, Postbox

SETTLED: Final = timedelta(minutes=1)
"""What is younger may belong to a transaction that has not ended, and waits for the next sweep."""
DAY: Final = timedelta(days=1)


def tell(*, now: datetime) -> int:
    """Put every mail of news and of quiet days that is due; how many. Safe to run twice, and from two machines."""
    boxes = Postbox.objects.exclude(address="").filter(officer__is_active=True).select_related("officer")
    return sum(tell_news(box, now=now) + tell_quiet(box, now=now) for box in list(boxes))


def tell_news(box: Postbox, *, now: datetime) -> bool:
    """One officer's news, if it is time and there is some."""
    until = moment_of_news(box, now=now)
    if until is None or not is_after(until, box.told_until) or not came(box, until):
        return False
    with transaction.atomic():
        row = Postbox.objects.select_for_update().filter(pk=box.pk).first()
        if row is None or not row.address or not is_after(until, row.told_until):
            return False
        count = came(row, until)
        Postbox.objects.filter(pk=row.pk).update(told_until=until)
        if count:
            outbox.put(box.officer, NEWS, count, now=now)
        return bool(count)


def moment_of_news(box: Postbox, *, now: datetime) -> datetime | None:
    """Up to when news may be told now; None when it is not the time."""
    if box.rhythm == DIGEST:
        return max(latest(hour, now=now - SETTLED) for hour in pack.current().waking.digest)
    return now - SETTLED if box.rhythm == ONCE and not told_lately(box.officer, now=now) else None


def told_lately(officer: Officer, *, now: datetime) -> bool:
    """Whether the last mail of news was just now: what comes meanwhile is gathered."""
    since = now - timedelta(minutes=pack.current().waking.gather_minutes)
    return Notice.objects.filter(officer=officer, kind=NEWS, made_at__gt=since).exists()


def latest(hour: time, *, now: datetime) -> datetime:
    """The last moment at which the country's clock showed this hour."""
    wall = now.astimezone(pack.current().zone)
    found = wall.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    return found if found <= wall else found - DAY


def is_after(moment: datetime, mark: datetime | None) -> bool:
    """Whether a moment lies after a mark."""
    return mark is not None and moment > mark


def came(box: Postbox, until: datetime) -> int:
    """How many appeals and letters of children came to the officer's desks since they were told."""
    held = Grant.objects.filter(desk__in=accounts.desks_of(box.officer).values("pk")).values("thread")
    threads: QuerySet[Thread] = Thread.objects.filter(pk__in=held, erased_at=None, erase_due=None)
    fresh = threads.filter(received_at__gt=box.told_until, received_at__lte=until)
    letters = Message.objects.filter(thread__in=threads, author="child", sequence__gt=0)
    return fresh.count() + letters.filter(at__gt=box.told_until, at__lte=until).count()


def tell_quiet(box: Postbox, *, now: datetime) -> bool:
    """The mail of a day on which there was nothing to tell, so that silence means that something is broken."""
    slot = latest(pack.current().waking.heartbeat, now=now)
    if not is_after(slot, box.beat_until):
        return False
    with transaction.atomic():
        mine = Postbox.objects.filter(pk=box.pk, beat_until=box.beat_until).exclude(address="")
        quiet = mine.update(beat_until=slot) and not heard(box.officer, since=slot - DAY)
        if quiet:
            outbox.put(box.officer, HEARTBEAT, 0, now=now)
        return bool(quiet)


def heard(officer: Officer, *, since: datetime) -> bool:
    """Whether there was a mail of news or an alarm."""
    return Notice.objects.filter(officer=officer, kind__in=(NEWS, ALARM), made_at__gt=since).exists()
