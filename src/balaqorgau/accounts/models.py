"""An officer, the desks they belong to, and what only their passphrase opens."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import F, Q

from balaqorgau.database.fields import BytesField
from balaqorgau.directory.models import Desk, DeskEpoch
from balaqorgau.kernel.ids import new_id
from balaqorgau.kernel.signer import Signer


class Officer(AbstractBaseUser):
    """`password` holds a keyed hash of the login secret; nobody here ever had the passphrase.

    An administrator has the same account and no desk: never a membership, never a grant of a desk's keys.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=40, unique=True)
    display_name = models.CharField(max_length=120)
    language = models.CharField(max_length=12)
    recipient = BytesField(max_length=1216)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        ordering: ClassVar[list[str]] = ["username"]

    def __str__(self) -> str:
        return self.username

    @property
    def signer(self) -> Signer:
        """The officer as rooms below may know them."""
        return Signer("administrator" if self.is_administrator else "officer", str(self.pk))


class Membership(models.Model):
    """An officer of a desk, from `since` until `until`."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="memberships")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["officer", "desk"], condition=Q(until=None), name="membership_is_held_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} at {self.desk_id}"


class WrappedIdentity(models.Model):
    """The officer's private identity as an age file that one unlocking key opens; Argon2id's salt and cost beside it."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="wrapped_identities")
    salt = BytesField(max_length=16)
    memory_kib = models.PositiveIntegerField()
    passes = models.PositiveSmallIntegerField()
    lanes = models.PositiveSmallIntegerField()
    blob = BytesField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(memory_kib__gte=65536, passes__gte=3, lanes__gte=1), name="wrapping_is_slow_enough"
            ),
        ]

    def __str__(self) -> str:
        return f"identity of {self.officer_id}"


class DeskKeyGrant(models.Model):
    """A desk epoch's private keys as an age file that only this officer's identity opens.

    `signature` is the epoch's own over blob and recipient: whoever gave it had the keys.
    """

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="key_grants")
    epoch = models.ForeignKey(DeskEpoch, on_delete=models.PROTECT, related_name="key_grants")
    blob = BytesField()
    signature = BytesField(max_length=64, default=b"")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["officer", "epoch"], name="desk_key_is_granted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.epoch_id} to {self.officer_id}"


class Invitation(models.Model):
    """A link that lets one person make their own keys, once; `token` is the hash of what the link's secret becomes.

    With an `officer` it is for somebody who lost their passphrase: they begin anew with a fresh identity. Without a desk it
    is for an administrator.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, null=True, related_name="invitations")
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, null=True, related_name="invitations")
    username = models.CharField(max_length=40)
    display_name = models.CharField(max_length=120)
    language = models.CharField(max_length=12)
    token = BytesField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["username"], condition=Q(used_at=None, revoked_at=None), name="one_open_invitation_for_a_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.username} to {self.desk_id}"


class Proposal(models.Model):
    """A desk's first keys, made and rehearsed, that wait for the signature of the Ombudsman's desk."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    desk = models.OneToOneField(Desk, on_delete=models.PROTECT, related_name="proposal")
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="proposals")
    recipient = BytesField(max_length=1216)
    verify_key = BytesField(max_length=32)
    blob = BytesField()
    signature = BytesField(max_length=64)
    escrow_recipient = BytesField(max_length=1216)
    escrow_blob = BytesField()
    escrow_signature = BytesField(max_length=64)
    threshold = models.PositiveSmallIntegerField()
    sheets = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return f"keys for {self.desk_id}"


class Failures(models.Model):
    """Failed sign-ins in a row for one name, real or not; `name` is a keyed hash, because people type passphrases there."""

    name = BytesField(max_length=32, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "failures"

    def __str__(self) -> str:
        return f"{self.count} since {self.last_at}"
