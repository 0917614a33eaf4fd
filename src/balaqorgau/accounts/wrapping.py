"""Private keys as age files: an officer's identity under the unlocking key, a desk's keys under the identity.

The browser opens these; here they are made for officers and desks that this machine makes.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Any, NewType

from balaqorgau.accounts.passphrases import UnlockingKey
from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import age, canonical, messages

IdentitySeed = NewType("IdentitySeed", bytes)
SigningSeed = NewType("SigningSeed", bytes)


@dataclass(frozen=True)
class DeskSecret:
    """The private halves of a desk's epoch."""

    identity: IdentitySeed
    signing: SigningSeed

    @property
    def recipient(self) -> bytes:
        """What is published to seal to, 1,216 bytes."""
        return age.recipient(self.identity)

    def voucher(self, name: str, recipient: bytes, verify: bytes) -> bytes:
        """The signature under another epoch, or under these keys themselves."""
        return messages.sign(self.signing, messages.epoch_bytes(name=name, recipient=recipient, verify=verify))

    @property
    def verify_key(self) -> bytes:
        """What is published to check signatures with, 32 bytes."""
        return messages.verify_key(self.signing)


def new_identity() -> IdentitySeed:
    """32 random bytes."""
    return IdentitySeed(secrets.token_bytes(32))


def recipient_of(identity: IdentitySeed) -> bytes:
    """What is sealed to when something is sealed to an identity, 1,216 bytes."""
    return age.recipient(identity)


def new_desk_secret() -> DeskSecret:
    """Two times 32 random bytes."""
    return DeskSecret(new_identity(), SigningSeed(secrets.token_bytes(32)))


def wrap_identity(identity: IdentitySeed, key: UnlockingKey) -> bytes:
    """The identity, readable with the unlocking key alone."""
    return age.encrypt(canonical.dumps({"v": 1, "seed": b64(identity)}), [age.recipient(key)])


def unwrap_identity(blob: bytes, key: UnlockingKey) -> IdentitySeed:
    """The identity again; raises age.AgeError for another key."""
    return IdentitySeed(unb64(opened(blob, key)["seed"]))


def wrap_desk_secret(secret: DeskSecret, *, desk: str, epoch: int, recipient: bytes) -> bytes:
    """A desk's keys, readable by one officer."""
    plain = {"v": 1, "desk": desk, "epoch": epoch, "seed": b64(secret.identity), "sign": b64(secret.signing)}
    return age.encrypt(canonical.dumps(plain), [recipient])


def sign_grant(secret: DeskSecret, blob: bytes, *, desk: str, epoch: int, recipient: bytes) -> bytes:
    """The epoch's signature under its own keys, sealed to one officer."""
    signed = messages.key_grant_bytes(epoch=f"{desk}/{epoch}", recipient=recipient, digest=age.digest(blob))
    return messages.sign(secret.signing, signed)


def unwrap_desk_secret(blob: bytes, identity: IdentitySeed) -> DeskSecret:
    """A desk's keys again; raises age.AgeError for another identity."""
    plain = opened(blob, identity)
    return DeskSecret(IdentitySeed(unb64(plain["seed"])), SigningSeed(unb64(plain["sign"])))


def opened(blob: bytes, seed: bytes) -> dict[str, Any]:
    """The JSON object inside a blob."""
    plain: dict[str, Any] = json.loads(age.decrypt(blob, seed))
    return plain
