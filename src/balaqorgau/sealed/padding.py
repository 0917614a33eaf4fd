"""Lengths that say nothing: bytes padded to a few fixed sizes, files to PADMÉ lengths."""

import struct
from typing import Final

PAYLOAD_SIZES: Final = (4096, 16384, 65536)
GRANT_SIZE: Final = 512
PREFIX: Final = 4


class PaddingError(ValueError):
    """Not a padded plaintext."""


class TextTooLong(ValueError):
    """Longer than the largest size; nothing was sealed."""


def pad_to(data: bytes, size: int) -> bytes:
    """u32 length, the bytes, zeros up to `size` in all."""
    if len(data) + PREFIX > size:
        raise TextTooLong(f"{len(data)} bytes do not fit {size}")
    return (struct.pack(">I", len(data)) + data).ljust(size, b"\0")


def pad_payload(data: bytes) -> bytes:
    """Padded to the smallest payload size that fits."""
    size = next((size for size in PAYLOAD_SIZES if len(data) + PREFIX <= size), None)
    if size is None:
        raise TextTooLong(f"{len(data)} bytes")
    return pad_to(data, size)


def padme(length: int) -> int:
    """The PADMÉ length for `length` bytes: at most 12 % more, O(log log n) bits leaked. Source: arXiv 1806.03160."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    low_bits = exponent - exponent.bit_length()
    mask = (1 << low_bits) - 1
    return (length + mask) & ~mask


def pad_file(data: bytes) -> bytes:
    """Padded to the PADMÉ length."""
    return pad_to(data, padme(len(data) + PREFIX))


def unpad_file(data: bytes) -> bytes:
    """The bytes inside a file; PaddingError unless it has the PADMÉ length of what it holds."""
    plain = unpad(data)
    if len(data) != padme(len(plain) + PREFIX):
        raise PaddingError("not a PADMÉ length")
    return plain


def unpad_grant(data: bytes) -> bytes:
    """The bytes inside a grant; PaddingError."""
    if len(data) != GRANT_SIZE:
        raise PaddingError("not the size of a grant")
    return unpad(data)


def unpad_payload(data: bytes) -> bytes:
    """The bytes inside a payload, whose size must be one of the fixed ones; PaddingError."""
    if len(data) not in PAYLOAD_SIZES:
        raise PaddingError("not a payload size")
    return unpad(data)


def unpad(data: bytes) -> bytes:
    """The bytes inside; refuses a length beyond the buffer and filler that is not zero."""
    if len(data) < PREFIX:
        raise PaddingError("shorter than its length")
    (length,) = struct.unpack(">I", data[:PREFIX])
    if length > len(data) - PREFIX or any(data[PREFIX + length :]):
        raise PaddingError("wrong length or filler")
    return data[PREFIX : PREFIX + length]
