"""Columns of raw bytes that read the same from SQLite and from PostgreSQL."""

from typing import Any

from django.db import models


class BytesField(models.BinaryField):  # type: ignore[type-arg]
    """Bytes in, bytes out: PostgreSQL's driver hands out memory views, which neither compare nor hash."""

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def to_python(self, value: Any) -> Any:
        return bytes(value) if isinstance(value, memoryview) else value
