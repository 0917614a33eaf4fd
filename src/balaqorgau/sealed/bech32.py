"""Keys as text, as age writes them: `age1pq1…` and `AGE-SECRET-KEY-PQ-1…`. Source: BIP 173 without its length limit."""

from collections.abc import Iterable, Sequence
from typing import Final

LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATORS: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECK: Final = 6


class Bech32Error(ValueError):
    """Not Bech32, or of another kind."""


def encode(kind: str, data: bytes) -> str:
    """`data` as Bech32 text of a kind, in lower case."""
    values = regroup(data, 8, 5)
    return f"{kind}1" + "".join(LETTERS[value] for value in [*values, *checksum(kind, values)])


def decode(kind: str, text: str) -> bytes:
    """The bytes in Bech32 text of this kind; raises Bech32Error."""
    if text not in (text.lower(), text.upper()):
        raise Bech32Error("mixed case")
    found, _, letters = text.lower().rpartition("1")
    if found != kind or len(letters) < CHECK or not set(letters) <= set(LETTERS):
        raise Bech32Error(f"not {kind}")
    values = [LETTERS.index(letter) for letter in letters]
    if checksum(kind, values[:-CHECK]) != values[-CHECK:]:
        raise Bech32Error("a letter is wrong")
    return whole_bytes(values[:-CHECK])


def whole_bytes(values: Sequence[int]) -> bytes:
    """The bytes in groups of five bits; what is left over must be fewer than five zero bits."""
    spare = len(values) * 5 % 8
    if spare >= 5 or (values and values[-1] & ((1 << spare) - 1)):
        raise Bech32Error("left-over bits")
    return bytes(regroup(values, 5, 8)[: len(values) * 5 // 8])


def regroup(values: Iterable[int], width: int, other: int) -> list[int]:
    """The same bits in groups of another width, filled up with zeros."""
    bits = "".join(f"{value:0{width}b}" for value in values)
    bits += "0" * (-len(bits) % other)
    return [int(bits[at : at + other], 2) for at in range(0, len(bits), other)]


def checksum(kind: str, values: Sequence[int]) -> list[int]:
    """The six check values."""
    spread = [ord(letter) >> 5 for letter in kind] + [0] + [ord(letter) & 31 for letter in kind]
    total = 1
    for value in [*spread, *values, *[0] * CHECK]:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for turn, generator in enumerate(GENERATORS):
            total ^= generator if top >> turn & 1 else 0
    return [(total ^ 1) >> 5 * (5 - turn) & 31 for turn in range(CHECK)]
