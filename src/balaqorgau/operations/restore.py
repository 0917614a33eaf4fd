"""Brings a backup back: all of it is opened and checked first, and nothing that exists is touched."""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from balaqorgau.appeals.storage import sync_folder
from balaqorgau.operations import archive, databases
from balaqorgau.operations.archive import About
from balaqorgau.operations.databases import DatabaseTrouble
from balaqorgau.operations.erased import LIST

PLACES: Final = {
    archive.SETTINGS: "balaqorgau.env",
    archive.FILES: "files",
    archive.DATABASES["sqlite"]: "balaqorgau.sqlite3",
}
"""Where an installation's folder has what the archive holds."""


RESTORED: Final = "restored"
"""A file that says: look first whose storage this is."""


class NotEmpty(Exception):
    """Something is where the backup should go."""


@dataclass(frozen=True)
class Restored:
    """What came back: of which installation, into which folder, how many stored files, and whether settings were there."""

    about: About
    folder: Path
    files: int
    settings: bool


def restore(backup: Path, *, seed: bytes, into: Path, database_url: str = "", erased: Path | None = None) -> Restored:
    """Make the folder `into` from a backup, and fill the empty PostgreSQL behind `database_url` when it is of one.

    `erased` is the list of what was erased since: `sweep` obeys it.

    Raises NotEmpty, BadBackup, DatabaseTrouble or an AgeError, and then nothing is changed anywhere.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise NotEmpty(f"There is something at {into}, and nothing is overwritten: name a new folder.")
    into.parent.mkdir(parents=True, exist_ok=True)
    draft = into.with_name(f".{into.name}.{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    try:
        with backup.open("rb") as source:
            about = archive.unpack(source, seed=seed, into=draft)
        check_database(about, draft, database_url)
        found = arrange(about, draft, into)
        (draft / RESTORED).write_text(f"{about.deployment}\n", encoding="utf-8")
        if erased:
            shutil.copyfile(erased, draft / LIST)
        sync(draft)
        draft.rename(into)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    if about.database == "postgresql":
        load_postgres(into, database_url)
    sync_folder(into.parent)
    return found


def check_database(about: About, draft: Path, database_url: str) -> None:
    """The backup's database can be read, and there is somewhere to put it."""
    path = draft / archive.DATABASES[about.database]
    if about.database == "sqlite":
        databases.check_sqlite(path)
        return
    databases.parsed(database_url)
    databases.check_dump(path)
    databases.check_empty(database_url)


def arrange(about: About, draft: Path, into: Path) -> Restored:
    """Put what was unpacked where an installation looks for it."""
    for name, place in PLACES.items():
        if (draft / name).exists() and name != f"{place}/":
            (draft / name).rename(draft / place)
    kept = draft / PLACES[archive.FILES]
    count = sum(path.is_file() for path in kept.rglob("*"))
    return Restored(about, into, count, (draft / PLACES[archive.SETTINGS]).is_file())


def load_postgres(into: Path, database_url: str) -> None:
    """Fill the database, after which the dump is not needed any more; the folder goes when that fails."""
    path = into / archive.DATABASES["postgresql"]
    try:
        databases.load(path, database_url)
    except DatabaseTrouble:
        shutil.rmtree(into)
        raise
    path.unlink()


def sync(folder: Path) -> None:
    """Make every file and folder durable before anybody is told that it is there."""
    for path in sorted(folder.rglob("*")):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    sync_folder(folder)
