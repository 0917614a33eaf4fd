"""How a desk gets its first key: made and rehearsed in an officer's browser, vouched for by the Ombudsman's desk."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from balaqorgau.accounts import actions
from balaqorgau.accounts.models import Officer, Proposal
from balaqorgau.audit.actions import record
from balaqorgau.directory import actions as directory
from balaqorgau.directory import chain
from balaqorgau.directory.actions import NewEscrow
from balaqorgau.directory.chain import KeyRefused, Voucher
from balaqorgau.directory.models import Desk, DeskEpoch
from balaqorgau.kernel import clock
from balaqorgau.kernel.signer import Signer
from balaqorgau.sealed import age, messages


@dataclass(frozen=True)
class DeskKey:
    """A desk's new keys as the browser made them: public halves, and the private ones sealed to officer and sheets.

    `signature` is the new key's own over the epoch; `grant_signature` its own over what is sealed to the officer.
    """

    recipient: bytes
    verify_key: bytes
    signature: bytes
    blob: bytes
    grant_signature: bytes
    escrow: NewEscrow


@transaction.atomic
def propose(desk: Desk, key: DeskKey, *, by: Officer) -> DeskEpoch | None:
    """Open a desk with its first key; where the Ombudsman's desk must sign first, keep it and answer None. Raises KeyRefused."""
    if desk.epochs.exists():
        raise KeyRefused(f"{desk.pk} has a key")
    check(desk, key, by)
    proposal = kept(desk, key, by)
    record("desk-key-made", subject=f"desk:{desk.pk}/1", by=by.signer, detail=f"{proposal.threshold}/{proposal.sheets}")
    own = f"{desk.pk}/1"
    if chain.signer_of(desk, 1) != own:
        return None
    return publish(proposal, Voucher(own, key.signature), by=by.signer)


def check(desk: Desk, key: DeskKey, officer: Officer) -> None:
    """Refuse keys that do not sign for themselves, and what is not sealed to this officer with them."""
    directory.check_keys(key.recipient, key.verify_key)
    directory.check_recipient(key.escrow.recipient)
    name = f"{desk.pk}/1"
    own = messages.epoch_bytes(name=name, recipient=key.recipient, verify=key.verify_key)
    if not messages.verify(key.verify_key, own, key.signature):
        raise KeyRefused("the new key has not signed itself")
    sealed = (
        (officer.recipient, key.blob, key.grant_signature),
        (key.escrow.recipient, key.escrow.blob, key.escrow.signature),
    )
    for recipient, blob, signature in sealed:
        grant = messages.key_grant_bytes(epoch=name, recipient=recipient, digest=age.digest(blob))
        if not messages.verify(key.verify_key, grant, signature):
            raise KeyRefused("the new key has not signed what is sealed")


def kept(desk: Desk, key: DeskKey, officer: Officer) -> Proposal:
    """The proposal as a row; of two officers at once the first wins."""
    try:
        with transaction.atomic():
            return Proposal.objects.create(
                desk=desk,
                officer=officer,
                recipient=key.recipient,
                verify_key=key.verify_key,
                blob=key.blob,
                signature=key.grant_signature,
                escrow_recipient=key.escrow.recipient,
                escrow_blob=key.escrow.blob,
                escrow_signature=key.escrow.signature,
                threshold=key.escrow.threshold,
                sheets=key.escrow.sheets,
                at=clock.now(),
            )
    except IntegrityError as error:
        raise KeyRefused(f"{desk.pk} has a key that waits") from error


@transaction.atomic
def publish(proposal: Proposal, voucher: Voucher, *, by: Signer) -> DeskEpoch:
    """Publish a proposed key that is signed; the officer who made it and the sheets get it. Raises KeyRefused."""
    desk = proposal.desk
    epoch = directory.publish_epoch(
        desk, recipient=proposal.recipient, verify_key=proposal.verify_key, voucher=voucher, example=False, by=by
    )
    escrow = NewEscrow(
        recipient=proposal.escrow_recipient,
        threshold=proposal.threshold,
        sheets=proposal.sheets,
        blob=proposal.escrow_blob,
        signature=proposal.escrow_signature,
    )
    directory.keep_escrow(epoch, escrow, by=by)
    actions.grant_desk_key(proposal.officer, epoch, blob=proposal.blob, signature=proposal.signature, by=by)
    proposal.delete()
    return epoch


@transaction.atomic
def withdraw(proposal: Proposal, *, by: Officer) -> None:
    """Throw away keys that nobody signed, for example because the words differ; the desk makes new ones."""
    record("desk-key-withdrawn", subject=f"desk:{proposal.desk_id}/1", by=by.signer)
    proposal.delete()
