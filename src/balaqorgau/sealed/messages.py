"""What is signed: messages in a chain, grants, and a child's wish to erase."""

import struct
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from balaqorgau.sealed.hashing import tagged


def u32(number: int) -> bytes:
    """Four bytes, big-endian."""
    return struct.pack(">I", number)


def message_bytes(
    *, commitment: bytes, author: str, sequence: int, previous: bytes, digest: bytes, files: Iterable[bytes]
) -> bytes:
    """The 32 bytes that a message's author signs."""
    return tagged("message", commitment, author.encode(), u32(sequence), previous, digest, *files)


def message_hash(signed: bytes, signature: bytes) -> bytes:
    """What the next message names as the one before it."""
    return tagged("message hash", signed, signature)


def grant_bytes(*, commitment: bytes, giver: str, receiver: str, digest: bytes) -> bytes:
    """The 32 bytes that a desk signs when it passes a thread on; both named "id/epoch"."""
    return tagged("grant", commitment, giver.encode(), receiver.encode(), digest)


def erase_bytes(*, commitment: bytes, act: str, count: int) -> bytes:
    """The 32 bytes that a child signs to erase, or to withdraw that; `count` acts came before."""
    return tagged("erase", commitment, act.encode(), u32(count))


def event_bytes(*, commitment: bytes, kind: str, actor: str) -> bytes:
    """The 32 bytes that a desk signs for an event without a text of its own, for example "opened"."""
    return tagged("event", commitment, kind.encode(), actor.encode())


def sign(seed: bytes, signed: bytes) -> bytes:
    """An Ed25519 signature, 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(signed)


def verify(key: bytes, signed: bytes, signature: bytes) -> bool:
    """Whether the key's owner signed this."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def verify_key(seed: bytes) -> bytes:
    """The public half of a signing seed, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def epoch_bytes(*, name: str, recipient: bytes, verify: bytes) -> bytes:
    """The 32 bytes that are signed when a desk's epoch ("id/epoch") is published."""
    return tagged("epoch", name.encode(), recipient, verify)


def key_grant_bytes(*, epoch: str, recipient: bytes, digest: bytes) -> bytes:
    """The 32 bytes that an epoch's own key signs when its private halves are sealed to an officer's recipient."""
    return tagged("desk key grant", epoch.encode(), recipient, digest)
