"""The parsers, for whatever comes in: the documented error, or what was written byte for byte."""

import contextlib
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import (
    age,
    bech32,
    canonical,
    header,
    manifest,
    note,
    parcel,
    stream,
)
from balaqorgau.sealed.hashing import tagged
from tests.unit.sealed.strategies import (
    FILE,
    HALVES,
    HASHES,
    MANIFEST,
    MANIFESTS,
    NOTE,
    PROMISE,
    SEED,
    STANZAS,
    VALUES,
    spoiled,
)


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
    about: dict[str, Any] = {
        "deployment": place,
        "commitment": one,
        "mailbox": other,
        "received": received,
        "merge_by": merge_by,
    }
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
