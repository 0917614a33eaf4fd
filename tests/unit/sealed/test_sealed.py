"""What one language seals, the other opens: `frontend/sealed/sealed.test.ts` opens the same two files."""

from typing import Any

import pytest

from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import age, keys, manifest, messages, note, padding, work
from balaqorgau.sealed.appeal import (
    Letter,
    OpenError,
    Recipient,
    first_message,
    open_file,
    open_grant,
    open_letter,
    seal_appeal,
    seal_letter,
    sealed_grant,
)
from balaqorgau.sealed.keys import Receipt, Seed
from tests.unit.sealed.vectors import load
from tests.vectors import sealing
from tests.vectors.seeds import counting

MADE = {language: load(f"sealed-by-{language}") for language in ("python", "typescript")}
FILES = [(language, vector) for language, made in MADE.items() for vector in made["files"]]


@pytest.fixture(params=MADE)
def thread(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A thread sealed by one of the languages."""
    return dict(MADE[request.param]["thread"])


def parts(thread: dict[str, Any], name: str) -> list[bytes]:
    """The parts of the request that have this name."""
    return [unb64(data) for found, data in thread["parts"] if found == name]


def child_of(thread: dict[str, Any]) -> keys.ChildKeys:
    """The child's keys."""
    return keys.child_keys(Receipt(int.from_bytes(unb64(thread["receipt"]), "big")), unb64(thread["deployment"]))


def seed_of(thread: dict[str, Any]) -> Seed:
    """The thread's seed, from the child's own grant."""
    return open_grant(parts(thread, "grant")[-1], child_of(thread).identity, manifest_of(thread))


def manifest_of(thread: dict[str, Any]) -> manifest.Manifest:
    """The manifest that was sent."""
    return manifest.parse(thread["form"]["manifest"].encode())


@pytest.mark.parametrize(
    ("language", "vector"), FILES, ids=lambda part: part if isinstance(part, str) else part["length"]
)
def test_a_file_opens_for_each_of_its_recipients(language: str, vector: dict[str, Any]) -> None:
    for identity in vector["identities"]:
        assert age.decrypt(unb64(vector["file"]), unb64(identity)) == counting(vector["length"])


def test_the_request_is_what_the_manifest_says(thread: dict[str, Any]) -> None:
    found = manifest_of(thread)
    named = [found.payload, *found.files, *found.grants]
    desks = [(desk["id"], desk["epoch"]) for desk in thread["desks"]]
    assert [(part.desk, part.epoch) for part in found.grants] == [*desks, ("child", 0)]
    sent = [*parts(thread, "payload"), *parts(thread, "file"), *parts(thread, "grant")]
    assert [(part.length, part.hash) for part in named] == [(len(data), age.digest(data)) for data in sent]
    for data in sent:
        age.check_file(data, recipients=1)
    child = child_of(thread)
    assert (found.mailbox, found.child_key) == (child.mailbox, messages.verify_key(child.signing))
    assert thread["form"]["ledger_key"] == b64(child.ledger_key)
    assert messages.verify(
        found.child_key, first_message(found, found.commitment()), unb64(thread["form"]["signature"])
    )
    assert work.is_enough(found.commitment(), int(thread["form"]["nonce"]), thread["bits"])


def test_the_letter_and_its_files_open(thread: dict[str, Any]) -> None:
    seed = seed_of(thread)
    described = [
        {"kind": file["kind"], "type": file["type"], "name": "", "length": len(unb64(file["data"]))}
        for file in thread["enclosed"]
    ]
    letter = open_letter(parts(thread, "payload")[0], seed)
    assert letter == {**thread["fields"], "v": 1, "files": described}
    opened = [open_file(data, seed) for data in parts(thread, "file")]
    assert opened == [unb64(file["data"]) for file in thread["enclosed"]]


def test_each_desk_opens_its_grant_and_no_other(thread: dict[str, Any]) -> None:
    grants, found = parts(thread, "grant"), manifest_of(thread)
    for place, desk in enumerate(thread["desks"]):
        identity = Seed(unb64(desk["identity"]))
        assert open_grant(grants[place], identity, found) == seed_of(thread)
        with pytest.raises(age.NotForUs):
            open_grant(grants[place - 1], identity, found)


def test_every_message_is_signed_by_its_author_over_the_one_before(thread: dict[str, Any]) -> None:
    box, seed, previous = thread["mailbox"], seed_of(thread), bytes(32)
    texts = []
    assert box["messages"][0]["files"] == [part.as_json() for part in manifest_of(thread).files]
    for sequence, message in enumerate(box["messages"]):
        assert (message["sequence"], message["previous"]) == (sequence, b64(previous))
        signed = messages.message_bytes(
            commitment=unb64(box["commitment"]),
            author=message["author"],
            sequence=sequence,
            previous=previous,
            digest=age.digest(unb64(message["ciphertext"])),
            files=[unb64(file["hash"]) for file in message["files"]],
        )
        key = box["desks"].get(message["author"].removeprefix("desk/"), {"verify": b64(manifest_of(thread).child_key)})
        assert messages.verify(unb64(key["verify"]), signed, unb64(message["signature"]))
        previous = messages.message_hash(signed, unb64(message["signature"]))
        texts.append(open_letter(unb64(message["ciphertext"]), seed)["text"])
    assert texts == [thread["fields"]["text"], *thread["answers"]]
    assert (box["next"], box["last"]) == (len(texts), b64(previous))


def test_a_grant_of_another_appeal_is_refused(thread: dict[str, Any]) -> None:
    other = manifest.Manifest(**{**manifest_of(thread).__dict__, "safe": "no"})
    with pytest.raises(OpenError):
        open_grant(parts(thread, "grant")[-1], child_of(thread).identity, other)


def test_the_promise_is_about_the_appeal() -> None:
    thread = MADE["python"]["thread"]
    found = manifest_of(thread)
    promise = note.verify_promise(
        thread["mailbox"]["promise"], name="example.org/committee", key=messages.verify_key(bytes(32))
    )
    assert (promise.commitment, promise.mailbox, promise.deployment) == (
        found.commitment(),
        found.mailbox,
        found.deployment,
    )


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"7", b"{", b'{"v":1}', b'{"v":1,"core":"CORE"}', b'{"v":1,"core":"CORE","seed":"AA"}',
     b'{"v":1,"core":"CORE","seed":1}', b'{"v":1,"core":"CORE","seed":"="}', b'{"v":2,"core":"CORE","seed":"SEED"}',
     b"\xff", b"[" * 500],
)  # fmt: skip
def test_a_grant_that_says_nothing_is_refused(body: bytes) -> None:
    identity, found = Seed(bytes(32)), manifest_of(MADE["python"]["thread"])
    body = body.replace(b"CORE", b64(found.core()).encode()).replace(b"SEED", b64(bytes(32)).encode())
    sealed = age.encrypt(padding.pad_to(body, padding.GRANT_SIZE), [age.recipient(identity)])
    with pytest.raises(OpenError):
        open_grant(sealed, identity, found)


@pytest.mark.parametrize("size", [256, 4096])
def test_a_grant_of_another_size_is_refused(size: int) -> None:
    identity, found = Seed(bytes(32)), manifest_of(MADE["python"]["thread"])
    with pytest.raises(padding.PaddingError):
        open_grant(age.encrypt(padding.pad_to(b"{}", size), [age.recipient(identity)]), identity, found)


@pytest.mark.parametrize("body", [b"", b"null", b'"text"', b"{", b"\xff\xfe"])
def test_a_letter_that_is_none_is_refused(body: bytes) -> None:
    seed = Seed(bytes(32))
    sealed = age.encrypt(padding.pad_payload(body), [age.recipient(keys.thread_identity(seed))])
    with pytest.raises(OpenError):
        open_letter(sealed, seed)


def test_sealing_never_gives_the_same_bytes_twice_and_never_shows_the_text() -> None:
    child = keys.child_keys(Receipt(1), sealing.DEPLOYMENT)
    desk = Recipient("AA-1", 1, age.recipient(bytes(32)))
    once, twice = (
        seal_appeal(
            Letter(sealing.FIELDS, [sealing.PHOTO]),
            child=child,
            deployment=sealing.DEPLOYMENT,
            recipients=[desk],
            protection="phone",
            bits=0,
        )
        for _ in range(2)
    )
    assert not {once.payload, *once.grants, *once.files} & {twice.payload, *twice.grants, *twice.files}
    assert sealing.FIELDS["text"].encode()[:10] not in once.body()
    assert [len(part) for part in (once.payload, *once.grants)] == [
        len(part) for part in (twice.payload, *twice.grants)
    ]


def test_a_text_that_is_too_long_is_refused_before_anything_is_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "encrypt", lambda *_: pytest.fail("sealed"))
    with pytest.raises(padding.TextTooLong):
        seal_letter(Letter({"text": "ә" * 33_000}), Seed(bytes(32)))


def test_a_grant_hides_whom_it_is_for() -> None:
    to = [Recipient(desk, epoch, age.recipient(bytes(32))) for desk, epoch in (("a", 0), ("z" * 40, 2**31 - 1))]
    assert len({len(sealed_grant(bytes(32), bytes(32), one)) for one in to}) == 1
