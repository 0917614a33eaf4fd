"""Databases of released versions are brought to this one with everything that is in them, on both databases."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from balaqorgau import __version__
from balaqorgau.operations import identity
from tests.fixtures.releases.dumps import dump_of, read_postgres, read_sqlite, releases
from tests.integration.operations import house

pytestmark = pytest.mark.django_db(transaction=True)

RELEASES = releases()
PROGRAM = "import sys; from balaqorgau.cli import upgrade; import argparse; top = argparse.ArgumentParser(); "
PROGRAM += "upgrade.add(top.add_subparsers()); chosen = top.parse_args(['upgrade', *sys.argv[1:]]); "
PROGRAM += "sys.exit(chosen.handle(chosen))"


class Old:
    """A database of a released version, in a folder of its own."""

    def __init__(self, release: str, folder: Path, url: str) -> None:
        self.folder, self.vendor = folder, connection.vendor
        self.url = url or f"sqlite:///{folder / 'old.sqlite3'}"
        dump = dump_of(release, self.vendor)
        if url:
            read_postgres(dump, url)
        else:
            read_sqlite(dump, folder / "old.sqlite3")
        for name, length in self.ask("SELECT name, length FROM appeals_storedfile"):
            (folder / "files" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "files" / name).write_bytes(bytes(length))

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows from the old database."""
        if self.vendor == "postgresql":
            with psycopg.connect(self.url) as here:
                return list(here.execute(sql.encode()))
        with closing(sqlite3.connect(self.folder / "old.sqlite3", isolation_level=None)) as here:
            return list(here.execute(sql))

    def change(self, sql: str) -> None:
        """Do something to the old database."""
        if self.vendor == "postgresql":
            with psycopg.connect(self.url) as here:
                here.execute(sql.encode())
        else:
            self.ask(sql)

    def upgrade(self, recipient: str) -> "subprocess.CompletedProcess[str]":
        """Run `balaqorgau upgrade` of this version on it, as an operator does."""
        named = {
            key: os.environ[key] for key in ("BALAQORGAU_SECRET_KEY", "BALAQORGAU_DEPLOYMENT", "BALAQORGAU_PROMISE_KEY")
        }
        named |= {"BALAQORGAU_HOST": "balaqorgau.example", "BALAQORGAU_VAR": str(self.folder), "DATABASE_URL": self.url}
        named |= {
            identity.RECIPIENT_SETTING: recipient,
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        return subprocess.run([sys.executable, "-c", PROGRAM], env=named, capture_output=True, text=True, check=False)


def tables() -> set[str]:
    """The tables of this version's models."""
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)}


@pytest.fixture(params=RELEASES)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Old]:
    """Each released version in turn."""
    with house.empty_database() as url:
        yield Old(request.param, tmp_path, url)


def counts(old: Old, named: set[str]) -> dict[str, int]:
    """How many rows each table has."""
    return {table: int(old.ask(f"SELECT count(*) FROM {table}")[0][0]) for table in sorted(named)}


def test_a_release_before_this_one_is_among_them() -> None:
    """With a dump of this very version alone, no step would ever be taken."""
    assert [release for release in RELEASES if release != __version__]


def test_there_is_a_dump_of_a_release_on_both_databases() -> None:
    assert RELEASES
    assert all(dump_of(release, vendor).is_file() for release in RELEASES for vendor in ("sqlite", "postgresql"))


def test_an_old_database_is_upgraded_with_everything_in_it(old: Old, tmp_path: Path) -> None:
    filled = {
        "appeals_thread",
        "appeals_message",
        "appeals_grant",
        "appeals_storedfile",
        "appeals_event",
        "audit_auditrow",
    }
    before = counts(old, filled)
    done = old.upgrade(identity.create(tmp_path / "key"))
    assert (done.returncode, done.stderr) == (0, "")
    assert counts(old, filled) == before
    assert min(before.values()) > 0
    assert "Published" in done.stdout


def test_an_upgraded_database_has_every_table_and_step_of_this_version(old: Old, tmp_path: Path) -> None:
    assert old.upgrade(identity.create(tmp_path / "key")).returncode == 0
    counts(old, tables())
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        expected = {tuple(row) for row in cursor.fetchall()}
    assert set(old.ask("SELECT app, name FROM django_migrations")) == expected


def test_a_missing_step_is_taken_after_a_backup(old: Old, tmp_path: Path) -> None:
    old.change("DROP TABLE django_session")
    old.change("DELETE FROM django_migrations WHERE app = 'sessions'")
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        steps = {tuple(row) for row in cursor.fetchall()} - set(old.ask("SELECT app, name FROM django_migrations"))
    done = old.upgrade(identity.create(tmp_path / "key"))
    said = [line.split(",")[0] for line in done.stdout.splitlines()]
    assert said[0].startswith("Saved the database and ")
    assert said[1] == f"Took {len(steps)} steps"
    assert len(list((tmp_path / "backups").glob("*.age"))) == 1
    assert old.ask("SELECT count(*) FROM django_session") == [(0,)]


def test_what_only_grows_still_only_grows(old: Old, tmp_path: Path) -> None:
    assert old.upgrade(identity.create(tmp_path / "key")).returncode == 0
    with pytest.raises((psycopg.Error, sqlite3.Error), match="append-only"):
        old.change("DELETE FROM audit_auditrow")


def test_upgrading_twice_changes_nothing(old: Old, tmp_path: Path) -> None:
    recipient = identity.create(tmp_path / "key")
    assert old.upgrade(recipient).returncode == 0
    before = counts(old, tables())
    done = old.upgrade(recipient)
    assert done.stdout.startswith("The database is as this version needs it.")
    assert counts(old, tables()) == before


def test_the_dump_of_this_version_is_what_its_migrations_make() -> None:
    """A migration that was released is never changed: the next one is added instead."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    if __version__ not in RELEASES:
        return
    path = settings.VAR / "as-released"
    with house.empty_database() as url:
        path.mkdir(exist_ok=True)
        (path / "old.sqlite3").unlink(missing_ok=True)
        released = Old(__version__, path, url)
        assert set(columns(released.ask(COLUMNS[connection.vendor]))) == set(columns(here(COLUMNS[connection.vendor])))


COLUMNS = {
    "sqlite": """SELECT m.name, p.name, p.type, p."notnull" FROM sqlite_master m, pragma_table_info(m.name) p
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'""",
    "postgresql": """SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
        WHERE table_schema = 'public'""",
}


def here(sql: str) -> list[tuple[Any, ...]]:
    """Rows from the database under test."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def columns(rows: list[tuple[Any, ...]]) -> list[str]:
    """Columns in words that can be compared."""
    return [" ".join(map(str, row)) for row in rows]
