"""The deterministic half of the shared vectors: `frontend/sealed/vectors.test.ts` reads the same files."""

from typing import Any

import pytest

from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import age, canonical, hashing, keys, manifest, messages, note, padding, parcel, words, work
from balaqorgau.sealed.keys import Receipt, Seed
from tests.unit.sealed.vectors import FOLDER, load
from tests.vectors import make, wording
from tests.vectors.seeds import counting

CANONICAL, PADDING, WORDS, KEYS = load("canonical"), load("padding"), load("words"), load("keys")
MANIFEST, SIGNED, PROMISE, WORK = load("manifest"), load("signed"), load("promise"), load("work")
PARCEL = load("parcel")
LISTS = {name: words.wordlist(wording.synthetic(letters)) for name, letters in WORDS["lists"].items()}


@pytest.mark.parametrize("name", make.MADE)
def test_the_files_are_what_the_script_makes(name: str) -> None:
    assert (FOLDER / name).read_text() == make.written(make.MADE[name]())


@pytest.mark.parametrize("vector", CANONICAL["written"], ids=lambda vector: ascii(vector["canonical"]))
def test_there_is_one_way_to_write_a_value(vector: dict[str, Any]) -> None:
    assert canonical.dumps(vector["value"]) == vector["canonical"].encode()


@pytest.mark.parametrize("value", CANONICAL["refused"], ids=ascii)
def test_canonical_json_refuses_what_languages_write_differently(value: Any) -> None:
    with pytest.raises(ValueError, match=r"canonical JSON|ASCII"):
        canonical.dumps(value)


def test_padme_lengths_are_the_same() -> None:
    assert [[length, padding.padme(length)] for length, _ in PADDING["padme"]] == PADDING["padme"]


PADS = {
    "payload": (padding.pad_payload, padding.unpad_payload),
    "grant": (lambda plain: padding.pad_to(plain, padding.GRANT_SIZE), padding.unpad_grant),
    "file": (padding.pad_file, padding.unpad_file),
}


@pytest.mark.parametrize("vector", PADDING["padded"], ids=lambda vector: f"{vector['kind']} {vector['length']}")
def test_padded_bytes_are_the_same(vector: dict[str, Any]) -> None:
    pad, unpad = PADS[vector["kind"]]
    plain = counting(vector["length"])
    padded = pad(plain)
    assert (len(padded), b64(age.digest(padded))) == (vector["size"], vector["sha256"])
    assert unpad(padded) == plain


def test_a_text_that_does_not_fit_is_refused_before_it_is_sealed() -> None:
    for kind, lengths in PADDING["too_long"].items():
        for length in lengths:
            with pytest.raises(padding.TextTooLong):
                PADS[kind][0](bytes(length))


@pytest.mark.parametrize("vector", PADDING["refused"], ids=lambda vector: f"{vector['kind']}: {vector['why']}")
def test_unpadding_refuses(vector: dict[str, Any]) -> None:
    with pytest.raises(padding.PaddingError):
        PADS[vector["kind"]][1](unb64(vector["start"]).ljust(vector["size"], b"\0"))


def test_words_fold_alike() -> None:
    assert [[word, words.fold(word), words.key(word)] for word, _, _ in WORDS["fold"]] == WORDS["fold"]
    assert [[typed, words.words_in(typed)] for typed, _ in WORDS["words_in"]] == WORDS["words_in"]


@pytest.mark.parametrize("vector", WORDS["receipts"], ids=lambda vector: vector["digits"])
def test_a_receipt_is_six_words_and_twenty_digits(vector: dict[str, Any]) -> None:
    receipt = Receipt(int.from_bytes(unb64(vector["receipt"]), "big"))
    assert keys.receipt_digits(receipt) == vector["digits"]
    assert {name: words.receipt_words(receipt, entries) for name, entries in LISTS.items()} == vector["words"]


@pytest.mark.parametrize("vector", WORDS["read"], ids=lambda vector: vector["typed"])
def test_what_people_type_is_read_back(vector: dict[str, Any]) -> None:
    found = words.read_receipts(vector["typed"], [LISTS[name] for name in vector["lists"]])
    assert [b64(receipt.to_bytes(9, "big")) for receipt in found] == vector["receipts"]


@pytest.mark.parametrize("vector", WORDS["refused"], ids=lambda vector: vector["typed"])
def test_what_has_no_meaning_is_refused_with_the_word_that_is_wrong(vector: dict[str, Any]) -> None:
    with pytest.raises(words.WrongCount if vector["unknown"] is None else words.UnknownWord) as caught:
        words.read_receipts(vector["typed"], [LISTS[name] for name in vector["lists"]])
    if isinstance(caught.value, words.UnknownWord):
        assert caught.value.word == words.words_in(vector["typed"])[vector["unknown"]]


@pytest.mark.parametrize("vector", KEYS["children"], ids=lambda vector: vector["receipt"] + vector["deployment"])
def test_everything_follows_from_the_receipt(vector: dict[str, str]) -> None:
    receipt = Receipt(int.from_bytes(unb64(vector["receipt"]), "big"))
    assert make.child(receipt, unb64(vector["deployment"])) == vector


def test_threads_recipients_and_short_names_are_the_same() -> None:
    for thread in KEYS["threads"]:
        assert b64(keys.thread_identity(Seed(unb64(thread["seed"])))) == thread["identity"]
    for one in KEYS["recipients"]:
        assert (
            age.read_recipient(one["recipient_text"])
            == unb64(one["recipient"])
            == age.recipient(unb64(one["identity"]))
        )
        assert age.read_identity(one["identity_text"]) == unb64(one["identity"])
    desk = KEYS["fingerprint"]
    assert b64(keys.desk_fingerprint(unb64(desk["recipient"]), unb64(desk["verify"]))) == desk["is"]
    for school in KEYS["school"]:
        assert b64(hashing.tagged("school code", school["code"].encode())[:4]) == school["tag"]


@pytest.mark.parametrize("vector", MANIFEST["kept"], ids=lambda vector: vector["commitment"])
def test_a_manifest_has_one_core_and_one_commitment(vector: dict[str, str]) -> None:
    read = manifest.parse(vector["text"].encode())
    assert (b64(read.core()), b64(read.commitment())) == (vector["core"], vector["commitment"])


@pytest.mark.parametrize("vector", MANIFEST["refused"], ids=lambda vector: vector["why"])
def test_a_manifest_is_refused(vector: dict[str, str]) -> None:
    with pytest.raises(manifest.ManifestError):
        manifest.parse(vector["text"].encode())


def test_a_chain_of_messages_is_signed_alike() -> None:
    seed, key, commitment = (unb64(SIGNED[name]) for name in ("seed", "key", "commitment"))
    assert messages.verify_key(seed) == key
    for entry in SIGNED["chain"]:
        signed = messages.message_bytes(
            commitment=commitment,
            author=entry["author"],
            sequence=entry["sequence"],
            previous=unb64(entry["previous"]),
            digest=unb64(SIGNED["payload"]),
            files=[unb64(file) for file in entry["files"]],
        )
        signature = messages.sign(seed, signed)
        assert messages.verify(key, signed, signature)
        made = (signed, signature, messages.message_hash(signed, signature))
        assert [b64(part) for part in made] == [entry["signed"], entry["signature"], entry["hash"]]


def test_grants_events_and_wishes_to_erase_are_signed_alike() -> None:
    seed, commitment = unb64(SIGNED["seed"]), unb64(SIGNED["commitment"])
    grant, event = SIGNED["grant"], SIGNED["event"]
    digest = unb64(grant["hash"])
    to_grant = messages.grant_bytes(commitment=commitment, giver=grant["from"], receiver=grant["to"], digest=digest)
    assert b64(messages.sign(seed, to_grant)) == grant["signature"]
    to_event = messages.event_bytes(commitment=commitment, kind=event["kind"], actor=event["actor"])
    assert b64(messages.sign(seed, to_event)) == event["signature"]
    for wish in SIGNED["erase"]:
        to_erase = messages.erase_bytes(commitment=commitment, act=wish["act"], count=wish["count"])
        assert b64(messages.sign(seed, to_erase)) == wish["signature"]


@pytest.mark.parametrize("vector", SIGNED["refused"], ids=lambda vector: vector["why"])
def test_a_signature_is_refused(vector: dict[str, str]) -> None:
    assert not messages.verify(unb64(vector["key"]), unb64(vector["signed"]), unb64(vector["signature"]))


@pytest.mark.parametrize("vector", PROMISE["kept"], ids=lambda vector: str(vector["received"]))
def test_a_promise_is_read(vector: dict[str, Any]) -> None:
    promise = note.verify_promise(vector["note"], name=PROMISE["name"], key=unb64(PROMISE["key"]))
    about = {name: unb64(PROMISE[name]) for name in ("deployment", "commitment", "mailbox")}
    assert promise == note.Promise(**about, received=vector["received"], merge_by=vector["merge_by"])


@pytest.mark.parametrize("vector", PROMISE["refused"], ids=lambda vector: vector["why"])
def test_a_promise_is_refused(vector: dict[str, str]) -> None:
    with pytest.raises(note.NoteError):
        note.verify_promise(vector["note"], name=PROMISE["name"], key=unb64(PROMISE["key"]))


@pytest.mark.parametrize("vector", WORK, ids=lambda vector: f"{vector['bits']} bits")
def test_work_finds_the_same_nonce(vector: dict[str, Any]) -> None:
    commitment = unb64(vector["commitment"])
    assert work.find(commitment, vector["bits"]) == vector["nonce"]
    assert work.is_enough(commitment, vector["nonce"], vector["bits"])
    assert not work.is_enough(commitment, vector["nonce"], 64)


@pytest.mark.parametrize("vector", PARCEL["kept"], ids=lambda vector: len(vector["body"]))
def test_a_parcel_is_packed_and_unpacked_alike(vector: dict[str, Any]) -> None:
    found = parcel.loads(unb64(vector["body"]))
    assert found.fields == vector["fields"]
    assert [[name, b64(data)] for name, data in found.parts] == vector["parts"]
    assert parcel.dumps(found) == unb64(vector["body"])


@pytest.mark.parametrize("vector", PARCEL["refused"], ids=lambda vector: vector["why"])
def test_a_parcel_is_refused(vector: dict[str, str]) -> None:
    with pytest.raises(parcel.ParcelError):
        parcel.loads(unb64(vector["body"]))
