"""The public age test vectors, and our own forms of them. `frontend/sealed/age.test.ts` reads the same files."""

import zlib
from hashlib import sha256
from typing import Any

import pytest

from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import age, bech32, header, stream
from balaqorgau.sealed.hashing import hkdf
from tests.unit.sealed.vectors import load

PUBLISHED, SUBSET, KEYS = load("age"), load("age-subset"), load("keys")
SEED, RECIPIENT = (unb64(KEYS["recipients"][1][name]) for name in ("identity", "recipient"))
CODES = {age.NotAge: "not_age", age.NotForUs: "not_for_us", age.Changed: "changed"}
EXPECTED = {
    "success": "opens",
    "no match": "not_for_us",
    "header failure": "not_age",
    "HMAC failure": "changed",
    "payload failure": "changed",
}


def file_of(vector: dict[str, Any]) -> bytes:
    """The age file of a vector."""
    data = unb64(vector["file"])
    return zlib.decompress(data) if vector["compressed"] else data


def opened(vector: dict[str, Any], by: str) -> bytes:
    """A vector, opened as far as the subset goes."""
    data = file_of(vector)
    if by == "file key":
        return age.open_with_file_key(data, header.parse(data), bytes.fromhex(vector["file_key"]))
    own = [identity for identity in vector["identities"] if identity.startswith("AGE-SECRET-KEY-PQ-")]
    return age.decrypt(data, age.read_identity(own[0]) if by == "identity" else SEED)


def judged(vector: dict[str, Any], by: str) -> str:
    """ "opens" when the payload is the right one, else the code of what was refused."""
    try:
        plain = opened(vector, by)
    except age.AgeError as error:
        return CODES[type(error)]
    assert sha256(plain).hexdigest() == vector["payload"]
    return "opens"


def test_each_public_vector_is_judged_and_differs_from_its_authors_only_for_a_reason() -> None:
    assert list(SUBSET) == [vector["name"] for vector in PUBLISHED]
    for vector in PUBLISHED:
        entry = SUBSET[vector["name"]]
        assert "why" in entry or entry["gives"] == EXPECTED[vector["expect"]], vector["name"]


@pytest.mark.parametrize("vector", PUBLISHED, ids=lambda vector: vector["name"])
def test_public_vector(vector: dict[str, Any]) -> None:
    entry = SUBSET[vector["name"]]
    assert judged(vector, entry["by"]) == entry["gives"]
    if entry["by"] == "header":
        with pytest.raises(age.NotAge):
            header.parse(file_of(vector))


@pytest.mark.parametrize("vector", PUBLISHED, ids=lambda vector: vector["name"])
def test_the_quick_check_lets_nothing_pass_that_the_full_reading_refuses(vector: dict[str, Any]) -> None:
    data = file_of(vector)
    if any(age.looks_like_age(data, stanzas=count) for count in range(1, 5)):
        assert all(stanza.args[0] == age.KIND for stanza in header.parse(data).stanzas)


@pytest.mark.parametrize("count", [1, 2, 40])
@pytest.mark.parametrize("length", [0, 1, 65535, 65536, 65537])
def test_a_sealed_file_has_the_form_and_length_that_were_foretold(count: int, length: int) -> None:
    data = age.encrypt(bytes(length), [RECIPIENT] * count)
    assert len(data) == age.sealed_length(length, recipients=count)
    age.check_file(data, recipients=count)
    for other in (count - 1, count + 1):
        assert not age.looks_like_age(data, stanzas=other)
    assert age.decrypt(data, SEED) == bytes(length)


def test_every_truncation_is_refused() -> None:
    data = age.encrypt(b"text", [RECIPIENT])
    for end in range(len(data)):
        with pytest.raises((age.NotAge, age.Changed)):
            age.decrypt(data[:end], SEED)


def test_every_changed_byte_is_refused() -> None:
    data = age.encrypt(b"text", [RECIPIENT])
    for place in range(len(data)):
        with pytest.raises(age.AgeError):
            age.decrypt(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :], SEED)


def test_a_header_written_from_its_parts_is_the_same_byte_for_byte() -> None:
    for vector in load("sealed-by-typescript")["files"]:
        data = unb64(vector["file"])
        found = header.parse(data)
        file_key = age.unwrap(found, unb64(vector["identities"][0]))
        signed = header.VERSION + b"".join(stanza.as_bytes() for stanza in found.stanzas) + b"---"
        nonce = data[found.end : found.end + age.NONCE]
        plain = age.decrypt(data, unb64(vector["identities"][1]))
        again = signed + b" " + header.plain64(age.mac_of(file_key, signed)) + b"\n" + nonce
        assert again + stream.seal(hkdf(file_key, nonce, b"payload"), plain) == data


def test_sealing_refuses_what_is_no_recipient() -> None:
    for raw in (b"", RECIPIENT[:-1], RECIPIENT + b"\0", b"\xff" * 1216):
        with pytest.raises(age.AgeError):
            age.encrypt(b"", [raw])


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: text[:-1],
        lambda text: text + "q",
        lambda text: text[:40] + text[40].upper() + text[41:],
        lambda text: text.replace("age1pq", "age1px"),
        lambda text: text[:60] + ("q" if text[60] != "q" else "p") + text[61:],
        lambda text: text + "\n",
        lambda text: " " + text,
        lambda text: text[:50] + "é" + text[51:],
        lambda text: bech32.encode("age1pq", RECIPIENT[:-1]),
        lambda text: bech32.encode("age", RECIPIENT),
    ],
)
def test_a_recipient_that_is_written_wrongly_is_refused(change: Any) -> None:
    with pytest.raises(age.AgeError):
        age.read_recipient(change(KEYS["recipients"][1]["recipient_text"]))


def test_keys_are_read_in_either_case_but_not_mixed() -> None:
    text = KEYS["recipients"][1]["identity_text"]
    assert b64(age.read_identity(text)) == b64(age.read_identity(text.lower())) == KEYS["recipients"][1]["identity"]
    with pytest.raises(age.AgeError):
        age.read_identity(text[:30].lower() + text[30:])


@pytest.mark.parametrize(
    "text", ["a12uel5l", "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs"]
)
def test_valid_strings_of_the_specification_are_read(text: str) -> None:
    """Source: BIP 173, test vectors."""
    assert bech32.decode(text.rpartition("1")[0], text) == b""
