"""Passphrases: made from the pack's words, stretched with Argon2id (RFC 9106) into two secrets that do not meet.

The browser does the same when an officer signs in; here it is done for officers that this machine makes.
"""

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NewType

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from balaqorgau.sealed import keys

Passphrase = NewType("Passphrase", str)
LoginSecret = NewType("LoginSecret", bytes)
UnlockingKey = NewType("UnlockingKey", bytes)

WORDS: Final = 6
SALT_LENGTH: Final = 16


@dataclass(frozen=True)
class Cost:
    """What one guess costs: KiB of memory, passes over it, lanes."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 1


@dataclass(frozen=True)
class Stretched:
    """`login` goes to the server, `unlocking` never leaves the one who typed the passphrase."""

    login: LoginSecret
    unlocking: UnlockingKey


def generate(words: Sequence[str], *, count: int = WORDS) -> Passphrase:
    """A passphrase of `count` words, each chosen evenly; from 2,048 words six make 66 bits."""
    if count < WORDS or len(words) < 2048:
        raise ValueError("a passphrase needs six words or more from a list of 2,048 or more")
    return Passphrase(" ".join(secrets.choice(words) for _ in range(count)))


def normal(passphrase: str) -> bytes:
    """The bytes that are stretched: NFKC, lower case, words with single spaces between."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).lower().split()).encode("utf-8")


def stretch(passphrase: str, salt: bytes, cost: Cost) -> Stretched:
    """Both secrets of a passphrase; about 0.2 s of one core and 64 MiB."""
    argon2 = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    root = argon2.derive(normal(passphrase))
    return Stretched(LoginSecret(keys.derive(root, "officer login")), UnlockingKey(keys.derive(root, "officer unlock")))
