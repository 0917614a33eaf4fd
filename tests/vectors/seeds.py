"""Bytes that are the same every time."""

from hashlib import sha256


def seeded(name: str) -> bytes:
    """32 bytes that are the same every time."""
    return sha256(f"vector {name}".encode()).digest()


def counting(length: int) -> bytes:
    """Bytes that count up, so that no two places are alike."""
    return bytes(place % 251 for place in range(length))
