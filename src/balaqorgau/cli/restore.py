"""`balaqorgau restore`: a folder, and on PostgreSQL a database, from a backup; nothing that exists is touched."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from balaqorgau.operations.restore import Restored


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("restore", help="bring a backup back into a new folder")
    command.add_argument("backup", type=Path, metavar="FILE")
    command.add_argument("--identity", type=Path, required=True, metavar="FILE", help="the key that opens backups")
    command.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="a folder that does not exist yet")
    command.add_argument(
        "--database-url", default="", help="an empty PostgreSQL database, for a backup of one (default: DATABASE_URL)"
    )
    command.add_argument(
        "--erased", type=Path, metavar="FILE", help="what was erased since (default: erased.jsonl beside the backup)"
    )
    command.set_defaults(handle=handle)


def handle(chosen: argparse.Namespace) -> int:
    """Restore, or say why not; settings are not needed."""
    from balaqorgau.operations import identity
    from balaqorgau.operations.archive import BadBackup
    from balaqorgau.operations.databases import DatabaseTrouble
    from balaqorgau.operations.restore import NotEmpty, restore
    from balaqorgau.sealed.age import AgeError

    url = chosen.database_url or os.environ.get("DATABASE_URL", "")
    try:
        seed = identity.read(chosen.identity)
        erased = list_for(chosen)
        done = restore(chosen.backup, seed=seed, into=chosen.into.absolute(), database_url=url, erased=erased)
    except (BadBackup, DatabaseTrouble, NotEmpty) as error:
        return refuse(str(error))
    except AgeError as error:
        return refuse(f"The backup cannot be opened with {chosen.identity}: {error}.")
    except OSError as error:
        return refuse(f"{error.strerror}: {error.filename}")
    report(done)
    report_erased(erased)
    return 0


def list_for(chosen: argparse.Namespace) -> Path | None:
    """The list of erasures: the one that was named, or the one beside the backup."""
    from balaqorgau.operations.erased import LIST

    beside: Path = chosen.backup.parent / LIST
    named: Path | None = chosen.erased
    return named or (beside if beside.exists() else None)


def report_erased(erased: Path | None) -> None:
    """Whether what was erased after the backup will go again."""
    if erased:
        print(f"balaqorgau sweep erases again what {erased} lists: run it before anybody is let in.")
    else:
        print("No list of erasures was found: what was erased after this backup is there again.", file=sys.stderr)


def refuse(sentence: str) -> int:
    """Say why nothing was restored."""
    print(f"Nothing was restored. {sentence}", file=sys.stderr)
    return 1


def report(done: "Restored") -> None:
    """What came back, and what comes next."""
    from balaqorgau.operations.restore import RESTORED

    print(f"Restored {done.about.database} and {done.files} stored files of installation {done.about.deployment}.")
    print(f"They lie in {done.folder}.")
    if not done.settings:
        print("The settings file was not in it: put the copy that you kept beside them. Its keys cannot be made again.")
    print("Make sure that STORAGE_URL names a storage of this copy's own, never the first installation's; then delete")
    print(f"{done.folder / RESTORED}: until then balaqorgau sweep destroys nothing.")
    print("Then: balaqorgau upgrade; balaqorgau sweep; balaqorgau check")
