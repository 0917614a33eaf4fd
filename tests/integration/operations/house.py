"""An installation with a few appeals in the database under test, and what a restored one holds."""

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client

from balaqorgau.operations import databases
from balaqorgau.operations.backup import Source
from tests.factories.appeals import Child, post, publish_desks

PHOTO = ("photo", "image/jpeg", b"\xff\xd8 not a picture " * 300)
COUNTED = ("appeals_thread", "appeals_message", "appeals_grant", "appeals_storedfile", "appeals_event")


def filled(appeals: int = 2) -> list[Child]:
    """Appeals with a photo each, sent by HTTP."""
    publish_desks()
    children = [Child() for _ in range(appeals)]
    for child in children:
        assert post(Client(), child.seal(files=[PHOTO])).status_code == 201
    return children


def source(settings_file: Path | None = None) -> Source:
    """This installation as a backup sees it."""
    return Source(settings.VAR, settings.DEPLOYMENT, settings.DATABASES["default"], settings_file)


def rows() -> dict[str, int]:
    """How many rows the database under test has, by table."""
    with connection.cursor() as cursor:
        return {table: count(cursor, table) for table in COUNTED}


def count(cursor: Any, table: str) -> int:
    """The rows of a table."""
    cursor.execute(f"SELECT count(*) FROM {table}")
    return int(cursor.fetchone()[0])


def in_sqlite(path: Path) -> dict[str, int]:
    """How many rows an SQLite file has, by table."""
    with closing(sqlite3.connect(path)) as found:
        return {table: count(found.cursor(), table) for table in COUNTED}


def in_postgres(url: str) -> dict[str, int]:
    """How many rows a PostgreSQL database has, by table."""
    with psycopg.connect(url) as found:
        return {table: count(found.cursor(), table) for table in COUNTED}


def on_postgres() -> bool:
    """Which half of the tests this is."""
    return databases.kind_of(settings.DATABASES["default"]) == "postgresql"


@contextmanager
def empty_database() -> Iterator[str]:
    """The URL of a new PostgreSQL database beside the one under test; "" on SQLite, which needs none."""
    if not on_postgres():
        yield ""
        return
    here, name = os.environ["TEST_DATABASE_URL"], f"restored_{uuid.uuid4().hex}"
    with psycopg.connect(here, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(here)._replace(path=f"/{name}"))
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
