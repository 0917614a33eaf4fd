"""When work that nobody watches was done last."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

WAKING: Final = "waking"
SWEEP: Final = "sweep"
BACKUP: Final = "backup"
CHORES: Final = (WAKING, SWEEP, BACKUP)


class Chore(models.Model):
    """A kind of work that runs by itself, and when it last came to its end."""

    name = models.CharField(max_length=10, unique=True)
    done_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(name__in=CHORES), name="chore_is_known"),
        ]

    def __str__(self) -> str:
        return self.name
