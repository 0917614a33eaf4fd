"""Sealing an appeal, and opening one: what a phone and a desk do, for the plain form, the tests and the benches."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import age, canonical, keys, messages, padding, parcel, work
from balaqorgau.sealed.keys import ChildKeys, Seed
from balaqorgau.sealed.manifest import GrantPart, Manifest, Part
from balaqorgau.sealed.parcel import Parcel

FIRST = bytes(32)
CHILD = "child"


class OpenError(ValueError):
    """A thread that is not what it says it is."""


@dataclass(frozen=True)
class Recipient:
    """A desk's epoch to seal to: its id, its number, its 1,216-byte recipient."""

    desk: str
    epoch: int
    recipient: bytes


@dataclass(frozen=True)
class Letter:
    """What somebody wrote: the fields of the payload without `v` and `files`, and the files as (kind, type, bytes)."""

    fields: dict[str, Any]
    files: Sequence[tuple[str, str, bytes]] = field(default=())

    def as_bytes(self) -> bytes:
        """The payload before padding."""
        described = [{"kind": kind, "type": mime, "name": "", "length": len(data)} for kind, mime, data in self.files]
        return canonical.dumps({**self.fields, "v": 1, "files": described})


@dataclass(frozen=True)
class SealedAppeal:
    """Everything that is sent."""

    manifest: Manifest
    ledger_key: bytes
    nonce: int
    signature: bytes
    payload: bytes
    grants: tuple[bytes, ...]
    files: tuple[bytes, ...]

    def form(self) -> dict[str, str]:
        """The text fields of the request."""
        return {
            "manifest": self.manifest.as_bytes().decode(),
            "ledger_key": b64(self.ledger_key),
            "nonce": str(self.nonce),
            "signature": b64(self.signature),
        }

    def parts(self) -> list[tuple[str, bytes]]:
        """The file parts of the request, in order."""
        return [("payload", self.payload), *(("grant", g) for g in self.grants), *(("file", f) for f in self.files)]

    def body(self) -> bytes:
        """The whole body of the request."""
        return parcel.dumps(Parcel(self.form(), self.parts()))


def sealed_grant(seed: bytes, core: bytes, to: Recipient) -> bytes:
    """A thread's seed for one recipient."""
    body = {"v": 1, "seed": b64(seed), "core": b64(core), "desk": to.desk, "epoch": to.epoch}
    return age.encrypt(padding.pad_to(canonical.dumps(body), padding.GRANT_SIZE), [to.recipient])


def seal_appeal(
    letter: Letter,
    *,
    child: ChildKeys,
    deployment: bytes,
    recipients: Sequence[Recipient],
    protection: str,
    bits: int,
) -> SealedAppeal:
    """Seal a letter to these desks and its child. TextTooLong when it does not fit; nothing is kept then."""
    seed = Seed(os.urandom(32))
    to_thread = age.recipient(keys.thread_identity(seed))
    payload = age.encrypt(padding.pad_payload(letter.as_bytes()), [to_thread])
    files = tuple(age.encrypt(padding.pad_file(data), [to_thread]) for _, _, data in letter.files)
    bare = Manifest(
        deployment=deployment,
        child_key=messages.verify_key(child.signing),
        mailbox=child.mailbox,
        ledger_key=sha256(child.ledger_key).digest(),
        safe=str(letter.fields.get("safe", "")),
        protection=protection,
        payload=part(payload),
        files=tuple(part(data) for data in files),
        grants=(),
    )
    everybody = [*recipients, Recipient(CHILD, 0, age.recipient(child.identity))]
    grants = tuple(sealed_grant(seed, bare.core(), to) for to in everybody)
    parts = tuple(
        GrantPart(len(data), age.digest(data), to.desk, to.epoch) for data, to in zip(grants, everybody, strict=True)
    )
    manifest = Manifest(**{**bare.__dict__, "grants": parts})
    commitment = manifest.commitment()
    return SealedAppeal(
        manifest=manifest,
        ledger_key=child.ledger_key,
        nonce=work.find(commitment, bits) if bits else 0,
        signature=messages.sign(child.signing, first_message(manifest, commitment)),
        payload=payload,
        grants=grants,
        files=files,
    )


def part(data: bytes) -> Part:
    """A sealed file's part."""
    return Part(len(data), age.digest(data))


def first_message(manifest: Manifest, commitment: bytes) -> bytes:
    """The 32 bytes that the child signs for message 0."""
    return messages.message_bytes(
        commitment=commitment,
        author=CHILD,
        sequence=0,
        previous=FIRST,
        digest=manifest.payload.hash,
        files=[file.hash for file in manifest.files],
    )


def open_grant(grant: bytes, identity: Seed, manifest: Manifest) -> Seed:
    """The thread's seed in a grant; AgeError, PaddingError, or OpenError when the grant belongs to another appeal."""
    body = json_object(padding.unpad_grant(age.decrypt(grant, identity)))
    if body.get("v") != 1 or body.get("core") != b64(manifest.core()):
        raise OpenError("the grant belongs to another appeal")
    return Seed(exact_bytes(body.get("seed"), 32))


def exact_bytes(value: Any, length: int) -> bytes:
    """Base64url for that many bytes."""
    try:
        data = unb64(value) if isinstance(value, str) else b""
    except ValueError as error:
        raise OpenError("not base64url") from error
    if len(data) != length:
        raise OpenError("another length")
    return data


def open_letter(ciphertext: bytes, seed: Seed) -> dict[str, Any]:
    """What was written in a message of a thread; AgeError, PaddingError or OpenError."""
    return json_object(padding.unpad_payload(age.decrypt(ciphertext, keys.thread_identity(seed))))


def json_object(data: bytes) -> dict[str, Any]:
    """The object in JSON that somebody else wrote."""
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise OpenError("not JSON") from error
    if not isinstance(body, dict):
        raise OpenError("not an object")
    return body


def open_file(ciphertext: bytes, seed: Seed) -> bytes:
    """A file of a thread; AgeError or PaddingError."""
    return padding.unpad_file(age.decrypt(ciphertext, keys.thread_identity(seed)))


def seal_letter(letter: Letter, seed: Seed) -> tuple[bytes, tuple[bytes, ...]]:
    """A further message of a thread: the sealed text and the sealed files."""
    to_thread = age.recipient(keys.thread_identity(seed))
    files = tuple(age.encrypt(padding.pad_file(data), [to_thread]) for _, _, data in letter.files)
    return age.encrypt(padding.pad_payload(letter.as_bytes()), [to_thread]), files
