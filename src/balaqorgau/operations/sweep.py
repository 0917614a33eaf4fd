"""Sweeps: destroys what is due, and removes what nobody needs any more. Safe to run twice, and from two machines."""

import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from django.contrib.sessions.models import Session
from django.core.files.storage import Storage, storages
from django.db import connection

from balaqorgau.accounts import pace
from balaqorgau.appeals import actions
from balaqorgau.appeals.models import StoredFile, Thread
from balaqorgau.operations import erased
from balaqorgau.operations.backup import WORKING
from balaqorgau.operations.restore import RESTORED
from balaqorgau.replies import actions as replies
from balaqorgau.signin import visits
from balaqorgau.waking.sweep import Woken, wake

UNFINISHED: Final = timedelta(hours=1)
"""An upload or a backup that is younger may still be under way."""
OURS: Final = re.compile(r"[0-9a-f]{2}/([0-9a-f]{32}|\.[0-9a-f]{16})")
"""How a stored file is named, and one that a crash left unfinished; whatever else lies in the storage is somebody else's."""
NAMES_AT_ONCE: Final = 500
EMPTIED: Final = (
    "appeals_thread",
    "appeals_message",
    "appeals_grant",
    "appeals_storedfile",
    "appeals_erasure",
    "replies_sealeddraft",
)
TRACES: Final = timedelta(days=1)
"""For so long after an erasure the database is made to forget it, again and again: a reader may have stood in the way."""


@dataclass(frozen=True)
class Swept:
    """How many of each went."""

    appeals: int
    files: int
    sessions: int
    failures: int
    visits: int
    leftovers: int
    again: int = 0
    unproven: int = 0

    def __str__(self) -> str:
        return counted(self)


def counted(found: Swept | Woken) -> str:
    """Counts with their names."""
    return ", ".join(f"{name} {count}" for name, count in asdict(found).items())


def rouse(*, now: datetime) -> Woken:
    """What may not wait for an hour: alarms, and mails to officers."""
    return wake(now=now)


def sweep(var: Path, *, now: datetime) -> Swept:
    """Destroy appeals whose day has come, files that no row names, ended sessions, old counts, broken-off backups.

    In a restored copy what was erased after its backup goes again (`again`), if the list of it proves that.

    A restored copy may look at the storage of the installation it was made from, which holds newer files: it removes
    nothing from it until its operator deletes VAR/restored.
    """
    ours = not (var / RESTORED).exists()
    again, unproven = erased.obey(var, ours=ours, now=now)
    appeals = actions.destroy_due(now=now) if ours else 0
    replies.forget_drafts_of_erased()
    swept = Swept(
        appeals=appeals,
        files=remove_orphans(storages["sealed"], now=now) if ours else 0,
        sessions=Session.objects.filter(expire_date__lt=now).delete()[0],
        failures=pace.forget_old(now=now),
        visits=visits.forget_old(now=now),
        leftovers=remove_leftovers(var, now=now),
        again=again,
        unproven=unproven,
    )
    if Thread.objects.filter(erased_at__gte=now - TRACES).exists():
        leave_no_trace()
    erased.write_beside_backups(var)
    return swept


def remove_orphans(storage: Storage, *, now: datetime) -> int:
    """Remove stored files that no row names: uploads that a crash cut off, and erased files that it left."""
    removed = 0
    for names in stored_names(storage):
        named = set(StoredFile.objects.filter(name__in=names).values_list("name", flat=True))
        for name in sorted(set(names) - named):
            removed += remove_if_old(storage, name, now)
    return removed


def stored_names(storage: Storage) -> Iterator[list[str]]:
    """The names of all stored files, some hundred at a time."""
    for folder in sorted(folders(storage)):
        names = [name for file in storage.listdir(folder)[1] if OURS.fullmatch(name := f"{folder}/{file}")]
        for start in range(0, len(names), NAMES_AT_ONCE):
            yield names[start : start + NAMES_AT_ONCE]


def folders(storage: Storage) -> list[str]:
    """The storage's folders; none before the first file was stored."""
    try:
        return list(storage.listdir("")[0])
    except FileNotFoundError:
        return []


def remove_if_old(storage: Storage, name: str, now: datetime) -> bool:
    """Remove a file unless it may be about to get its row, or somebody else removed it just now."""
    try:
        if now - storage.get_modified_time(name) < UNFINISHED:
            return False
    except FileNotFoundError:
        return False
    storage.delete(name)
    return True


def remove_leftovers(var: Path, *, now: datetime) -> int:
    """Remove the working folders of backups that were broken off."""
    old = [path for path in var.glob(f"{WORKING}*") if now - modified(path) > UNFINISHED]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return len(old)


def modified(path: Path) -> datetime:
    """When a file or folder was changed last; now when it is gone."""
    try:
        seconds = path.stat().st_mtime
    except FileNotFoundError:
        seconds = time.time()
    return datetime.fromtimestamp(seconds, UTC)


def leave_no_trace() -> None:
    """Let the database forget the bytes of deleted rows too: SQLite in its write-ahead log, PostgreSQL in its tables."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute(f"VACUUM {', '.join(EMPTIED)}")
