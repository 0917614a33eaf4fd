"""Desks' keys as TypeScript makes them: sheets are combined here by the textbook, so that paper outlives every library."""

from functools import reduce
from typing import Any

import pytest

from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import age, keys, messages
from balaqorgau.sealed.hashing import tagged
from tests.unit.sealed.vectors import load

VECTORS = load("desk-keys")
SET, SHARE = 2, 17


def times(one: int, other: int) -> int:
    """A product in GF(2^8) with AES's polynomial."""
    product = 0
    for bit in range(8):
        product ^= (one << bit) * (other >> bit & 1)
    for bit in range(14, 7, -1):
        product ^= (0x11B << bit - 8) * (product >> bit & 1)
    return product


def inverse(one: int) -> int:
    """x^254."""
    return reduce(times, [one] * 254)


def combined(shares: list[bytes]) -> bytes:
    """Lagrange's interpolation at zero; a share's last byte is its x."""
    places = [share[-1] for share in shares]
    weights = [
        reduce(times, [times(other, inverse(other ^ place)) for other in places if other != place], 1)
        for place in places
    ]
    columns = zip(*(share[:-1] for share in shares), strict=True)
    return bytes(reduce(int.__xor__, map(times, column, weights)) for column in columns)


@pytest.mark.parametrize("kept", VECTORS["escrows"], ids=lambda kept: f"{kept['threshold']} needed")
def test_sheets_bring_their_identity_back_without_any_library(kept: dict[str, Any]) -> None:
    sheets = [unb64(sheet) for sheet in kept["sheets"]]
    for some in (sheets[: kept["threshold"]], sheets[-kept["threshold"] :]):
        secret = combined([sheet[SET : SET + SHARE] for sheet in some])
        assert b64(secret) == kept["secret"]
        assert b64(age.recipient(keys.derive(secret, "escrow"))) == kept["recipient"]


@pytest.mark.parametrize("kept", VECTORS["escrows"], ids=lambda kept: f"{kept['threshold']} needed")
def test_one_sheet_fewer_gives_another_secret(kept: dict[str, Any]) -> None:
    shares = [unb64(sheet)[SET : SET + SHARE] for sheet in kept["sheets"][: kept["threshold"] - 1]]
    assert b64(combined(shares)) != kept["secret"]


def test_signatures_under_epochs_and_grants_are_those_of_typescript() -> None:
    kept = VECTORS["epoch"]
    signing, recipient, verify = (unb64(kept[name]) for name in ("signing", "recipient", "verify"))
    epoch = messages.epoch_bytes(name=kept["name"], recipient=recipient, verify=verify)
    grant = messages.key_grant_bytes(epoch=kept["name"], recipient=recipient, digest=age.digest(unb64(kept["blob"])))
    assert b64(messages.sign(signing, epoch)) == kept["signature"]
    assert b64(messages.sign(signing, grant)) == kept["grant_signature"]


def test_words_to_compare_are_66_bits_of_a_hash() -> None:
    kept = VECTORS["epoch"]
    recipient, verify = unb64(kept["recipient"]), unb64(kept["verify"])
    for mark, digest in (
        (kept["desk_mark"], tagged("desk key", recipient, verify)),
        (kept["identity_mark"], tagged("officer key", recipient)),
    ):
        assert unb64(mark) == bytes([digest[0] & 3]) + digest[1:9]
