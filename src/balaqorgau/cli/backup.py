"""`balaqorgau backup`: everything an installation keeps, in one file that only the recipient's key opens."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from balaqorgau.cli import with_django
from balaqorgau.config import SETTINGS_FILE, ConfigError, values

if TYPE_CHECKING:
    from balaqorgau.operations.backup import Made

FOLDER: Final = "backups"
NO_RECIPIENT: Final = (
    "Nobody is named who could open the backup: set BALAQORGAU_BACKUP_RECIPIENT or give --recipient age1pq1…. "
    "A new key is made by: balaqorgau backup --new-identity FILE"
)


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("backup", help="save everything into one file that only the recipient opens")
    command.add_argument("--to", type=Path, help=f"a new file, or a folder (default: {FOLDER} in BALAQORGAU_VAR)")
    command.add_argument("--recipient", metavar="age1pq1…", help="who can open it (default: the setting)")
    command.add_argument("--with-settings", action="store_true", help="put the settings file into it too: its keys")
    command.add_argument("--keep-days", type=int, metavar="N", help="then remove older backups from that folder")
    command.add_argument("--new-identity", type=Path, metavar="FILE", help="only make the key that opens backups")
    command.set_defaults(handle=handle)


def handle(chosen: argparse.Namespace) -> int:
    """Make a key or a backup; 1 when it could not be made or rows name files that are not there."""
    if chosen.new_identity:
        return new_identity(chosen.new_identity)
    recipient = recipient_of(chosen.recipient)
    with_django()
    from balaqorgau.operations.databases import DatabaseTrouble

    try:
        made = make(chosen.to, recipient, with_settings=chosen.with_settings)
    except (DatabaseTrouble, OSError) as error:
        print(f"No backup was made. {sentence(error)}", file=sys.stderr)
        return 1
    report(made)
    note_backup()
    if chosen.keep_days is not None:
        drop(made.path.parent, chosen.keep_days)
    return 1 if made.lost else 0


def new_identity(file: Path) -> int:
    """Make the key that opens backups, and say what to do with its two halves."""
    from balaqorgau.operations import identity

    try:
        recipient = identity.create(file)
    except FileExistsError:
        print(f"{file} exists already and is left as it is.", file=sys.stderr)
        return 1
    print(f"{identity.RECIPIENT_SETTING}={recipient}")
    print(
        f"Put that line into the settings file, and take {file} away from this machine: it opens every backup.",
        file=sys.stderr,
    )
    return 0


def recipient_of(said: str | None) -> bytes:
    """The recipient of a flag or the settings; ConfigError when there is none or it is no recipient."""
    from balaqorgau.operations.identity import RECIPIENT_SETTING
    from balaqorgau.sealed import age

    text = said or values(os.environ).get(RECIPIENT_SETTING, "")
    if not text:
        raise ConfigError([NO_RECIPIENT])
    try:
        return age.read_recipient(text)
    except age.AgeError as error:
        raise ConfigError([f"The backup's recipient must begin with age1pq1 and be whole: {error}."]) from error


def make(to: Path | None, recipient: bytes, *, with_settings: bool = False) -> "Made":
    """A backup of this installation; Django is loaded. DatabaseTrouble or OSError when it fails."""
    from django.conf import settings

    from balaqorgau.kernel import clock
    from balaqorgau.operations import backup, erased

    now = clock.now()
    if to is None:
        to = settings.VAR / FOLDER
        to.mkdir(exist_ok=True, mode=0o700)
    source = backup.Source(
        settings.VAR, settings.DEPLOYMENT, settings.DATABASES["default"], settings_file() if with_settings else None
    )
    made = backup.make(source, to=to / backup.name_for(now) if to.is_dir() else to, recipient=recipient, now=now)
    erased.write(made.path.parent)
    return made


def settings_file() -> Path:
    """The settings file; ConfigError when this installation has none."""
    named = os.environ.get(SETTINGS_FILE)
    if not named:
        raise ConfigError([f"There is no settings file to put into it: {SETTINGS_FILE} is not set."])
    return Path(named)


def report(made: "Made") -> None:
    """Where it is and what is in it."""
    print(f"Saved the database and {made.files} stored files into {made.path}.")
    if made.lost:
        sample = ", ".join(made.lost[:3])
        print(f"{len(made.lost)} stored files are gone although rows name them: {sample}", file=sys.stderr)


def note_backup() -> None:
    """Let administrators see when the last one was made."""
    from balaqorgau.administration.actions import note_done
    from balaqorgau.administration.models import BACKUP
    from balaqorgau.kernel import clock

    note_done(BACKUP, now=clock.now())


def drop(folder: Path, days: int) -> None:
    """Remove what is older than it may be: a backup brings back what children had erased."""
    from balaqorgau.kernel import clock
    from balaqorgau.operations.backup import drop_old

    gone = drop_old(folder, days=days, now=clock.now())
    if gone:
        print(f"Removed {len(gone)} backups older than {days} days.")


def sentence(error: Exception) -> str:
    """An error for the person at the terminal."""
    if isinstance(error, FileExistsError):
        return f"{error.args[0]} exists already and is left as it is."
    return f"{error.strerror}: {error.filename}" if isinstance(error, OSError) else str(error)
