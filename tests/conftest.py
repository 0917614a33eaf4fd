"""What every test may lean on."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseOperations

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


@pytest.fixture(autouse=True, scope="session")
def _append_only_tables_can_be_emptied_between_tests() -> Iterator[None]:
    """Django empties tables between tests with DELETE, which the append-only triggers rightly refuse."""
    flush = DatabaseOperations.execute_sql_flush

    def without_triggers(self: DatabaseOperations, statements: list[str]) -> Any:
        with connection.cursor() as cursor:
            triggers = cursor.execute(TRIGGERS).fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            flush(self, statements)
            for _, sql in triggers:
                cursor.execute(sql)

    DatabaseOperations.execute_sql_flush = without_triggers
    yield
    DatabaseOperations.execute_sql_flush = flush


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """The writer gives its connection back before the test database goes."""
    from balaqorgau.appeals.intake import writer

    yield
    writer.rest()
    connections.close_all()


@pytest.fixture(autouse=True)
def _epochs_of_another_test_are_forgotten() -> None:
    """Epochs never change, so the program keeps what it saw; a test's database begins anew."""
    from balaqorgau.directory import queries

    queries._seen.clear()
