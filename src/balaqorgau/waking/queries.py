"""What the console, the metrics and `balaqorgau check` may ask."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, OuterRef, Subquery

from balaqorgau import pack
from balaqorgau.accounts import queries as accounts
from balaqorgau.accounts.models import Officer
from balaqorgau.kernel import clock
from balaqorgau.waking import alarms, codes, server
from balaqorgau.waking.models import Duty, Notice, Postbox
from balaqorgau.waking.outbox import WAITING

STALLED: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Standing:
    """What an officer has to know: why their mail fails ("" when it does not), how many colleagues' fails, and more."""

    has_server: bool
    stalled: bool
    has_address: bool
    own: str
    colleagues: int
    unreached: tuple[str, ...]
    duty: tuple[str, ...]


def postbox(officer: Officer) -> Postbox | None:
    """The officer's postbox, if they have one."""
    return Postbox.objects.filter(officer=officer).first()


def is_asked(box: Postbox | None, *, now: datetime) -> bool:
    """Whether a code is on its way and may be typed."""
    return box is not None and codes.is_open(box, now=now)


def duty_of(officer: Officer) -> tuple[str, ...]:
    """The desks that an officer is on duty for."""
    desks = accounts.desks_of(officer).values("pk")
    return tuple(
        Duty.objects.filter(officer=officer, until=None, desk__in=desks)
        .order_by("desk")
        .values_list("desk_id", flat=True)
    )


def on_duty(desk: str) -> list[str]:
    """The names of those who are on duty for a desk."""
    found = Officer.objects.filter(duties__desk=desk, duties__until=None, is_active=True)
    here = found.filter(memberships__desk=desk, memberships__until=None)
    return list(here.order_by("display_name").values_list("display_name", flat=True))


def last_reason(officer: Officer) -> str:
    """Why the last mail to an officer could not be delivered; empty when it was."""
    last = Notice.objects.filter(officer=officer, tried_at__isnull=False).order_by("-tried_at", "-id").first()
    return last.reason if last else ""


def failing() -> dict[str, int]:
    """How many officers' last mail could not be delivered, by reason."""
    last = Notice.objects.filter(officer=OuterRef("officer"), tried_at__isnull=False).order_by("-tried_at", "-id")
    boxes = Postbox.objects.annotate(reason=Subquery(last.values("reason")[:1])).filter(reason__gt="")
    return dict(boxes.values_list("reason").annotate(Count("id")).order_by("reason"))


def failing_colleagues(officer: Officer) -> int:
    """How many others of the officer's desks cannot be reached by mail."""
    others = Officer.objects.filter(
        memberships__desk__in=accounts.desks_of(officer), memberships__until=None, is_active=True, postbox__isnull=False
    )
    return sum(bool(last_reason(other)) for other in others.exclude(pk=officer.pk).distinct())


def standing(officer: Officer) -> Standing:
    """Everything the console shows an officer about being woken."""
    box, desks = postbox(officer), accounts.desks_of(officer)
    return Standing(
        has_server=server.is_named(),
        stalled=is_stalled(now=clock.now()),
        has_address=bool(box and box.address),
        own=last_reason(officer) if box else "",
        colleagues=failing_colleagues(officer),
        unreached=tuple(desk.pk for desk in desks if not alarms.people_to_wake(desk.pk)),
        duty=duty_of(officer),
    )


def waiting() -> int:
    """How many mails wait to be sent."""
    return Notice.objects.filter(WAITING).count()


def is_stalled(*, now: datetime) -> bool:
    """Whether mail waits that no sweep takes: what should run every minute does not run."""
    return Notice.objects.filter(WAITING, due_at__lt=now - STALLED).exists()


def late(*, now: datetime) -> int:
    """How many children who are not safe have waited for longer than the first alarm."""
    first = timedelta(minutes=pack.current().waking.unopened_minutes)
    return alarms.unopened(before=now - first).count()
