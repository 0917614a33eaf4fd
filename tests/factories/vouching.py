"""Epochs that are signed as they must be, for tests that do not try the ceremony itself."""

from balaqorgau.directory import actions
from balaqorgau.directory.chain import Voucher, signer_of
from balaqorgau.directory.models import Desk, DeskEpoch
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.sealed import messages
from tests.factories.appeals import DeskKeys


def vouched(desk: Desk, number: int, new: DeskKeys, signing: DeskKeys) -> Voucher:
    """The signature under an epoch, said to be of whoever it needs."""
    recipient, verify = new.recipient.recipient, new.verify_key
    signed = messages.epoch_bytes(name=f"{desk.pk}/{number}", recipient=recipient, verify=verify)
    return Voucher(signer_of(desk, number), messages.sign(signing.signing, signed))


def next_epoch(desk: Desk, new: DeskKeys, *, after: DeskKeys | None = None, example: bool = False) -> DeskEpoch:
    """A desk's next epoch, signed by the keys of the one before, or by itself."""
    voucher = vouched(desk, desk.epochs.count() + 1, new, after or new)
    recipient = new.recipient.recipient
    return actions.publish_epoch(
        desk, recipient=recipient, verify_key=new.verify_key, voucher=voucher, example=example, by=OPERATOR
    )
