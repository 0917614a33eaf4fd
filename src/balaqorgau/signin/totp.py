"""Six digits that change every half minute (RFC 6238, as every authenticator app computes them)."""

import os
from base64 import b32encode
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.utils.crypto import constant_time_compare

from balaqorgau.accounts.credentials import keyed
from balaqorgau.kernel.clock import unix

LENGTH: Final = 20
DIGITS: Final = 6
STEP: Final = 30
AROUND: Final = (0, -1, 1)
NONCE: Final = 12


def new_secret() -> bytes:
    """160 random bits, as RFC 4226 asks."""
    return os.urandom(LENGTH)


def code_at(secret: bytes, step: int) -> str:
    """The six digits of a half minute."""
    return TOTP(secret, DIGITS, SHA1(), STEP).generate(step * STEP).decode()  # noqa: S303 (what the apps compute)


def step_of(secret: bytes, code: str, *, now: datetime, after: int) -> int | None:
    """The half minute whose digits these are: this one or a neighbour, and later than the last one that was used."""
    present = unix(now) // STEP
    for step in (present + turn for turn in AROUND):
        if constant_time_compare(code_at(secret, step), code) and step > after:
            return step
    return None


def sealed(secret: bytes, officer: str) -> bytes:
    """A secret as it is kept: worth nothing without this installation's key, and for one officer only."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(keyed("totp", b"")).encrypt(nonce, secret, officer.encode())


def opened(kept: bytes, officer: str) -> bytes:
    """The secret again; ValueError when the installation's key is another one."""
    try:
        return AESGCM(keyed("totp", b"")).decrypt(kept[:NONCE], kept[NONCE:], officer.encode())
    except InvalidTag as error:
        raise ValueError("sealed with another key") from error


def written(secret: bytes) -> str:
    """A secret as people type it: base32."""
    return b32encode(secret).decode()


def address(secret: bytes, *, username: str, host: str) -> str:
    """What an app reads from the picture (otpauth, Google's key URI format)."""
    label = quote(f"{host}:{username}")
    return f"otpauth://totp/{label}?{urlencode({'secret': written(secret), 'issuer': host})}"
