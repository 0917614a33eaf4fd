"""Many rows of one table at once, without a query being built for every row: a whole country may write at once."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models

Row = Mapping[str, Any]
Adapt = Callable[[Any], Any]


def insert(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert rows that name every column but an automatic key, all alike; constraints are the database's to check."""
    if not rows:
        return
    columns = tuple(rows[0])
    adapters = [adapter(model, column, connection.vendor) for column in columns]
    values = [[adapt(row[column]) for column, adapt in zip(columns, adapters, strict=True)] for row in rows]
    into = f"{quoted(model._meta.db_table)} ({', '.join(quoted(str(field(model, name).column)) for name in columns)})"
    with connection.cursor() as cursor, connection.wrap_database_errors:
        (copy if connection.vendor == "postgresql" else execute)(cursor, into, values)


def execute(cursor: Any, into: str, values: Sequence[Sequence[Any]]) -> None:
    """One prepared statement for every row."""
    marks = ", ".join(["%s"] * len(values[0]))
    cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", values)  # noqa: S608 (names of our own models)


def copy(cursor: Any, into: str, values: Sequence[Sequence[Any]]) -> None:
    """PostgreSQL takes all rows in one stream."""
    with cursor.copy(f"COPY {into} FROM STDIN") as stream:
        for row in values:
            stream.write_row(row)


def quoted(name: str) -> str:
    """A table's or column's name; it comes from a model, never from anybody's input."""
    return connection.ops.quote_name(name)


@lru_cache(maxsize=256)
def adapter(model: type[models.Model], column: str, vendor: str) -> Adapt:
    """How this database wants a column's values."""
    kind = target(field(model, column)).get_internal_type()
    if vendor != "sqlite":
        return as_it_is
    return {"UUIDField": as_hex, "DateTimeField": connection.ops.adapt_datetimefield_value}.get(kind, as_it_is)


def field(model: type[models.Model], column: str) -> "models.Field[Any, Any]":
    """A model's field by the name of its attribute."""
    return next(found for found in model._meta.concrete_fields if found.attname == column)


def target(found: "models.Field[Any, Any]") -> "models.Field[Any, Any]":
    """The field that holds the value: of a foreign key, the one it points at."""
    return found.target_field if isinstance(found, models.ForeignKey) else found


def as_it_is(value: Any) -> Any:
    """What the driver understands by itself."""
    return value


def as_hex(value: Any) -> str:
    """A UUID as SQLite keeps it."""
    return str(value.hex)
