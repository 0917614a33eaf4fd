"""Everything that follows from a receipt, and from a thread's seed."""

import secrets
from dataclasses import dataclass
from hashlib import scrypt, sha256
from typing import Final, NewType

from balaqorgau.sealed.hashing import PREFIX, hkdf, label, tagged

Receipt = NewType("Receipt", int)
Seed = NewType("Seed", bytes)

RECEIPT_BITS: Final = 66
RECEIPT_DIGITS: Final = 20
RECEIPT_WORDS: Final = 6
WORD_BITS: Final = 11
VERIFICATION_BITS: Final = 77
SCRYPT: Final = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024, "dklen": 32}


@dataclass(frozen=True)
class ChildKeys:
    """What a child's phone derives from the receipt; seeds are secret, the rest goes with the appeal."""

    identity: Seed
    signing: Seed
    token: bytes
    verification: int
    ledger_key: bytes

    @property
    def mailbox(self) -> bytes:
        """What the server knows the mailbox by."""
        return sha256(self.token).digest()


def new_receipt() -> Receipt:
    """66 random bits."""
    return Receipt(secrets.randbits(RECEIPT_BITS))


def receipt_digits(receipt: Receipt) -> str:
    """The receipt as 20 digits."""
    return f"{receipt:0{RECEIPT_DIGITS}d}"


def receipt_places(receipt: Receipt) -> list[int]:
    """The receipt as six places in a list of 2,048 words, most significant first."""
    return [receipt >> (WORD_BITS * turn) & 2047 for turn in reversed(range(RECEIPT_WORDS))]


def receipt_from_places(places: list[int]) -> Receipt:
    """The receipt behind six places."""
    if len(places) != RECEIPT_WORDS or not all(0 <= place < 2048 for place in places):
        raise ValueError("six words are needed")
    return Receipt(sum(place << (WORD_BITS * (RECEIPT_WORDS - 1 - turn)) for turn, place in enumerate(places)))


def receipt_from_digits(digits: str) -> Receipt:
    """The receipt behind 20 digits; ValueError when there cannot be one."""
    if len(digits) != RECEIPT_DIGITS or not (digits.isascii() and digits.isdigit()) or int(digits) >= 2**RECEIPT_BITS:
        raise ValueError("twenty digits are needed")
    return Receipt(int(digits))


def derive(key: bytes, name: str) -> bytes:
    """HKDF-SHA256 with an empty salt and our label; 32 bytes."""
    return hkdf(key, b"", label(name))


def master(receipt: Receipt, deployment: bytes) -> bytes:
    """The slow step: scrypt over the receipt, salted with the installation; 32 MiB, about 0.1 s."""
    salt = sha256(PREFIX.encode() + deployment).digest()
    return scrypt(receipt.to_bytes(9, "big"), salt=salt, **SCRYPT)


def child_keys(receipt: Receipt, deployment: bytes) -> ChildKeys:
    """Everything that follows from a receipt."""
    return keys_of_master(master(receipt, deployment))


def keys_of_master(key: bytes) -> ChildKeys:
    """Everything that follows from the slow step's result."""
    verification = int.from_bytes(derive(key, "verify"), "big") >> (256 - VERIFICATION_BITS)
    return ChildKeys(
        identity=Seed(derive(key, "child")),
        signing=Seed(derive(key, "sign")),
        token=derive(key, "mailbox"),
        verification=verification,
        ledger_key=derive(verification.to_bytes(10, "big"), "ledger"),
    )


def thread_identity(seed: Seed) -> Seed:
    """The identity that a thread's messages are sealed to."""
    return Seed(derive(seed, "identity"))


def desk_fingerprint(recipient: bytes, verify_key: bytes) -> bytes:
    """Sixteen bytes that name a desk's epoch."""
    return tagged("desk key", recipient, verify_key)[:16]
