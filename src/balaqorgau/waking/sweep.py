"""The room's part of a sweep: alarms, news, then the post. Every minute; safe to run twice, and from two machines."""

from dataclasses import dataclass
from datetime import datetime

from balaqorgau.waking import actions, alarms, news, outbox, post


@dataclass(frozen=True)
class Woken:
    """How many alarms were raised, mails sent, mails that could not be."""

    alarms: int = 0
    mails: int = 0
    undelivered: int = 0


def wake(*, now: datetime) -> Woken:
    """Raise what is due, tell what came, send what waits."""
    actions.end_duty_of_those_who_left()
    try:
        raised = alarms.raise_alarms(now=now)
        news.tell(now=now)
        outbox.forget_old(now=now)
    finally:  # Whatever went wrong: what waits goes out.
        sent, failed = post.send_due(now=now)
    return Woken(alarms=raised, mails=sent, undelivered=failed)
