"""Many rows of one table in one statement each, without a query being built for every row: a whole country may write at once."""

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
    with connection.cursor() as cursor:
        cursor.executemany(statement(model, columns, connection.vendor), values)


@lru_cache(maxsize=32)
def statement(model: type[models.Model], columns: tuple[str, ...], _vendor: str) -> str:
    """The INSERT of these columns; names come from the model, never from anybody's input."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field(model, column).column)) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608


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
