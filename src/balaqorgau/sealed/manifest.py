"""What an appeal consists of, as the hash of it is signed and promised."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import canonical
from balaqorgau.sealed.hashing import tagged

SAFE: Final = ("", "yes", "no", "unsure")
PROTECTION: Final = ("phone", "server")
KEYS: Final = {
    "v",
    "deployment",
    "child_key",
    "mailbox",
    "ledger_key",
    "safe",
    "protection",
    "payload",
    "files",
    "grants",
}
DESK: Final = re.compile("[!-~]{1,40}")
MAX_BYTES: Final = 16384
MAX_PARTS: Final = 16


class ManifestError(ValueError):
    """Not a manifest."""


class NotCanonical(ManifestError):
    """A manifest, but not written the one way."""


@dataclass(frozen=True)
class Part:
    """An age file by its length and SHA-256."""

    length: int
    hash: bytes

    def as_json(self) -> dict[str, Any]:
        """As the wire writes it."""
        return {"length": self.length, "hash": b64(self.hash)}


@dataclass(frozen=True)
class GrantPart(Part):
    """A grant: whom it is for as well."""

    desk: str
    epoch: int

    def as_json(self) -> dict[str, Any]:
        """As the wire writes it."""
        return {**super().as_json(), "desk": self.desk, "epoch": self.epoch}


@dataclass(frozen=True)
class Manifest:
    """The whole list. `mailbox` and `ledger_key` are hashes; `safe` is the one coded answer."""

    deployment: bytes
    child_key: bytes
    mailbox: bytes
    ledger_key: bytes
    safe: str
    protection: str
    payload: Part
    files: tuple[Part, ...]
    grants: tuple[GrantPart, ...]

    def core_json(self) -> dict[str, Any]:
        """Everything but the grants and the version."""
        return {
            "deployment": b64(self.deployment),
            "child_key": b64(self.child_key),
            "mailbox": b64(self.mailbox),
            "ledger_key": b64(self.ledger_key),
            "safe": self.safe,
            "protection": self.protection,
            "payload": self.payload.as_json(),
            "files": [part.as_json() for part in self.files],
        }

    def core(self) -> bytes:
        """What every grant holds, because a grant cannot hold a hash of itself."""
        return tagged("core", canonical.dumps(self.core_json()))

    def as_bytes(self) -> bytes:
        """The manifest as it is sent and hashed."""
        grants = [grant.as_json() for grant in self.grants]
        return canonical.written({**self.core_json(), "v": 1, "grants": grants})

    def commitment(self) -> bytes:
        """The 32 bytes that the appeal is known by."""
        return commitment_of(self.as_bytes())


def commitment_of(raw: bytes) -> bytes:
    """The commitment of a manifest's bytes, which `parse` found good."""
    return tagged("commitment", raw)


def parse(raw: bytes) -> Manifest:
    """Read a manifest strictly: NotCanonical or ManifestError for anything that we would not have written."""
    manifest = read(decoded(raw))
    if manifest.as_bytes() != raw:
        raise NotCanonical("written another way")
    return manifest


def decoded(raw: bytes) -> dict[str, Any]:
    """The JSON object."""
    if len(raw) > MAX_BYTES:
        raise ManifestError("too long")
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ManifestError("not JSON") from error
    if not isinstance(value, dict) or set(value) != KEYS or type(value["v"]) is not int or value["v"] != 1:
        raise ManifestError("not the keys of a manifest")
    return value


def read(value: dict[str, Any]) -> Manifest:
    """The manifest in a JSON object."""
    return Manifest(
        deployment=exact_bytes(value["deployment"], 16),
        child_key=exact_bytes(value["child_key"], 32),
        mailbox=exact_bytes(value["mailbox"], 32),
        ledger_key=exact_bytes(value["ledger_key"], 32),
        safe=one_of(value["safe"], SAFE),
        protection=one_of(value["protection"], PROTECTION),
        payload=Part(**part_fields(value["payload"])),
        files=tuple(Part(**part_fields(part)) for part in parts(value["files"])),
        grants=tuple(grant(part) for part in parts(value["grants"])),
    )


def parts(value: Any) -> Iterable[Any]:
    """A list of a sane length."""
    if not isinstance(value, list) or len(value) > MAX_PARTS:
        raise ManifestError("not a list of parts")
    return value


def part_fields(value: Any, extra: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Length and hash of a part."""
    if not isinstance(value, dict) or set(value) != {"length", "hash"} | extra:
        raise ManifestError("not a part")
    return {"length": whole_number(value["length"]), "hash": exact_bytes(value["hash"], 32)}


def grant(value: Any) -> GrantPart:
    """A grant's part."""
    fields = part_fields(value, frozenset({"desk", "epoch"}))
    if not isinstance(value["desk"], str) or not DESK.fullmatch(value["desk"]):
        raise ManifestError("not a desk")
    return GrantPart(**fields, desk=value["desk"], epoch=whole_number(value["epoch"]))


def whole_number(value: Any) -> int:
    """A number from 0 to 2³¹."""
    if type(value) is not int or not 0 <= value < 2**31:
        raise ManifestError("not a whole number")
    return value


def exact_bytes(value: Any, length: int) -> bytes:
    """Base64url for that many bytes."""
    try:
        data = unb64(value) if isinstance(value, str) else b""
    except ValueError as error:
        raise ManifestError("not base64url") from error
    if len(data) != length:
        raise ManifestError("wrong length")
    return data


def one_of(value: Any, allowed: tuple[str, ...]) -> str:
    """One of the coded words."""
    if not isinstance(value, str) or value not in allowed:
        raise ManifestError("not a coded word")
    return value
