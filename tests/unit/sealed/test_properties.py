"""For whatever comes in: what we write we read back, and what is wrong gives the documented error and no other."""

import json
import unicodedata
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from balaqorgau.sealed import (
    canonical,
    keys,
    messages,
    padding,
    words,
    work,
)
from balaqorgau.sealed.hashing import tagged
from balaqorgau.sealed.keys import Receipt
from tests.unit.sealed.strategies import HALVES, HASHES, PROMISE, RECEIPTS, SEED, VALUES
from tests.vectors import wording

LISTS = [words.wordlist(wording.synthetic(letters)) for letters in wording.LETTERS.values()]


@given(VALUES)
def test_canonical_json_is_json_and_written_once_more_is_the_same(value: Any) -> None:
    written = canonical.dumps(value)
    assert canonical.dumps(json.loads(written)) == written
    text = written.decode()
    assert unicodedata.is_normalized("NFC", text)


@given(st.integers() | st.floats() | st.dictionaries(HALVES, st.integers(), max_size=2) | st.binary() | VALUES)
def test_canonical_json_refuses_with_value_error_alone(value: Any) -> None:
    try:
        canonical.dumps(value)
    except ValueError:
        return


@given(st.binary(max_size=70_000) | st.integers(0, 70_000).map(bytes))
def test_padding_comes_off_again(plain: bytes) -> None:
    assert padding.unpad_file(padding.pad_file(plain)) == plain
    try:
        assert padding.unpad_payload(padding.pad_payload(plain)) == plain
    except padding.TextTooLong:
        assert len(plain) > 65532


@given(st.integers(2, 2**40))
def test_padme_adds_an_eighth_at_most_and_is_stable(length: int) -> None:
    padded = padding.padme(length)
    assert length <= padded <= length * 1.12
    assert padding.padme(padded) == padded
    assert padding.padme(length + 1) >= padded


@given(st.binary(max_size=600), st.sampled_from([0, 256, 512, 4096]))
def test_unpadding_refuses_with_padding_error_alone(start: bytes, size: int) -> None:
    data = start.ljust(size, b"\0")
    for unpad in (padding.unpad_file, padding.unpad_grant, padding.unpad_payload):
        try:
            plain = unpad(data)
        except padding.PaddingError:
            continue
        assert data[4 : 4 + len(plain)] == plain
        assert int.from_bytes(data[:4], "big") == len(plain)


@given(HALVES | st.text("ҚңғүұөәіһёйĄaceiopxyhkə\u0301\u00adбвг 12.-/"))
def test_folding_twice_is_folding_once_for_what_people_type(word: str) -> None:
    folded = words.fold(word)
    assert words.fold(folded.lower()) == words.fold(words.fold(folded.lower()))
    assert not any(unicodedata.category(letter).startswith("M") for letter in folded if ord(letter) < 0x530)
    assert all(words.words_in(found) == [found] for found in words.words_in(word))


@given(
    HALVES
    | st.text("0123456789 .-")
    | st.lists(st.sampled_from(["баба", "baba", "zzz", "7"]), max_size=8).map(" ".join)
)
def test_reading_a_receipt_refuses_with_its_two_errors_alone(typed: str) -> None:
    try:
        found = words.read_receipts(typed, LISTS)
    except (words.UnknownWord, words.WrongCount):
        return
    assert all(0 <= receipt < 2**66 for receipt in found)


@given(
    RECEIPTS,
    st.sampled_from(LISTS),
    st.sampled_from(["lower", "upper", "title"]),
    st.sampled_from([" ", ", ", "\n", "-", " 1."]),
)
def test_a_receipt_is_read_back_however_its_words_are_written(
    receipt: Receipt, entries: words.Wordlist, case: str, between: str
) -> None:
    typed = between.join(getattr(word, case)() for word in words.receipt_words(receipt, entries))
    assert receipt in words.read_receipts(typed, LISTS)


@given(RECEIPTS, st.sampled_from(["", " ", "-", ". "]))
def test_a_receipt_is_read_back_from_its_digits(receipt: Receipt, between: str) -> None:
    digits = keys.receipt_digits(receipt)
    typed = between.join(digits[at : at + 4] for at in range(0, 20, 4))
    assert words.read_receipts(typed, []) == [receipt]


@given(st.binary(max_size=40), st.binary(max_size=40), st.binary(max_size=70))
def test_a_signature_holds_for_what_was_signed_alone(key: bytes, signed: bytes, signature: bytes) -> None:
    mine = messages.sign(SEED, signed)
    assert messages.verify(PROMISE["key"], signed, mine)
    assert not messages.verify(PROMISE["key"], signed + b"\0", mine)
    assert not messages.verify(key, signed, signature) or key != PROMISE["key"]


@given(
    st.lists(st.binary(max_size=6), max_size=4),
    st.lists(st.binary(max_size=6), max_size=4),
    st.sampled_from(["message", "core"]),
)
def test_two_lists_of_parts_never_share_a_hash(one: list[bytes], other: list[bytes], label: str) -> None:
    assert (tagged(label, *one) == tagged(label, *other)) == (one == other)
    assert tagged(label, *one) != tagged(f"{label} hash", *one)


@given(HASHES, st.integers(0, 2**64 - 1), st.integers(0, 256))
def test_work_counts_the_zero_bits(commitment: bytes, nonce: int, bits: int) -> None:
    number = int.from_bytes(tagged("work", commitment, nonce.to_bytes(8, "big")), "big")
    assert work.is_enough(commitment, nonce, bits) == (number < 2 ** (256 - bits))
