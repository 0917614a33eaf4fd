"""age v1 files with hybrid post-quantum recipients (stanza `mlkem768x25519`). Source: C2SP age."""

import hmac
import os
import re
from collections.abc import Sequence
from hashlib import sha256, shake_256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from balaqorgau.sealed import bech32, header, stream
from balaqorgau.sealed.hashing import hkdf
from balaqorgau.sealed.header import AgeError, Changed, Header, NotAge, NotForUs, Stanza, plain64

__all__ = ["AgeError", "Changed", "NotAge", "NotForUs"]

KIND: Final = b"mlkem768x25519"
INFO: Final = b"age-encryption.org/mlkem768x25519"
SHARE: Final = 1120
WRAPPED: Final = 32
RECIPIENT: Final = 1216
SEED: Final = 32
MLKEM_PUBLIC: Final = 1184
FILE_KEY: Final = 16
NONCE: Final = 16
SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
RECIPIENT_TEXT: Final = "age1pq"
IDENTITY_TEXT: Final = "age-secret-key-pq-"


def private_key(seed: bytes) -> MLKEM768X25519PrivateKey:
    """The HPKE private key of a 32-byte identity seed. Source: draft-connolly-cfrg-xwing-kem."""
    expanded = shake_256(seed).digest(96)
    return MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])
    )


def recipient(seed: bytes) -> bytes:
    """The 1,216-byte recipient of an identity seed."""
    expanded = shake_256(seed).digest(96)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64]).public_key()
    curve = X25519PrivateKey.from_private_bytes(expanded[64:]).public_key()
    return mlkem.public_bytes(Encoding.Raw, PublicFormat.Raw) + curve.public_bytes(Encoding.Raw, PublicFormat.Raw)


def public_key(raw: bytes) -> MLKEM768X25519PublicKey:
    """The HPKE public key in a recipient; AgeError when it is none."""
    if len(raw) != RECIPIENT:
        raise AgeError("a recipient has 1216 bytes")
    try:
        mlkem = MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_PUBLIC])
        return MLKEM768X25519PublicKey(mlkem, X25519PublicKey.from_public_bytes(raw[MLKEM_PUBLIC:]))
    except ValueError as error:
        raise AgeError("not a recipient") from error


def recipient_text(raw: bytes) -> str:
    """A recipient as age writes it, `age1pq1…`."""
    return bech32.encode(RECIPIENT_TEXT, raw)


def identity_text(seed: bytes) -> str:
    """An identity as age writes it, `AGE-SECRET-KEY-PQ-1…`. Secret."""
    return bech32.encode(IDENTITY_TEXT, seed).upper()


def read_recipient(text: str) -> bytes:
    """The recipient in `age1pq1…`; raises AgeError."""
    return read_text(RECIPIENT_TEXT, text, RECIPIENT)


def read_identity(text: str) -> bytes:
    """The identity seed in `AGE-SECRET-KEY-PQ-1…`; raises AgeError."""
    return read_text(IDENTITY_TEXT, text, SEED)


def read_text(kind: str, text: str, length: int) -> bytes:
    """Bytes of one kind and length from Bech32."""
    try:
        data = bech32.decode(kind, text)
    except bech32.Bech32Error as error:
        raise AgeError(str(error)) from error
    if len(data) != length:
        raise AgeError("another length")
    return data


def encrypt(plaintext: bytes, recipients: Sequence[bytes]) -> bytes:
    """An age file for these 1,216-byte recipients; AgeError when one is no key."""
    file_key = os.urandom(FILE_KEY)
    head = header.VERSION + b"".join(wrap(file_key, raw).as_bytes() for raw in recipients) + b"---"
    nonce = os.urandom(NONCE)
    payload = stream.seal(hkdf(file_key, nonce, b"payload"), plaintext)
    return head + b" " + plain64(mac_of(file_key, head)) + b"\n" + nonce + payload


def wrap(file_key: bytes, raw: bytes) -> Stanza:
    """The file key, wrapped for one recipient."""
    wrapped = SUITE.encrypt(file_key, public_key(raw), INFO)
    return Stanza((KIND, plain64(wrapped[:SHARE])), wrapped[SHARE:])


def mac_of(file_key: bytes, signed: bytes) -> bytes:
    """The MAC of a header."""
    return hmac.digest(hkdf(file_key, b"", b"header"), signed, "sha256")


def decrypt(data: bytes, seed: bytes) -> bytes:
    """The plaintext for an identity seed; NotAge, NotForUs or Changed."""
    found = header.parse(data)
    return open_with_file_key(data, found, unwrap(found, seed))


def open_with_file_key(data: bytes, found: Header, file_key: bytes) -> bytes:
    """The plaintext for those who have the file's key; Changed when header or payload are not as they were."""
    if not hmac.compare_digest(mac_of(file_key, found.signed), found.mac):
        raise Changed("the header")
    nonce = data[found.end : found.end + NONCE]
    if len(nonce) != NONCE:
        raise Changed("cut")
    return stream.open_(hkdf(file_key, nonce, b"payload"), data[found.end + NONCE :])


def unwrap(found: Header, seed: bytes) -> bytes:
    """The file key from the first stanza that this identity opens."""
    key = private_key(seed)
    for stanza in found.stanzas:
        if stanza.args[0] != KIND:
            continue
        share = share_of(stanza)
        try:
            return SUITE.decrypt(share + stanza.body, key, INFO)
        except (InvalidTag, ValueError):
            continue
    raise NotForUs("not for this identity")


def share_of(stanza: Stanza) -> bytes:
    """The encapsulated key of a hybrid stanza; NotAge when it cannot be one."""
    if len(stanza.args) != 2 or len(stanza.body) != WRAPPED:
        raise NotAge("a stanza")
    share = header.exact64(stanza.args[1])
    if len(share) != SHARE:
        raise NotAge("an encapsulated key")
    return share


HYBRIDS: Final = re.compile(
    re.escape(header.VERSION)
    + rb"((?:-> mlkem768x25519 [A-Za-z0-9+/]{1493}[AEIMQUYcgkosw048]\n[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]\n)+)"
    + rb"--- [A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]\n"
)
"""A header of hybrid stanzas and nothing else, canonical base64 included: 1,120 and 32 bytes leave two zero bits each."""
STANZA_LENGTH: Final = len("-> mlkem768x25519 ") + 1494 + 1 + 43 + 1


def check_file(data: bytes, *, recipients: int) -> None:
    """Refuse (NotAge) what has not the form of an age file for that many hybrid recipients; opens nothing, 20 µs."""
    found = HYBRIDS.match(data[: header.LONGEST])
    if not found:
        raise NotAge("no header that we know")
    if len(found[1]) != recipients * STANZA_LENGTH:
        raise NotAge("wrong number of recipients")
    if not stream.is_plausible(len(data) - found.end() - NONCE):
        raise NotAge("cut")


def looks_like_age(data: bytes, *, stanzas: int) -> bool:
    """Whether `check_file` would let it pass."""
    try:
        check_file(data, recipients=stanzas)
    except NotAge:
        return False
    return True


def sealed_length(size: int, *, recipients: int) -> int:
    """How long the age file of `size` bytes is."""
    head = len(header.VERSION) + recipients * STANZA_LENGTH + len(header.MAC) + 43 + 1
    return head + NONCE + stream.sealed_length(size)


def digest(data: bytes) -> bytes:
    """SHA-256 of a sealed file, as manifests name it."""
    return sha256(data).digest()
