"""The code that proves an address: made from what is kept and this installation's key, so that it is kept nowhere."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.crypto import constant_time_compare

from balaqorgau.accounts.credentials import keyed
from balaqorgau.waking.models import Postbox

DIGITS: Final = 8
LASTS: Final = timedelta(minutes=30)
PAUSE: Final = timedelta(minutes=2)
TRIES: Final = 5


def code_for(box: Postbox) -> str:
    """The code that is mailed to the address that the officer asked for."""
    mark = keyed("mail code", f"{box.officer_id} {box.asked} {box.nonce.hex()}".encode())
    return str(int.from_bytes(mark, "big") % 10**DIGITS).zfill(DIGITS)


def is_open(box: Postbox, *, now: datetime) -> bool:
    """Whether a code is still waited for."""
    return bool(box.asked and box.asked_at) and now - started(box) < LASTS and box.tries < TRIES


def may_ask(box: Postbox | None, *, now: datetime) -> bool:
    """Whether another code may be mailed: nobody's mail is filled by somebody who pushes a button."""
    return box is None or box.asked_at is None or now - started(box) >= PAUSE


def matches(box: Postbox, typed: str) -> bool:
    """Whether this is the code; spaces that people type do not count."""
    return constant_time_compare(code_for(box), "".join(typed.split()))


def started(box: Postbox) -> datetime:
    """When the code was asked for."""
    if box.asked_at is None:
        raise ValueError("nothing was asked for")
    return box.asked_at
