"""What the server keeps of a login secret, and what it answers about names it does not know."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from typing import Final

from django.conf import settings
from django.utils.crypto import constant_time_compare

from balaqorgau.accounts.passphrases import SALT_LENGTH, LoginSecret

PREFIX: Final = "hmac-sha256$"


def keyed(purpose: str, data: bytes) -> bytes:
    """HMAC-SHA256 with a key of this installation that serves one purpose."""
    key = hashlib.sha256(f"balaqorgau accounts {purpose}\0{settings.SECRET_KEY}".encode()).digest()
    return hmac.digest(key, data, "sha256")


def stored(secret: LoginSecret) -> str:
    """What is kept: useless without this installation's key, and no passphrase can be tried against it."""
    return PREFIX + urlsafe_b64encode(keyed("login", secret)).decode("ascii")


def matches(secret: LoginSecret, kept: str) -> bool:
    """Whether a login secret is the kept one, in constant time."""
    return constant_time_compare(stored(secret), kept)


def fake_salt(username: str) -> bytes:
    """The salt of an officer who does not exist: always the same, so that asking tells nothing."""
    return keyed("salt", username.encode("utf-8"))[:SALT_LENGTH]


def name_mark(username: str) -> bytes:
    """A name as it is counted: people type passphrases into the wrong field."""
    return keyed("name", username.encode("utf-8"))
