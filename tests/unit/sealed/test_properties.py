"""For whatever comes in: what we write we read back, and what is wrong gives the documented error and no other."""

import contextlib
import json
import unicodedata
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import (
    age,
    bech32,
    canonical,
    header,
    keys,
    manifest,
    messages,
    note,
    padding,
    parcel,
    stream,
    words,
    work,
)
from balaqorgau.sealed.hashing import tagged
from balaqorgau.sealed.keys import Receipt
from tests.vectors import make

SEED = bytes(range(32))
RECIPIENT = age.recipient(SEED)
FILE = age.encrypt(b"a text of some length", [RECIPIENT])
LISTS = [words.wordlist(make.synthetic(letters)) for letters in make.LETTERS.values()]
MANIFEST = make.example(2, 3).as_bytes()
PROMISE = {"name": "example.org/a", "key": messages.verify_key(SEED)}

HALVES = st.text(st.characters(exclude_categories=()))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-canonical.LARGEST, canonical.LARGEST) | HALVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="ascii")), inner, max_size=4)
    ),
    max_leaves=12,
)
RECEIPTS = st.integers(0, 2**66 - 1).map(Receipt)
HASHES = st.binary(min_size=32, max_size=32)
NUMBERS = st.integers(0, 2**31 - 1)
VISIBLE = [chr(code) for code in range(33, 127)]
DESKS = st.text(VISIBLE, min_size=1, max_size=40)
MANIFESTS = st.builds(
    manifest.Manifest,
    deployment=st.binary(min_size=16, max_size=16),
    child_key=HASHES,
    mailbox=HASHES,
    ledger_key=HASHES,
    safe=st.sampled_from(manifest.SAFE),
    protection=st.sampled_from(manifest.PROTECTION),
    payload=st.builds(manifest.Part, NUMBERS, HASHES),
    files=st.lists(st.builds(manifest.Part, NUMBERS, HASHES), max_size=16).map(tuple),
    grants=st.lists(st.builds(manifest.GrantPart, NUMBERS, HASHES, DESKS, NUMBERS), max_size=16).map(tuple),
)


ARGUMENTS = st.text(VISIBLE, min_size=1).map(str.encode)
STANZAS = st.builds(header.Stanza, st.lists(ARGUMENTS, min_size=1, max_size=3).map(tuple), st.binary(max_size=200))
NOTE = note.issue_promise(
    name="example.org/a", seed=SEED, deployment=bytes(16), commitment=SEED, mailbox=SEED, received=1, merge_by=2
)


@st.composite
def spoiled(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with a piece of them replaced by others."""
    start = draw(st.integers(0, len(data)))
    end = draw(st.integers(start, min(len(data), start + 40)))
    return data[:start] + draw(st.binary(max_size=40)) + data[end:]


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


@given(MANIFESTS)
def test_a_manifest_is_read_back(made: manifest.Manifest) -> None:
    written = made.as_bytes()
    assert manifest.parse(written) == made
    assert made.commitment() == tagged("commitment", written)


@given(spoiled(MANIFEST) | st.binary() | VALUES.map(canonical.dumps))
def test_reading_a_manifest_refuses_with_manifest_error_alone(raw: bytes) -> None:
    try:
        made = manifest.parse(raw)
    except manifest.ManifestError:
        return
    assert made.as_bytes() == raw


@given(st.sampled_from(sorted(manifest.KEYS)), VALUES)
def test_a_manifest_with_another_value_in_it_is_refused_or_is_one(key: str, value: Any) -> None:
    raw = canonical.dumps({**json.loads(MANIFEST), key: value})
    try:
        made = manifest.parse(raw)
    except manifest.ManifestError:
        return
    assert made.as_bytes() == raw


@given(spoiled(FILE) | spoiled(FILE[:1700]) | st.binary().map(lambda data: header.VERSION + data) | st.binary())
def test_opening_refuses_with_age_error_alone(data: bytes) -> None:
    try:
        plain = age.decrypt(data, SEED)
    except age.AgeError:
        assert data != FILE
        return
    assert (data, plain) == (FILE, b"a text of some length")


@given(
    spoiled(FILE[: FILE.index(b"---")] + b"--- " + b"A" * 43 + b"\n")
    | st.binary().map(lambda data: header.VERSION + data)
)
def test_a_header_that_is_read_is_the_one_way_to_write_it(data: bytes) -> None:
    try:
        found = header.parse(data)
    except age.NotAge:
        return
    written = header.VERSION + b"".join(stanza.as_bytes() for stanza in found.stanzas)
    assert written + b"--- " + header.plain64(found.mac) + b"\n" == data[: found.end]


@given(st.lists(STANZAS, min_size=1, max_size=4), st.binary(max_size=9))
def test_a_header_is_read_back(stanzas: list[header.Stanza], rest: bytes) -> None:
    written = header.VERSION + b"".join(stanza.as_bytes() for stanza in stanzas)
    found = header.parse(written + b"--- " + b"A" * 43 + b"\n" + rest)
    assert list(found.stanzas) == stanzas
    assert found.signed == written + b"---"


@given(spoiled(FILE) | st.binary(), st.integers(0, 3))
def test_the_quick_check_agrees_with_the_full_reading(data: bytes, count: int) -> None:
    if age.looks_like_age(data, stanzas=count):
        found = header.parse(data)
        assert len(found.stanzas) == count
        assert all(len(age.share_of(stanza)) == age.SHARE for stanza in found.stanzas)


@given(st.binary(max_size=300) | st.integers(65_000, 140_000).map(bytes), st.integers(1, 3))
def test_a_sealed_file_opens_for_every_recipient(plain: bytes, count: int) -> None:
    seeds = [bytes([place]) * 32 for place in range(count)]
    data = age.encrypt(plain, [age.recipient(seed) for seed in seeds])
    assert len(data) == age.sealed_length(len(plain), recipients=count)
    assert all(age.decrypt(data, seed) == plain for seed in seeds)


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_opening_a_stream_refuses_with_changed_alone(sealed: bytes, plain: bytes) -> None:
    with contextlib.suppress(age.Changed):
        stream.open_(SEED, sealed)
    assert stream.open_(SEED, stream.seal(SEED, plain)) == plain


@given(st.binary(max_size=80), st.sampled_from(["age1pq", "x"]))
def test_bech32_is_read_back(data: bytes, kind: str) -> None:
    text = bech32.encode(kind, data)
    assert bech32.decode(kind, text) == bech32.decode(kind, text.upper()) == data


@given(st.binary(min_size=1, max_size=40), st.data())
def test_bech32_finds_any_one_letter_that_is_wrong(data: bytes, draw: st.DataObject) -> None:
    text = bech32.encode("age1pq", data)
    place = draw.draw(st.integers(len("age1pq1"), len(text) - 1))
    letter = draw.draw(st.sampled_from(bech32.LETTERS.replace(text[place], "")))
    assert refuses_bech32(text[:place] + letter + text[place + 1 :])


def refuses_bech32(text: str) -> bool:
    """Whether this is refused, by the documented error."""
    try:
        bech32.decode("age1pq", text)
    except bech32.Bech32Error:
        return True
    return False


@given(HALVES | st.text(bech32.LETTERS + "1A").map(lambda text: "age1pq1" + text))
def test_reading_bech32_refuses_with_its_error_alone(text: str) -> None:
    assert refuses_bech32(text) or bech32.encode("age1pq", bech32.decode("age1pq", text)) == text.lower()


@given(st.text() | HALVES, st.binary(max_size=40))
def test_base64url_has_one_way_to_write(text: str, data: bytes) -> None:
    assert unb64(b64(data)) == data
    try:
        assert b64(unb64(text)) == text
    except ValueError:
        return


@given(HASHES, HASHES, st.binary(min_size=16, max_size=16), st.integers(0, 10**12 - 1), st.integers(0, 10**12 - 1))
def test_a_promise_is_read_back(one: bytes, other: bytes, place: bytes, received: int, merge_by: int) -> None:
    about = {"deployment": place, "commitment": one, "mailbox": other, "received": received, "merge_by": merge_by}
    text = note.issue_promise(name=PROMISE["name"], seed=SEED, **about)
    assert note.verify_promise(text, **PROMISE) == note.Promise(**about)


@given(spoiled(NOTE.encode()))
def test_a_promise_is_refused_with_note_error_alone(raw: bytes) -> None:
    text = raw.decode(errors="replace")
    try:
        promise = note.verify_promise(text, **PROMISE)
    except note.NoteError:
        return
    assert promise == note.Promise(bytes(16), SEED, SEED, 1, 2)


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


@given(
    st.dictionaries(st.text(), st.text(), max_size=4),
    st.lists(st.tuples(st.text(), st.binary(max_size=30)), max_size=5),
)
def test_a_parcel_is_read_back(fields: dict[str, str], parts: list[tuple[str, bytes]]) -> None:
    found = parcel.loads(parcel.dumps(parcel.Parcel(fields, parts)))
    assert (found.fields, found.parts) == (fields, parts)


PACKED = parcel.dumps(parcel.Parcel({"token": "a"}, [("payload", b"bytes"), ("file", b"more")]))


@given(
    spoiled(PACKED) | st.binary() | VALUES.map(canonical.dumps).map(lambda head: len(head).to_bytes(4, "big") + head)
)
def test_unpacking_refuses_with_parcel_error_alone(data: bytes) -> None:
    try:
        found = parcel.loads(data)
    except parcel.ParcelError:
        return
    assert sum(len(part) for _, part in found.parts) <= len(data)
    assert data.endswith(b"".join(part for _, part in found.parts))
