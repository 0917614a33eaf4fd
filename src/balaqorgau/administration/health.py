"""Whether the installation is well, in checks that each have a sentence and a thing to do."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from balaqorgau import pack
from balaqorgau.administration.models import BACKUP, SWEEP, WAKING, Chore
from balaqorgau.kernel import clock
from balaqorgau.waking import queries as waking
from balaqorgau.waking import server

GOOD: Final = "good"
WARN: Final = "warn"
BAD: Final = "bad"
OVERDUE: Final = {WAKING: timedelta(minutes=10), SWEEP: timedelta(hours=3), BACKUP: timedelta(hours=26)}
LOW_PERCENT: Final = 20
NONE_LEFT_PERCENT: Final = 5
GIGABYTE: Final = 10**9


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: `level` is "good", "warn" or "bad", `key` a text of `admin.health.<name>`."""

    name: str
    level: str
    key: str
    values: dict[str, Any] = field(default_factory=dict)

    def words(self, language: str) -> str:
        """What is so."""
        return pack.current().text(language, f"admin.health.{self.name}.{self.key}", **self.values)

    def advice(self, language: str) -> str:
        """What to do; nothing when it is well."""
        return "" if self.level == GOOD else pack.current().text(language, f"admin.health.{self.name}.do_{self.key}")


def checks(language: str, *, now: datetime) -> list[Check]:
    """Everything that was looked at."""
    done = dict(Chore.objects.values_list("name", "done_at"))
    chores = [chore(name, done.get(name), language, now) for name in OVERDUE]
    return [*chores[:2], *mail(now), disk(settings.VAR), chores[2]]


def chore(name: str, done: datetime | None, language: str, now: datetime) -> Check:
    """Work that runs by itself."""
    if done is None:
        return Check(name, BAD, "never")
    late = now - done > OVERDUE[name]
    at = pack.current().format_moment(language, done)
    return Check(name, BAD if late else GOOD, "late" if late else "well", {"at": at})


def mail(now: datetime) -> Iterator[Check]:
    """Whether officers can be woken. How much is sent is not asked: it would tell how much comes."""
    failing = sum(waking.failing().values())
    if not server.is_named():
        yield Check("mail", WARN if settings.EXAMPLE else BAD, "unset")
    elif waking.is_stalled(now=now):
        yield Check("mail", BAD, "stalled")
    elif failing:
        yield Check("mail", WARN, "failing", {"n": failing})
    else:
        yield Check("mail", GOOD, "well")


def disk(folder: Path) -> Check:
    """Room on the installation's disk."""
    found = shutil.disk_usage(folder)
    percent = 100 * found.free // found.total
    level = GOOD if percent >= LOW_PERCENT else WARN if percent >= NONE_LEFT_PERCENT else BAD
    key = {GOOD: "well", WARN: "low", BAD: "full"}[level]
    return Check("disk", level, key, {"percent": percent, "free": found.free // GIGABYTE})


def troubles(language: str) -> int:
    """How many checks are not well."""
    return sum(check.level != GOOD for check in checks(language, now=clock.now()))
