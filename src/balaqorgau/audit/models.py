"""One row for each thing somebody did. The database refuses to change or delete one (see the triggers)."""

from typing import ClassVar

from django.db import models


class AuditRow(models.Model):
    """`subject` and `detail` are opaque identifiers and codes, never words that somebody wrote."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=80, db_index=True)
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, db_index=True)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.act} {self.subject}"
