"""A school, and the codes that stood and stand on its posters."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from balaqorgau.database.fields import BytesField
from balaqorgau.kernel.ids import new_id


class School(models.Model):
    """`number` is the school's own in the ministry's list; `names` are by language; `example` schools do not exist."""

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=40, unique=True)
    region = models.CharField(max_length=20, db_index=True)
    district = models.CharField(max_length=20, blank=True)
    names = models.JSONField()
    example = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["region", "district", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(number="") & ~Q(region=""), name="school_is_somewhere"),
        ]

    def __str__(self) -> str:
        return self.number


class PosterLink(models.Model):
    """A link with which a school's contact fetches that school's poster once; `token` is the hash of what the link carries."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="poster_links")
    token = BytesField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(until__gt=F("made_at")), name="poster_link_ends_after_it_began"),
            models.CheckConstraint(condition=Q(used_at=None) | Q(revoked_at=None), name="poster_link_ends_once"),
        ]

    def __str__(self) -> str:
        return f"poster of {self.school_id}"


class SchoolCode(models.Model):
    """What a poster carries, from `since`; after `until` the poster is out of date, but what is sent with it arrives."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=8, unique=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["school"], condition=Q(until=None), name="school_has_one_code_at_a_time"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="code_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return self.code
