"""Every hash carries a label and the length of each part, so no two meanings share a hash."""

import hmac
import struct
from hashlib import sha256
from typing import Final

PREFIX: Final = "balaqorgau/1"
ZEROS: Final = bytes(32)


def label(name: str) -> bytes:
    """The text that separates one use from all others."""
    return f"{PREFIX} {name}".encode()


def tagged(name: str, *parts: bytes) -> bytes:
    """SHA-256 over the label, a zero byte, and each part behind its length (u32 big-endian); 32 bytes."""
    total = sha256(label(name) + b"\0")
    for part in parts:
        total.update(struct.pack(">I", len(part)) + part)
    return total.digest()


def hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA256, its first block: 32 bytes. Source: RFC 5869."""
    return hmac.digest(hmac.digest(salt or ZEROS, key, "sha256"), info + b"\x01", "sha256")
