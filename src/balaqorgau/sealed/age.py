"""age v1 files with hybrid post-quantum recipients (stanza `mlkem768x25519`). Source: C2SP age."""

import hmac
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256, shake_256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION: Final = b"age-encryption.org/v1\n"
KIND: Final = b"mlkem768x25519"
INFO: Final = b"age-encryption.org/mlkem768x25519"
ENC: Final = 1120
BODY: Final = 32
RECIPIENT: Final = 1216
MLKEM_PUBLIC: Final = 1184
CHUNK: Final = 65536
TAG: Final = 16
NONCE: Final = 16
COLUMNS: Final = 64
MAX_STANZAS: Final = 8
STANZA: Final = re.compile(rb"-> mlkem768x25519 ([A-Za-z0-9+/]{1494})\n([A-Za-z0-9+/]{43})\n")
MAC: Final = re.compile(rb"--- ([A-Za-z0-9+/]{43})\n")
SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class AgeError(ValueError):
    """Not an age file that we can read, or not one for this identity."""


@dataclass(frozen=True)
class Header:
    """A parsed header: (encapsulated key, wrapped file key) for each recipient, the MAC, and where the body begins."""

    stanzas: tuple[tuple[bytes, bytes], ...]
    mac: bytes
    signed: bytes
    end: int


def plain64(data: bytes) -> bytes:
    """Standard base64 without padding."""
    return b64encode(data).rstrip(b"=")


def exact64(text: bytes) -> bytes:
    """The bytes of canonical unpadded base64."""
    data = b64decode(text + b"=" * (-len(text) % 4))
    if plain64(data) != text:
        raise AgeError("base64 is not canonical")
    return data


def private_key(seed: bytes) -> MLKEM768X25519PrivateKey:
    """The HPKE private key of a 32-byte identity seed."""
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
    """The HPKE public key in a recipient."""
    if len(raw) != RECIPIENT:
        raise AgeError("a recipient has 1216 bytes")
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_PUBLIC]), X25519PublicKey.from_public_bytes(raw[MLKEM_PUBLIC:])
    )


def derive(key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA256, 32 bytes."""
    return HKDF(hashes.SHA256(), 32, salt or None, info).derive(key)


def encrypt(plaintext: bytes, recipients: Sequence[bytes]) -> bytes:
    """An age file for these 1,216-byte recipients."""
    file_key = os.urandom(16)
    header = VERSION + b"".join(stanza(file_key, raw) for raw in recipients) + b"---"
    mac = hmac.digest(derive(file_key, b"", b"header"), header, "sha256")
    nonce = os.urandom(NONCE)
    return header + b" " + plain64(mac) + b"\n" + nonce + encrypt_body(derive(file_key, nonce, b"payload"), plaintext)


def stanza(file_key: bytes, raw: bytes) -> bytes:
    """The file key, wrapped for one recipient."""
    wrapped = SUITE.encrypt(file_key, public_key(raw), INFO)
    return b"-> " + KIND + b" " + plain64(wrapped[:ENC]) + b"\n" + plain64(wrapped[ENC:]) + b"\n"


def chunk_nonce(place: int, last: bool) -> bytes:
    """STREAM's nonce: an 11-byte counter and whether this is the last chunk."""
    return place.to_bytes(11, "big") + bytes([last])


def encrypt_body(key: bytes, plaintext: bytes) -> bytes:
    """The payload in chunks of 64 KiB."""
    cipher = ChaCha20Poly1305(key)
    count = max(1, -(-len(plaintext) // CHUNK))
    parts = (plaintext[place * CHUNK : (place + 1) * CHUNK] for place in range(count))
    return b"".join(cipher.encrypt(chunk_nonce(place, place == count - 1), part, None) for place, part in enumerate(parts))


def parse_header(data: bytes) -> Header:
    """The header of a file with one to eight hybrid recipients and nothing else."""
    if not data.startswith(VERSION):
        raise AgeError("no age file")
    end, stanzas = len(VERSION), []
    while (found := STANZA.match(data, end)) and len(stanzas) < MAX_STANZAS:
        stanzas.append((exact64(found[1]), exact64(found[2])))
        end = found.end()
    found = MAC.match(data, end)
    if not found or not stanzas:
        raise AgeError("no header that we know")
    return Header(tuple(stanzas), exact64(found[1]), data[: end + 3], found.end())


def check_file(data: bytes, *, recipients: int) -> None:
    """Refuse what does not have the form of an age file for that many recipients; opens nothing."""
    header = parse_header(data)
    if len(header.stanzas) != recipients:
        raise AgeError("wrong number of recipients")
    body = len(data) - header.end - NONCE
    if body < TAG or (body > TAG and body % (CHUNK + TAG) in range(1, TAG + 1)):
        raise AgeError("truncated")


def sealed_length(size: int, *, recipients: int) -> int:
    """How long the age file of `size` bytes is."""
    stanza_length = len("-> mlkem768x25519 ") + 1494 + 1 + 43 + 1
    header = len(VERSION) + recipients * stanza_length + len("--- ") + 43 + 1
    return header + NONCE + size + TAG * max(1, -(-size // CHUNK))


def decrypt(data: bytes, seed: bytes) -> bytes:
    """The plaintext for an identity seed; AgeError when it is not for us or was changed."""
    header = parse_header(data)
    file_key = unwrap(header, seed)
    mac = hmac.digest(derive(file_key, b"", b"header"), header.signed, "sha256")
    if not hmac.compare_digest(mac, header.mac):
        raise AgeError("the header was changed")
    nonce = data[header.end : header.end + NONCE]
    if len(nonce) != NONCE:
        raise AgeError("truncated")
    return decrypt_body(derive(file_key, nonce, b"payload"), data[header.end + NONCE :])


def unwrap(header: Header, seed: bytes) -> bytes:
    """The file key from the stanza that is ours."""
    key = private_key(seed)
    for encapsulated, wrapped in header.stanzas:
        try:
            file_key = SUITE.decrypt(encapsulated + wrapped, key, INFO)
        except (InvalidTag, ValueError):
            continue
        if len(file_key) == 16:
            return file_key
    raise AgeError("not for this identity")


def decrypt_body(key: bytes, body: bytes) -> bytes:
    """The payload behind its chunks; an empty last chunk is allowed only when it is the only one."""
    cipher, size = ChaCha20Poly1305(key), CHUNK + TAG
    count = max(1, -(-len(body) // size))
    parts = []
    for place in range(count):
        piece = body[place * size : (place + 1) * size]
        try:
            parts.append(cipher.decrypt(chunk_nonce(place, place == count - 1), piece, None))
        except (InvalidTag, ValueError) as error:
            raise AgeError("the payload was changed or cut") from error
    if count > 1 and not parts[-1]:
        raise AgeError("an empty last chunk")
    return b"".join(parts)


def digest(data: bytes) -> bytes:
    """SHA-256 of a sealed file, as manifests name it."""
    return sha256(data).digest()


