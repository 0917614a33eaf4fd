"""A database as one file, and back: SQLite by its own backup, PostgreSQL by pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import dj_database_url

TABLES: Final = """SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'S')"""
MISSING_TOOL: Final = "{tool} is not installed on this machine. On Debian: apt install postgresql-client"


class DatabaseTrouble(Exception):
    """A database that could not be written to a file or read from one; the sentence says why."""


def kind_of(settings: Mapping[str, Any]) -> str:
    """`sqlite` or `postgresql`, from Django's settings of a database."""
    return "sqlite" if str(settings["ENGINE"]).endswith("sqlite3") else "postgresql"


def dump(settings: Mapping[str, Any], into: Path) -> None:
    """Write a consistent copy of a running database into a new file of mode 600; DatabaseTrouble when that fails."""
    os.close(os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    if kind_of(settings) == "sqlite":
        dump_sqlite(Path(str(settings["NAME"])), into)
    else:
        postgres("pg_dump", settings, "--format=custom", "--no-owner", "--no-privileges", f"--file={into}")


def dump_sqlite(source: Path, into: Path) -> None:
    """All pages in one read transaction: writers go on meanwhile, and what they write is not in it."""
    if not source.is_file():
        raise DatabaseTrouble(f"There is no database at {source}.")
    try:
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(into)) as there:
            here.backup(there)
    except sqlite3.Error as error:
        raise DatabaseTrouble(f"The database could not be copied: {error}.") from error


def check_sqlite(path: Path) -> None:
    """DatabaseTrouble when a file is no SQLite database, or a damaged one."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise DatabaseTrouble(f"The backup's database cannot be read: {error}.") from error
    if found != "ok":
        raise DatabaseTrouble(f"The backup's database is damaged: {found}.")


def parsed(url: str) -> dict[str, Any]:
    """Django's settings of the database behind a URL; DatabaseTrouble when it is not PostgreSQL."""
    settings = dict(dj_database_url.parse(url)) if url.startswith(("postgres://", "postgresql://")) else None
    if settings is None:
        raise DatabaseTrouble("The backup is of PostgreSQL: --database-url must begin with postgresql://.")
    return settings


def check_empty(url: str) -> None:
    """DatabaseTrouble when a PostgreSQL database does not answer or holds anything."""
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=20) as connection:
            row = connection.execute(TABLES).fetchone()
    except psycopg.Error as error:
        raise DatabaseTrouble(f"The database does not answer: {str(error).splitlines()[0]}") from error
    if row and row[0]:
        raise DatabaseTrouble("The database is not empty, and nothing in it is overwritten: create a new one.")


def check_dump(path: Path) -> None:
    """DatabaseTrouble when a file is no dump that this machine's pg_restore can read."""
    called("pg_restore", ["--list", str(path)], {})


def load(path: Path, url: str) -> None:
    """Fill an empty PostgreSQL database from a dump, in one transaction: all of it or nothing."""
    once = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    postgres("pg_restore", parsed(url), *once, str(path))


def postgres(tool: str, settings: Mapping[str, Any], *options: str) -> None:
    """Run one of PostgreSQL's programs against a database; the password goes by the environment, where `ps` is blind."""
    from django.db.backends.postgresql.client import DatabaseClient

    asked, environment = DatabaseClient.settings_to_cmd_args_env({"OPTIONS": {}, **settings}, [])
    where = [*asked[1:-1], f"--dbname={asked[-1]}"]
    called(tool, [*where, "--no-password", *options], environment or {})


def called(tool: str, arguments: list[str], environment: Mapping[str, str]) -> None:
    """Run an installed program; DatabaseTrouble with the last line it printed when it fails."""
    program = shutil.which(tool)
    if not program:
        raise DatabaseTrouble(MISSING_TOOL.format(tool=tool))
    command, surroundings = [program, *arguments], {**os.environ, **environment}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise DatabaseTrouble(f"{tool} failed: {said[-1]}")
