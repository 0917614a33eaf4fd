"""The payload of an age file: chunks of 64 KiB, each sealed under its number. Source: C2SP age, STREAM."""

from collections.abc import Callable
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from balaqorgau.sealed.header import Changed

CHUNK: Final = 65536
TAG: Final = 16


def seal(key: bytes, plaintext: bytes) -> bytes:
    """The payload in sealed chunks."""
    cipher = ChaCha20Poly1305(key)
    return over_chunks(plaintext, CHUNK, lambda nonce, piece: cipher.encrypt(nonce, piece, None))


def open_(key: bytes, sealed: bytes) -> bytes:
    """The payload behind its chunks; Changed unless every one is there, whole and in its place."""
    if not is_plausible(len(sealed)):
        raise Changed("cut, or an empty last chunk")
    cipher = ChaCha20Poly1305(key)
    try:
        return over_chunks(sealed, CHUNK + TAG, lambda nonce, piece: cipher.decrypt(nonce, piece, None))
    except InvalidTag as error:
        raise Changed("a chunk") from error


def over_chunks(data: bytes, size: int, act: Callable[[bytes, bytes], bytes]) -> bytes:
    """What `act` makes of each piece, under the nonce of its place."""
    count = max(1, -(-len(data) // size))
    pieces = (data[place * size : (place + 1) * size] for place in range(count))
    return b"".join(act(nonce(place, place == count - 1), piece) for place, piece in enumerate(pieces))


def nonce(place: int, last: bool) -> bytes:
    """An 11-byte counter and whether this is the last chunk."""
    return place.to_bytes(11, "big") + bytes([last])


def is_plausible(length: int) -> bool:
    """Whether a sealed payload can have this length: an empty last chunk is allowed only when it is the only one."""
    return length == TAG or (length > TAG and length % (CHUNK + TAG) not in range(1, TAG + 1))


def sealed_length(size: int) -> int:
    """How long a payload of `size` bytes is when it is sealed."""
    return size + TAG * max(1, -(-size // CHUNK))
