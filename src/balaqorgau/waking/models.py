"""Where an officer's mail goes, who is on duty, and every mail that was or will be sent: counts and codes, never words."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from balaqorgau.accounts.models import Officer
from balaqorgau.database.fields import BytesField
from balaqorgau.directory.models import Desk

ONCE: Final = "once"
DIGEST: Final = "digest"
ALARMS: Final = "alarms"
RHYTHMS: Final = (ONCE, DIGEST, ALARMS)

ALARM: Final = "alarm"
NEWS: Final = "news"
HEARTBEAT: Final = "heartbeat"
CODE: Final = "code"
KINDS: Final = (ALARM, NEWS, HEARTBEAT, CODE)


class Postbox(models.Model):
    """An officer's address, once it is confirmed; `asked` waits for the code that was mailed there.

    `told_until`: news up to then was told or counted away; `beat_until`: quiet days up to then were told.
    """

    officer = models.OneToOneField(Officer, on_delete=models.CASCADE, related_name="postbox")
    address = models.CharField(max_length=254, blank=True)
    rhythm = models.CharField(max_length=6, default=ONCE)
    told_until = models.DateTimeField(null=True)
    beat_until = models.DateTimeField(null=True)
    asked = models.CharField(max_length=254, blank=True)
    asked_at = models.DateTimeField(null=True)
    nonce = BytesField(max_length=16, default=b"")
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(rhythm__in=RHYTHMS), name="rhythm_is_coded"),
            models.CheckConstraint(
                condition=Q(address="") | Q(told_until__isnull=False, beat_until__isnull=False),
                name="postbox_with_address_knows_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"postbox of {self.officer_id}"


class Duty(models.Model):
    """An officer is woken for a desk from `since` until `until`."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="duties")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="duties")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["officer", "desk"], condition=Q(until=None), name="duty_is_held_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="duty_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} for {self.desk_id}"


class Notice(models.Model):
    """A mail to an officer: what kind, how many. `due_at` is the next try; whoever moves it forward is the one to send."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=9)
    count = models.PositiveIntegerField()
    made_at = models.DateTimeField(db_index=True)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="notice_kind_is_coded"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], condition=Q(sent_at=None, dropped_at=None), name="notice_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.officer_id}"
