"""The plain form's slow step: a receipt, its keys, and a sealed appeal, all in memory and forgotten at once."""

from datetime import datetime

from django.conf import settings

from balaqorgau.appeals import intake, routes
from balaqorgau.appeals.plain.quota import quota
from balaqorgau.appeals.submission import Parcel, check
from balaqorgau.directory import queries as directory
from balaqorgau.kernel.ids import b64
from balaqorgau.sealed import keys
from balaqorgau.sealed.appeal import Letter, Recipient, SealedAppeal, seal_appeal
from balaqorgau.sealed.keys import ChildKeys, Receipt


def child_of(receipt: Receipt) -> ChildKeys:
    """The keys of a receipt, within the quota; raises quota.Busy."""
    with quota.place():
        return keys.child_keys(receipt, settings.DEPLOYMENT)


def send(letter: Letter, *, desks: list[str], received: datetime) -> Receipt:
    """Seal a letter to these desks, store it, and give its receipt. Raises quota.Busy, Refused and TextTooLong."""
    receipt = keys.new_receipt()
    sealed = seal_appeal(
        letter,
        child=child_of(receipt),
        deployment=settings.DEPLOYMENT,
        recipients=[recipient(desk) for desk in desks],
        protection="server",
        bits=0,
    )
    submission = check(parcel(sealed), deployment=settings.DEPLOYMENT, protection="server", bits=0, received=received)
    intake.take(submission, fingerprints=routes.fingerprints(submission.manifest))
    return receipt


def recipient(desk: str) -> Recipient:
    """A desk's current epoch; LookupError when it has none."""
    epoch = directory.current_epoch(desk)
    if epoch is None:
        raise LookupError(desk)
    return Recipient(epoch.desk_id, epoch.epoch, epoch.recipient)


def parcel(sealed: SealedAppeal) -> Parcel:
    """A sealed appeal as the intake checks every one."""
    return Parcel(
        manifest=sealed.manifest.as_bytes(),
        ledger_key=b64(sealed.ledger_key),
        nonce="0",
        signature=b64(sealed.signature),
        payload=sealed.payload,
        grants=sealed.grants,
        files=sealed.files,
    )
