"""A sealed appeal as it arrives: every check that needs no database, cheapest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from balaqorgau.appeals import limits
from balaqorgau.appeals.refusals import Refused
from balaqorgau.kernel.ids import unb64
from balaqorgau.sealed import age, messages, work
from balaqorgau.sealed.manifest import Manifest, ManifestError, NotCanonical, Part, commitment_of
from balaqorgau.sealed.manifest import parse as parse_manifest

NOTHING_BEFORE = bytes(32)
CHILD_AUTHOR = "child"
LONGEST_NONCE = len(str(2**64))


@dataclass(frozen=True)
class Parcel:
    """What came over the wire, not yet believed."""

    manifest: bytes
    ledger_key: str
    nonce: str
    signature: str
    payload: bytes
    grants: tuple[bytes, ...]
    files: tuple[bytes, ...]


@dataclass(frozen=True)
class Submission:
    """An appeal that is what it says it is. `received` is set when it is taken."""

    manifest: Manifest
    text: str
    commitment: bytes
    ledger_key: bytes
    signature: bytes
    message_hash: bytes
    payload: bytes
    grants: tuple[bytes, ...]
    files: tuple[bytes, ...]
    received: datetime
    file_names: tuple[str, ...] = field(default=())


def check(parcel: Parcel, *, deployment: bytes, protection: str, bits: int, received: datetime) -> Submission:
    """The submission inside a parcel; raises Refused. `bits` is the proof of work asked for, 0 for none."""
    limits.check_sizes(parcel.payload, parcel.files)
    manifest = read_manifest(parcel.manifest)
    check_place(manifest, deployment, protection)
    check_parts(manifest, parcel)
    commitment = commitment_of(parcel.manifest)
    check_work(commitment, parcel.nonce, bits)
    signature = decoded(parcel.signature, 64)
    return Submission(
        manifest=manifest,
        text=parcel.manifest.decode("utf-8"),
        commitment=commitment,
        ledger_key=checked_ledger_key(parcel.ledger_key, manifest),
        signature=signature,
        message_hash=checked_signature(manifest, commitment, signature),
        payload=parcel.payload,
        grants=parcel.grants,
        files=parcel.files,
        received=received,
    )


def read_manifest(raw: bytes) -> Manifest:
    """The manifest, or what is wrong with it."""
    try:
        return parse_manifest(raw)
    except NotCanonical as error:
        raise Refused("not_canonical") from error
    except ManifestError as error:
        raise Refused("bad_manifest") from error


def check_place(manifest: Manifest, deployment: bytes, protection: str) -> None:
    """It was sealed for this installation, and on the side that it says."""
    if manifest.deployment != deployment:
        raise Refused("wrong_deployment", 403)
    if manifest.protection != protection:
        raise Refused("bad_manifest")


def check_parts(manifest: Manifest, parcel: Parcel) -> None:
    """Every part is there, is the one the manifest names, and is an age file."""
    if len(manifest.files) != len(parcel.files) or len(manifest.grants) != len(parcel.grants):
        raise Refused("mismatch")
    for part, data in named_parts(manifest, parcel):
        if part.length != len(data) or part.hash != sha256(data).digest():
            raise Refused("mismatch")
        check_sealed(data)
    if len(parcel.payload) not in limits.sealed_payload_sizes():
        raise Refused("not_age")


def named_parts(manifest: Manifest, parcel: Parcel) -> list[tuple[Part, bytes]]:
    """What the manifest says beside what came."""
    said: Sequence[Part] = [manifest.payload, *manifest.files, *manifest.grants]
    return list(zip(said, [parcel.payload, *parcel.files, *parcel.grants], strict=True))


def check_sealed(data: bytes) -> None:
    """It has the form of an age file for exactly one recipient."""
    try:
        age.check_file(data, recipients=1)
    except age.AgeError as error:
        raise Refused("not_age") from error


def check_work(commitment: bytes, nonce: str, bits: int) -> None:
    """The phone did the small sum that keeps scripts away."""
    if not bits:
        return
    if not (nonce.isascii() and nonce.isdigit() and len(nonce) <= LONGEST_NONCE and int(nonce) < 2**64):
        raise Refused("bad_request")
    if not work.is_enough(commitment, int(nonce), bits):
        raise Refused("work_too_easy", 428, bits=bits)


def checked_ledger_key(text: str, manifest: Manifest) -> bytes:
    """The ledger key, which must be the one the manifest has the hash of."""
    key = decoded(text, 32)
    if sha256(key).digest() != manifest.ledger_key:
        raise Refused("mismatch")
    return key


def checked_signature(manifest: Manifest, commitment: bytes, signature: bytes) -> bytes:
    """The hash of message 0, once the child's key is seen to have signed it."""
    signed = messages.message_bytes(
        commitment=commitment,
        author=CHILD_AUTHOR,
        sequence=0,
        previous=NOTHING_BEFORE,
        digest=manifest.payload.hash,
        files=[part.hash for part in manifest.files],
    )
    if not messages.verify(manifest.child_key, signed, signature):
        raise Refused("bad_signature")
    return messages.message_hash(signed, signature)


def decoded(text: str, length: int) -> bytes:
    """Bytes of a known length from base64url, or a refusal."""
    try:
        data = unb64(text)
    except ValueError as error:
        raise Refused("bad_request") from error
    if len(data) != length:
        raise Refused("bad_request")
    return data


def field_of(fields: Mapping[str, str], name: str) -> str:
    """A form field that must be there."""
    value = fields.get(name)
    if value is None:
        raise Refused("bad_request", field=name)
    return value
