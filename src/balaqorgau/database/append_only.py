"""Tables that only grow: the database itself refuses to change or delete a row."""

from typing import Any

from django.db.migrations import RunPython

SQLITE = """
CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{table} is append-only'; END $$ LANGUAGE plpgsql
"""
POSTGRES = """
CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()
"""
ACTS = ("update", "delete")


def protect(editor: Any, table: str) -> None:
    """Put the triggers on a table."""
    postgres = editor.connection.vendor == "postgresql"
    if postgres:
        editor.execute(POSTGRES_FUNCTION.format(table=table))
    for act in ACTS:
        editor.execute((POSTGRES if postgres else SQLITE).format(table=table, act=act))


def release(editor: Any, table: str) -> None:
    """Take the triggers off again, for a migration that goes back."""
    on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
    for act in ACTS:
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")


def append_only(table: str) -> RunPython:
    """The migration operation for a table."""
    return RunPython(lambda _apps, editor: protect(editor, table), lambda _apps, editor: release(editor, table))
