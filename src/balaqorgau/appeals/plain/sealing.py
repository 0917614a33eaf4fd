"""The plain form's slow step: a receipt, its keys, and a sealed appeal, all in memory and forgotten at once."""

import hmac
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.conf import settings

from balaqorgau.appeals import intake, queries, routes
from balaqorgau.appeals.plain import quota
from balaqorgau.appeals.plain.quota import Quota
from balaqorgau.appeals.refusals import Refused
from balaqorgau.appeals.submission import Parcel, check
from balaqorgau.directory import queries as directory
from balaqorgau.kernel.ids import b64
from balaqorgau.sealed import canonical, keys
from balaqorgau.sealed.appeal import Letter, Recipient, SealedAppeal, seal_appeal
from balaqorgau.sealed.keys import ChildKeys, Receipt

SHORTEST_ONCE: Final = 16
LONGEST_ONCE: Final = 64


def child_of(receipt: Receipt, budget: Quota) -> ChildKeys:
    """The keys of a receipt, within a budget; raises quota.Busy."""
    with budget.place():
        return keys.child_keys(receipt, settings.DEPLOYMENT)


def receipt_for(once: str, letter: Letter) -> Receipt:
    """The receipt of a letter on a form that was shown once: the same for the same letter, another for any other.

    Only this server can make it, and only while it has form and letter before it: neither is kept.
    """
    if len(once) < SHORTEST_ONCE:
        return keys.new_receipt()
    key = sha256(f"balaqorgau plain receipt\0{settings.SECRET_KEY}".encode()).digest()
    data = canonical.dumps({"once": once[:LONGEST_ONCE], "letter": dict(letter.fields)})
    return Receipt(int.from_bytes(hmac.digest(key, data, "sha256")[:9], "big") % 2**keys.RECEIPT_BITS)


def send(letter: Letter, *, once: str, desks: list[str], received: datetime) -> Receipt:
    """Seal a letter to these desks, store it, and give its receipt. Raises quota.Busy, Refused and TextTooLong.

    The same form sent again (a double tap, a page loaded anew) is the same appeal, and gives the same receipt.
    """
    receipt = receipt_for(once, letter)
    child = child_of(receipt, quota.writing)
    if queries.thread_at(child.mailbox) is None:
        try:
            store(letter, child, desks=desks, received=received)
        except Refused:
            if queries.thread_at(child.mailbox) is None:
                raise
    return receipt


def store(letter: Letter, child: ChildKeys, *, desks: list[str], received: datetime) -> None:
    """Seal and store; Refused when its twin was faster."""
    sealed = seal_appeal(
        letter,
        child=child,
        deployment=settings.DEPLOYMENT,
        recipients=[recipient(desk) for desk in desks],
        protection="server",
        bits=0,
    )
    submission = check(parcel(sealed), deployment=settings.DEPLOYMENT, protection="server", bits=0, received=received)
    intake.take(submission, fingerprints=routes.fingerprints(submission.manifest))


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
