"""What an officer's browser makes when a desk gets its key, done in Python."""

import os
from dataclasses import dataclass
from typing import Any

from balaqorgau.accounts import wrapping
from balaqorgau.accounts.wrapping import DeskSecret
from balaqorgau.kernel.ids import b64
from balaqorgau.sealed import age, messages


@dataclass(frozen=True)
class Made:
    """A desk's new keys with both halves, which only a test has in one place."""

    desk: str
    secret: DeskSecret
    escrow: bytes

    @property
    def signed(self) -> bytes:
        """What whoever vouches for them signs."""
        recipient, verify = self.secret.recipient, self.secret.verify_key
        return messages.epoch_bytes(name=f"{self.desk}/1", recipient=recipient, verify=verify)

    def sealed_to(self, recipient: bytes) -> tuple[str, str]:
        """The private halves for an officer or the sheets, and their signature."""
        to: dict[str, Any] = {"desk": self.desk, "epoch": 1, "recipient": recipient}
        blob = wrapping.wrap_desk_secret(self.secret, **to)
        return b64(blob), b64(wrapping.sign_grant(self.secret, blob, **to))

    def body(self, recipient: bytes) -> dict[str, Any]:
        """What the browser sends after the rehearsal."""
        blob, signature = self.sealed_to(recipient)
        escrow = age.recipient(self.escrow)
        escrow_blob, escrow_signature = self.sealed_to(escrow)
        return {
            "desk": self.desk,
            "recipient": b64(self.secret.recipient),
            "verify": b64(self.secret.verify_key),
            "signature": b64(messages.sign(self.secret.signing, self.signed)),
            "blob": blob,
            "grant_signature": signature,
            "escrow_recipient": b64(escrow),
            "escrow_blob": escrow_blob,
            "escrow_signature": escrow_signature,
            "threshold": 2,
            "sheets": 3,
        }


@dataclass(frozen=True)
class Next:
    """A desk's next key, signed by the last."""

    desk: str
    last: DeskSecret
    secret: DeskSecret
    epoch: int = 2

    def sealed_to(self, officer: str, recipient: bytes) -> dict[str, str]:
        """The private halves for an officer."""
        to: dict[str, Any] = {"desk": self.desk, "epoch": self.epoch, "recipient": recipient}
        blob = wrapping.wrap_desk_secret(self.secret, **to)
        return {"officer": officer, "blob": b64(blob), "signature": b64(wrapping.sign_grant(self.secret, blob, **to))}

    def body(self, leaver: str, *staying: tuple[str, bytes]) -> dict[str, Any]:
        """What the browser sends that removes somebody."""
        recipient, verify = self.secret.recipient, self.secret.verify_key
        return {
            "desk": self.desk,
            "officer": leaver,
            "recipient": b64(recipient),
            "verify": b64(verify),
            "signature": b64(self.last.voucher(f"{self.desk}/{self.epoch}", recipient, verify)),
            "grants": [self.sealed_to(*one) for one in staying],
            "escrow_blob": "",
            "escrow_signature": "",
        }


def next_key(desk: str, last: DeskSecret) -> Next:
    """The key after `last`."""
    return Next(desk, last, wrapping.new_desk_secret())


def make(desk: str) -> Made:
    """Keys of a desk."""
    return Made(desk, wrapping.new_desk_secret(), os.urandom(32))


def grant_body(made: Made, officer: str, recipient: bytes) -> dict[str, Any]:
    """What a colleague sends who gives the keys."""
    blob, signature = made.sealed_to(recipient)
    return {"desk": made.desk, "officer": officer, "grants": [{"epoch": 1, "blob": blob, "signature": signature}]}
