"""Every row of an installation's database as the database itself gives it: PostgreSQL keeps long values compressed on disk."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

import psycopg

from tests.browser.house import House

TABLES: Final = {
    True: "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
    False: "SELECT name FROM sqlite_master WHERE type = 'table'",
}


@contextmanager
def database_of(house: House) -> Iterator[Any]:
    """A connection to the house's database."""
    if house.database_url:
        with psycopg.connect(house.database_url, autocommit=True) as connection:
            yield connection
        return
    with closing(
        sqlite3.connect(next(house.folder.rglob("*.sqlite3")), timeout=20, isolation_level=None)
    ) as connection:
        yield connection


def rows_of(house: House) -> bytes:
    """Every value of every row of every table."""
    with database_of(house) as connection:
        tables = [name for (name,) in connection.execute(TABLES[bool(house.database_url)])]
        assert "appeals_message" in tables
        return b"\0".join(as_bytes(value) for table in tables for row in every(connection, table) for value in row)


def every(connection: Any, table: str) -> Any:
    """The rows of a table."""
    return connection.execute(f'SELECT * FROM "{table}"').fetchall()


def as_bytes(value: Any) -> bytes:
    """A value as it would stand in a dump."""
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
