"""Makes a backup: the database, then the files that its rows name, sealed to somebody who is not this machine."""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from balaqorgau import __version__
from balaqorgau.appeals import files
from balaqorgau.appeals.models import StoredFile
from balaqorgau.appeals.storage import sync_folder
from balaqorgau.kernel.clock import unix
from balaqorgau.kernel.ids import b64
from balaqorgau.operations import archive, databases
from balaqorgau.operations.archive import About, Archive

WORKING: Final = ".backup-"
NAMED: Final = "balaqorgau-%Y%m%dT%H%M%SZ.tar.age"
PATTERN: Final = "balaqorgau-????????T??????Z.tar.age"
NAMES_AT_ONCE: Final = 2000


@dataclass(frozen=True)
class Source:
    """What is backed up: the installation's folder and id, Django's settings of its database, perhaps its settings file."""

    var: Path
    deployment: bytes
    database: Mapping[str, Any]
    settings_file: Path | None = None


@dataclass(frozen=True)
class Made:
    """A finished backup: how many stored files it holds, and the names of those that rows name but nobody finds."""

    path: Path
    files: int
    lost: tuple[str, ...]


def make(source: Source, *, to: Path, recipient: bytes, now: datetime) -> Made:
    """Write a backup; FileExistsError when something is there. After a crash there is a whole one or none."""
    if to.exists():
        raise FileExistsError(to)
    draft = to.with_name(f".{to.name}.{secrets.token_hex(4)}")
    kind = databases.kind_of(source.database)
    about = About(__version__, kind, b64(source.deployment), unix(now))
    try:
        with working_folder(source.var) as folder, draft.open("xb") as out:
            draft.chmod(0o600)
            databases.dump(source.database, folder / "database")
            with archive.writing(out, recipient=recipient, about=about) as into:
                into.add_file(archive.DATABASES[kind], folder / "database")
                if source.settings_file:
                    into.add_file(archive.SETTINGS, source.settings_file)
                count, lost = add_stored(into)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(to)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(to.parent)
    return Made(to, count, tuple(lost))


@contextmanager
def working_folder(var: Path) -> Iterator[Path]:
    """A folder for the database's copy, on the installation's own disk and gone afterwards."""
    folder = var / f"{WORKING}{secrets.token_hex(8)}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def add_stored(into: Archive) -> tuple[int, list[str]]:
    """Add every stored file that a row names now: what was erased since the database's copy stays erased."""
    added, lost = 0, []
    for name in StoredFile.objects.order_by("name").values_list("name", flat=True).iterator(NAMES_AT_ONCE):
        try:
            into.add_bytes(archive.FILES + name, files.read(name))
            added += 1
        except FileNotFoundError:
            if StoredFile.objects.filter(name=name).exists():
                lost.append(name)
    return added, lost


def name_for(now: datetime) -> str:
    """What a backup of this moment (UTC) is called."""
    return now.strftime(NAMED)


def drop_old(folder: Path, *, days: int, now: datetime) -> list[Path]:
    """Remove backups older than so many days by their names; what is called otherwise stays."""
    oldest = name_for(now - timedelta(days=days))
    old = sorted(path for path in folder.glob(PATTERN) if path.name < oldest)
    for path in old:
        path.unlink()
    return old
