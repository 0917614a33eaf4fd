"""What an officer shows beside the passphrase, and every visit that began with it."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from balaqorgau.accounts.models import Officer
from balaqorgau.database.fields import BytesField
from balaqorgau.kernel.ids import new_id

TOTP: Final = "totp"
PASSKEY: Final = "passkey"
KINDS: Final = (TOTP, PASSKEY)
ALONE: Final = "alone"


class Factor(models.Model):
    """A second factor: an app that shows six digits, or a passkey.

    `secret` is the app's shared secret, sealed with a key of this installation, or the passkey's public key as it was attested.
    `counter` is the last time step that was used, or the passkey's own count: neither ever goes back.
    `wrapped` is the officer's identity as an age file that the passkey's PRF output over `salt` opens, when it can do that.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=7)
    label = models.CharField(max_length=60)
    secret = BytesField()
    credential = BytesField(max_length=1023, null=True, unique=True)
    counter = models.BigIntegerField(default=0)
    salt = BytesField(max_length=32, default=b"")
    wrapped = BytesField(default=b"")
    at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="factor_kind_is_coded"),
            models.CheckConstraint(
                condition=Q(kind=TOTP, credential=None) | Q(kind=PASSKEY, credential__isnull=False),
                name="a_passkey_has_a_credential",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.officer_id}"


class Visit(models.Model):
    """A session of an officer, from the second factor to its end; `how` is the kind of factor it began with, or "alone"."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="visits")
    how = models.CharField(max_length=10)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["began_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="visit_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"visit of {self.officer_id}"
