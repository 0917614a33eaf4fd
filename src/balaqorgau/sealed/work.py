"""The small sum that deters scripts; bound to the commitment, so no challenge has to be asked for."""

import struct

from balaqorgau.sealed.hashing import tagged


def leading_zero_bits(data: bytes) -> int:
    """How many bits are zero before the first one that is not."""
    number = int.from_bytes(data, "big")
    return len(data) * 8 - number.bit_length()


def is_enough(commitment: bytes, nonce: int, bits: int) -> bool:
    """Whether a nonce (u64) was worth `bits` bits of work."""
    return leading_zero_bits(tagged("work", commitment, struct.pack(">Q", nonce))) >= bits


def find(commitment: bytes, bits: int) -> int:
    """The first nonce that is enough; 2^bits hashes on average."""
    nonce = 0
    while not is_enough(commitment, nonce, bits):
        nonce += 1
    return nonce
