"""Who vouches for a desk's keys: an epoch is signed by the one before it, a first one by the Ombudsman's desk."""

from dataclasses import dataclass

from balaqorgau.directory.models import OMBUDSMAN, Desk, DeskEpoch
from balaqorgau.sealed import messages


class KeyRefused(ValueError):
    """These are no keys that a desk can have."""


@dataclass(frozen=True)
class Voucher:
    """A signature over an epoch by the epoch called `signed_by` ("id/epoch")."""

    signed_by: str
    signature: bytes


def signer_of(desk: Desk, number: int) -> str:
    """Whose signature an epoch needs: the one before; the Ombudsman's of today for a first one, whose own first signs itself."""
    if number > 1:
        return f"{desk.pk}/{number - 1}"
    if desk.role == OMBUDSMAN:
        return f"{desk.pk}/1"
    return str(DeskEpoch.objects.filter(desk__role=OMBUDSMAN, retired_at=None).first() or f"{OMBUDSMAN}/1")


def verify_key_of(name: str) -> bytes | None:
    """The verifying key of the epoch "id/epoch"."""
    desk, _, number = name.rpartition("/")
    found = DeskEpoch.objects.filter(desk=desk, epoch=int(number)).first()
    return bytes(found.verify_key) if found else None


def check(desk: Desk, number: int, *, recipient: bytes, verify_key: bytes, voucher: Voucher) -> None:
    """Refuse an epoch that the right key has not signed."""
    needed, name = signer_of(desk, number), f"{desk.pk}/{number}"
    key = verify_key if needed == name else verify_key_of(needed)
    signed = messages.epoch_bytes(name=name, recipient=recipient, verify=verify_key)
    if voucher.signed_by != needed or key is None or not messages.verify(key, signed, voucher.signature):
        raise KeyRefused(f"{name} needs the signature of {needed}")
