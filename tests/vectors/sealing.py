"""Age files and a whole thread, sealed by Python; `sample.test.ts` makes the same of TypeScript."""

import os
from typing import Any

from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import age, keys, messages, note
from balaqorgau.sealed.appeal import (
    FIRST,
    Letter,
    Recipient,
    SealedAppeal,
    first_message,
    open_grant,
    seal_appeal,
    seal_letter,
)
from balaqorgau.sealed.keys import Receipt, Seed
from tests.vectors.seeds import counting

DEPLOYMENT = bytes(range(16))
BITS = 6
LENGTHS = (0, 1, 1000, 65536, 65537)
FIELDS: dict[str, Any] = {
    "language": "kk",
    "reasons": ["violence", "money"],
    "about": ["school"],
    "age": "10_13",
    "who": "self",
    "safe": "unsure",
    "school": "AA-1.0ABCDEFG",
    "text": "Сәлем! «Қоңырау» 😀\nекінші жол",
}
VOICE = ("voice", "audio/webm", bytes(range(256)) * 2)
PHOTO = ("photo", "image/jpeg", b"\xff\xd8photo")


def sealed() -> dict[str, Any]:
    """Everything that `sealed-by-python.json` holds; random."""
    return {"files": [sealed_file(length) for length in LENGTHS], "thread": sealed_thread()}


def sealed_file(length: int) -> dict[str, Any]:
    """An age file of so many bytes that count up, for two identities."""
    identities = [os.urandom(32), os.urandom(32)]
    data = age.encrypt(counting(length), [age.recipient(seed) for seed in identities])
    return {"identities": [b64(seed) for seed in identities], "length": length, "file": b64(data)}


def sealed_thread() -> dict[str, Any]:
    """An appeal with two files, a desk's answer and the child's, as a mailbox hands them out."""
    child = keys.child_keys(Receipt(2**65 + 12345), DEPLOYMENT)
    desks: list[dict[str, Any]] = [{"id": "AA-1", "epoch": 3}, {"id": "ombudsman", "epoch": 1}]
    secrets = [{**desk, "identity": os.urandom(32), "sign": os.urandom(32)} for desk in desks]
    appeal = seal_appeal(
        Letter(FIELDS, [VOICE, PHOTO]),
        child=child,
        deployment=DEPLOYMENT,
        recipients=[Recipient(desk["id"], desk["epoch"], age.recipient(desk["identity"])) for desk in secrets],
        protection="phone",
        bits=BITS,
    )
    seed = open_grant(appeal.grants[0], Seed(secrets[0]["identity"]), appeal.manifest)
    return {
        "receipt": b64((2**65 + 12345).to_bytes(9, "big")),
        "deployment": b64(DEPLOYMENT),
        "bits": BITS,
        "form": appeal.form(),
        "parts": [[name, b64(data)] for name, data in appeal.parts()],
        "desks": [{**desk, "identity": b64(desk["identity"]), "sign": b64(desk["sign"])} for desk in secrets],
        "fields": FIELDS,
        "enclosed": [{"kind": kind, "type": mime, "data": b64(data)} for kind, mime, data in (VOICE, PHOTO)],
        "answers": ["Біз оқыдық.", "Рақмет"],
        "mailbox": mailbox(appeal, child, seed, secrets),
    }


def mailbox(appeal: SealedAppeal, child: keys.ChildKeys, seed: Seed, desks: list[dict[str, Any]]) -> dict[str, Any]:
    """The answer of the server, as far as it can be checked."""
    commitment = appeal.manifest.commitment()
    chain = [first(appeal, commitment)]
    answers = [("desk/AA-1/3", desks[0]["sign"], "Біз оқыдық."), ("child", child.signing, "Рақмет")]
    for author, sign, text in answers:
        chain.append(
            further(chain[-1], commitment, author, sign, seal_letter(Letter({"language": "kk", "text": text}), seed)[0])
        )
    published = {
        f"{desk['id']}/{desk['epoch']}": {
            "verify": b64(messages.verify_key(desk["sign"])),
            "recipient": b64(age.recipient(desk["identity"])),
        }
        for desk in desks
    }
    return {
        "manifest": appeal.manifest.as_bytes().decode(),
        "commitment": b64(commitment),
        "promise": promise(appeal, commitment),
        "grant": b64(appeal.grants[-1]),
        "next": len(chain),
        "last": chain[-1]["hash"],
        "erase": {"count": 0, "due": None},
        "messages": [{key: value for key, value in message.items() if key != "hash"} for message in chain],
        "desks": published,
        "events": [],
    }


def promise(appeal: SealedAppeal, commitment: bytes) -> str:
    """A custodian's promise of this appeal."""
    return note.issue_promise(
        name="example.org/committee",
        seed=bytes(32),
        deployment=DEPLOYMENT,
        commitment=commitment,
        mailbox=appeal.manifest.mailbox,
        received=1_790_000_000,
        merge_by=1_790_086_400,
    )


def first(appeal: SealedAppeal, commitment: bytes) -> dict[str, Any]:
    """Message 0, with its hash."""
    signed = first_message(appeal.manifest, commitment)
    files = [part.as_json() for part in appeal.manifest.files]
    return message(0, "child", FIRST, signed, appeal.signature, appeal.payload, files)


def further(before: dict[str, Any], commitment: bytes, author: str, sign: bytes, payload: bytes) -> dict[str, Any]:
    """The next message, with its hash."""
    sequence, previous = before["sequence"] + 1, unb64(before["hash"])
    signed = messages.message_bytes(
        commitment=commitment, author=author, sequence=sequence, previous=previous, digest=age.digest(payload), files=[]
    )
    return message(sequence, author, previous, signed, messages.sign(sign, signed), payload, [])


def message(
    sequence: int,
    author: str,
    previous: bytes,
    signed: bytes,
    signature: bytes,
    payload: bytes,
    files: list[dict[str, Any]],
) -> dict[str, Any]:
    """A message as the wire writes it, and its hash."""
    return {
        "sequence": sequence,
        "author": author,
        "previous": b64(previous),
        "signature": b64(signature),
        "at": 1_790_000_000 + sequence,
        "ciphertext": b64(payload),
        "files": files,
        "hash": b64(messages.message_hash(signed, signature)),
    }
