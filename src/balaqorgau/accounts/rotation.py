"""A desk's next key, signed by the last: made when somebody leaves, so that what comes from now on is closed to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from balaqorgau.accounts import actions, invitations
from balaqorgau.accounts.actions import GrantRefused
from balaqorgau.accounts.models import Membership, Officer
from balaqorgau.audit.actions import record
from balaqorgau.directory import actions as directory
from balaqorgau.directory.chain import KeyRefused, Voucher
from balaqorgau.directory.models import Desk, DeskEpoch, Escrow
from balaqorgau.kernel import clock
from balaqorgau.kernel.signer import Signer


@dataclass(frozen=True)
class Given:
    """The next key's private halves, sealed to one officer and signed with them."""

    officer: Officer
    blob: bytes
    signature: bytes


@dataclass(frozen=True)
class NextKey:
    """A desk's next key as a browser made it; `signature` is the last key's, `escrow_*` are empty where there are no sheets."""

    recipient: bytes
    verify_key: bytes
    signature: bytes
    given: Sequence[Given]
    escrow_blob: bytes
    escrow_signature: bytes


@transaction.atomic
def remove(desk: Desk, leaver: Officer, key: NextKey, *, by: Officer) -> DeskEpoch:
    """End somebody's time at a desk, and give those who stay the next key. Raises KeyRefused, GrantRefused."""
    leave(desk, leaver, by=by.signer)
    before = desk.epochs.order_by("epoch").last()
    epoch = directory.publish_epoch(
        desk,
        recipient=key.recipient,
        verify_key=key.verify_key,
        voucher=Voucher(str(before), key.signature),
        example=False,
        by=by.signer,
    )
    give(epoch, key, by=by)
    if escrow := Escrow.objects.filter(desk=desk).last():
        directory.put_on_sheets(escrow, epoch, blob=key.escrow_blob, signature=key.escrow_signature)
    return epoch


def leave(desk: Desk, leaver: Officer, *, by: Signer) -> None:
    """End a membership at once; who is of no desk any more is no officer."""
    if not Membership.objects.filter(desk=desk, officer=leaver, until=None).update(until=clock.now()):
        raise KeyRefused("they are not of the desk")
    if not leaver.memberships.filter(until=None).exists():
        Officer.objects.filter(pk=leaver.pk).update(is_active=False)
    record("officer-removed", subject=f"desk:{desk.pk}", by=by, detail=str(leaver.signer))


def give(epoch: DeskEpoch, key: NextKey, *, by: Officer) -> None:
    """Keep the next key for everybody it was sealed to; whoever made it must be among them, and nobody who left."""
    staying = set(invitations.members(epoch.desk).values_list("pk", flat=True))
    to = {one.officer.pk for one in key.given}
    if by.pk not in to or not to <= staying:
        raise GrantRefused
    for one in key.given:
        actions.grant_desk_key(one.officer, epoch, blob=one.blob, signature=one.signature, by=by.signer)
