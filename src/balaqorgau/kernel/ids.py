"""Identifiers that say nothing about what they name."""

import secrets
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode


def new_id() -> uuid.UUID:
    """A random identifier (UUID version 4): not sequential, not a time stamp."""
    return uuid.UUID(bytes=secrets.token_bytes(16), version=4)


def b64(data: bytes) -> str:
    """Base64url without padding, as the wire writes bytes."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64(text: str) -> bytes:
    """The bytes behind base64url without padding; ValueError for anything else, aliases included."""
    if not text.isascii():
        raise ValueError("not base64url")
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64(data) != text:
        raise ValueError("not canonical base64url")
    return data
