"""Promises as C2SP signed notes with Ed25519."""

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import messages

TITLE: Final = "balaqorgau/1 promise"
DASH: Final = "\u2014 "
TIME: Final = "(0|[1-9][0-9]{0,11})\n"
PROMISE: Final = re.compile(f"{TITLE}\n([\\w-]{{22}})\n([\\w-]{{43}})\n([\\w-]{{43}})\n{TIME}{TIME}", re.ASCII)
"""Three byte strings of 16, 32 and 32 bytes and two times in seconds; unb64 refuses all but the canonical writing."""


class NoteError(ValueError):
    """Not a promise, or not signed by whom it should be."""


@dataclass(frozen=True)
class Promise:
    """What a custodian signed: it holds this appeal since `received` (unix seconds)."""

    deployment: bytes
    commitment: bytes
    mailbox: bytes
    received: int
    merge_by: int

    def text(self) -> str:
        """The signed lines."""
        lines = [
            TITLE,
            b64(self.deployment),
            b64(self.commitment),
            b64(self.mailbox),
            str(self.received),
            str(self.merge_by),
        ]
        return "\n".join(lines) + "\n"


def key_id(name: str, key: bytes) -> bytes:
    """Four bytes that name a key. Source: C2SP signed-note."""
    return sha256(name.encode() + b"\n\x01" + key).digest()[:4]


@lru_cache(maxsize=4)
def signer(seed: bytes) -> tuple[Ed25519PrivateKey, bytes]:
    """A signing key and its public half."""
    return Ed25519PrivateKey.from_private_bytes(seed), messages.verify_key(seed)


def public_key(seed: bytes) -> bytes:
    """The key that promises are checked with, 32 bytes."""
    return signer(seed)[1]


def issue_promise(
    *, name: str, seed: bytes, deployment: bytes, commitment: bytes, mailbox: bytes, received: int, merge_by: int
) -> str:
    """The signed note of a promise; deterministic."""
    text = Promise(deployment, commitment, mailbox, received, merge_by).text()
    private, public = signer(seed)
    signature = key_id(name, public) + private.sign(text.encode())
    return f"{text}\n{DASH}{name} {b64encode(signature).decode()}\n"


def verify_promise(note: str, *, name: str, key: bytes) -> Promise:
    """The promise in a note signed by this name and key; raises NoteError."""
    text, separator, rest = note.rpartition("\n\n")
    prefix = f"{DASH}{name} "
    if not separator or not rest.startswith(prefix) or not rest.endswith("\n"):
        raise NoteError("no signature of that name")
    try:
        signature = b64decode(rest[len(prefix) : -1], validate=True)
    except ValueError as error:
        raise NoteError("no base64") from error
    if f"{prefix}{b64encode(signature).decode()}\n" != rest:
        raise NoteError("base64 is not canonical")
    text += "\n"
    if signature[:4] != key_id(name, key) or not messages.verify(key, text.encode(), signature[4:]):
        raise NoteError("not signed by this key")
    return parse_promise(text)


def parse_promise(text: str) -> Promise:
    """The promise in its lines."""
    found = PROMISE.fullmatch(text)
    if not found:
        raise NoteError("not a promise")
    deployment, commitment, mailbox, received, merge_by = found.groups()
    try:
        promise = Promise(unb64(deployment), unb64(commitment), unb64(mailbox), int(received), int(merge_by))
    except ValueError as error:
        raise NoteError("not base64url") from error
    return promise
