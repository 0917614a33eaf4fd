"""A desk is an office that reads appeals; an epoch is the pair of public keys it has for a time."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q

from balaqorgau.database.fields import BytesField

REGION: Final = "region"
COMMITTEE: Final = "committee"
OMBUDSMAN: Final = "ombudsman"
ROLES: Final = (REGION, COMMITTEE, OMBUDSMAN)


class Desk(models.Model):
    """`id` is what the wire calls it: the region's code, or the role of the only desk that has it."""

    id = models.CharField(primary_key=True, max_length=40)
    role = models.CharField(max_length=20)
    territory = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(role__in=ROLES), name="desk_role_is_coded"),
            models.CheckConstraint(
                condition=(Q(role=REGION) & ~Q(territory="")) | (~Q(role=REGION) & Q(territory="")),
                name="desk_of_a_region_has_a_territory",
            ),
        ]

    def __str__(self) -> str:
        return self.id


class DeskEpoch(models.Model):
    """Public keys of a desk from `published_at` to `retired_at`; the private halves are grants to officers.

    `signature` is of the epoch `signed_by` ("id/epoch"); both are empty for epochs that are older than signatures.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="epochs")
    epoch = models.PositiveIntegerField()
    recipient = BytesField(max_length=1216)
    verify_key = BytesField(max_length=32)
    fingerprint = BytesField(max_length=16, unique=True)
    published_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    example = models.BooleanField(default=False)
    signed_by = models.CharField(max_length=60, blank=True)
    signature = BytesField(max_length=64, default=b"")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["desk", "epoch"], name="epoch_number_is_taken_once"),
            models.UniqueConstraint(fields=["desk"], condition=Q(retired_at=None), name="desk_has_one_epoch_at_a_time"),
            models.CheckConstraint(condition=Q(epoch__gte=1), name="epoch_begins_at_one"),
            models.CheckConstraint(
                condition=Q(retired_at=None) | Q(retired_at__gte=F("published_at")), name="epoch_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk_id}/{self.epoch}"


class Escrow(models.Model):
    """An identity that exists only on a desk's printed sheets: `threshold` of `sheets` bring it back."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="escrows")
    recipient = BytesField(max_length=1216)
    threshold = models.PositiveSmallIntegerField()
    sheets = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(threshold__gte=2, sheets__gte=F("threshold")), name="escrow_needs_several_sheets"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.threshold} of {self.sheets} for {self.desk_id}"


class EscrowGrant(models.Model):
    """An epoch's private keys as an age file that only the sheets open; `signature` is the epoch's own, as on an officer's."""

    escrow = models.ForeignKey(Escrow, on_delete=models.PROTECT, related_name="grants")
    epoch = models.ForeignKey(DeskEpoch, on_delete=models.PROTECT, related_name="escrow_grants")
    blob = BytesField()
    signature = BytesField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["escrow", "epoch"], name="escrow_holds_an_epoch_once"),
        ]

    def __str__(self) -> str:
        return f"{self.epoch_id} on sheets"
