"""`balaqorgau upgrade`: a backup first, then the database's missing steps, then the child's pages again."""

import argparse
import sys
from typing import Any

from balaqorgau.cli import backup, with_django
from balaqorgau.config import ConfigError


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("upgrade", help="back up, then bring the database and the pages to this version")
    command.add_argument("--without-backup", action="store_true", help="if you have just made one yourself")
    command.set_defaults(handle=handle)


def handle(chosen: argparse.Namespace) -> int:
    """Upgrade, saying every step; 1 when one failed, and then nothing after it was done."""
    with_django()
    from balaqorgau.database.schema import missing_migrations

    missing = missing_migrations()
    if missing and not chosen.without_backup and holds_anything() and not saved():
        return 1
    if missing and not migrated(missing):
        return 1
    if not missing:
        print("The database is as this version needs it.")
    publish()
    return 0


def holds_anything() -> bool:
    """Whether there is a table that an upgrade could spoil; a new database has none."""
    from django.db import connection

    return bool(connection.introspection.table_names())


def saved() -> bool:
    """Make the backup, sealed to the settings' recipient; ConfigError when there is none."""
    from balaqorgau.operations.databases import DatabaseTrouble

    try:
        recipient = backup.recipient_of(None)
    except ConfigError as error:
        raise ConfigError([f"{error} Nothing was upgraded; --without-backup does it all the same."]) from error
    try:
        backup.report(backup.make(None, recipient))
    except (DatabaseTrouble, OSError) as error:
        print(f"Nothing was upgraded, because no backup was made. {backup.sentence(error)}", file=sys.stderr)
        return False
    return True


def migrated(missing: list[str]) -> bool:
    """Take the missing steps; each is taken wholly or not at all."""
    from django.db import DatabaseError

    from balaqorgau.database.schema import migrate, missing_migrations

    try:
        migrate()
    except DatabaseError as error:
        left = missing_migrations()
        print(f"The step {left[0]} failed and was undone: {str(error).splitlines()[0]}", file=sys.stderr)
        print("The old version runs on with this database; the backup is in case it does not.", file=sys.stderr)
        return False
    print(f"Took {len(missing)} steps, the last of them {missing[-1]}.")
    return True


def publish() -> None:
    """Write the child's pages as this version makes them."""
    from balaqorgau.publishing import publish_site

    print(f"Published {len(publish_site())} files. Restart the server: systemctl restart balaqorgau")
