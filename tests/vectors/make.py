"""Makes the vectors that Python and TypeScript share: `python -m tests.vectors.make` (always the same bytes).

`python -m tests.vectors.make seal` seals `sealed-by-python.json` anew as well, which is random and therefore kept.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from balaqorgau.kernel.ids import b64
from balaqorgau.sealed import age, canonical, hashing, keys, messages, note, padding, parcel, work
from balaqorgau.sealed.keys import Receipt, Seed
from balaqorgau.sealed.manifest import GrantPart, Manifest, Part
from tests.vectors import refused, sealing, wording
from tests.vectors.seeds import counting, seeded

FOLDER = Path(__file__).parent
DEPLOYMENT = bytes(range(16))


def canonical_json() -> dict[str, Any]:
    """Values, and the one way to write each."""
    values: list[Any] = [
        None, True, False, 0, -1, 2**53 - 1, -(2**53 - 1), "", "a", [], {}, [1, [2, {"b": [], "a": None}]],
        {"b": 1, "a": 2, "B": 3, "_": 4, "10": 5, "9": 6, "": 7, "a b": 8},
        "\"\\/\b\f\n\r\t\0\x1f\x7f\x80", "\u2028\u2029\ufeff\ufffd", "көмек ұл һәм ғой", "😀",
        "e\u0301 и\u0306 е\u0308", "\u212b", "ﬁ", "가", "\u0344", "q\u0323\u0307",
        "\ud800", "a\udc00b", "\ude00\ud83d", "\ud83d", "\ud83d\ud83d\ude00",
        {"v": 1, "text": "Сәлем,\n\"дос\"", "files": [{"kind": "photo", "length": 12}]},
    ]  # fmt: skip
    refusals: list[Any] = [1.5, 2**53, -(2**53), {"ә": 1}, [{"a": 0.1}], {"a": {"é": ""}}]
    written = [{"value": value, "canonical": canonical.dumps(value).decode()} for value in values]
    return {"written": written, "refused": refusals}


def padding_json() -> dict[str, Any]:
    """PADMÉ lengths, padded bytes by their hash (the plain bytes count up from 0), and buffers that are refused."""
    lengths = [
        *range(40),
        99,
        100,
        255,
        256,
        257,
        4095,
        4096,
        4097,
        65535,
        65537,
        1_000_000,
        3 * 2**20,
        2**24 + 1,
        2**31 - 1,
    ]
    sizes = {"payload": [0, 1, 4092, 4093, 16380, 16381, 65532], "grant": [0, 250, 508], "file": [0, 1, 5, 100, 70_001]}
    pads: dict[str, Callable[[bytes], bytes]] = {
        "payload": padding.pad_payload,
        "grant": lambda plain: padding.pad_to(plain, padding.GRANT_SIZE),
        "file": padding.pad_file,
    }
    padded = [
        {
            "kind": kind,
            "length": length,
            "size": len(data := pads[kind](counting(length))),
            "sha256": b64(age.digest(data)),
        }
        for kind, all_lengths in sizes.items()
        for length in all_lengths
    ]
    return {
        "padme": [[length, padding.padme(length)] for length in lengths],
        "padded": padded,
        "too_long": {"payload": [65533, 70_000], "grant": [509]},
        "refused": refused.PADDED,
    }


def keys_json() -> dict[str, Any]:
    """From a receipt to all that follows from it; from a thread's seed, a desk's keys, a school's code."""
    receipts = [Receipt(0), Receipt(2**66 - 1), Receipt(int.from_bytes(seeded("child"), "big") % 2**66)]
    recipient, verify = age.recipient(Seed(seeded("desk"))), messages.verify_key(seeded("desk sign"))
    return {
        "children": [child(receipt, deployment) for receipt in receipts for deployment in (DEPLOYMENT, bytes(16))][:4],
        "threads": [
            {"seed": b64(seed), "identity": b64(keys.thread_identity(Seed(seed)))}
            for seed in (bytes(32), seeded("thread"))
        ],
        "recipients": [
            {
                "identity": b64(seed),
                "recipient": b64(age.recipient(seed)),
                "recipient_text": age.recipient_text(age.recipient(seed)),
                "identity_text": age.identity_text(seed),
            }
            for seed in (bytes(32), seeded("identity"))
        ],
        "fingerprint": {
            "recipient": b64(recipient),
            "verify": b64(verify),
            "is": b64(keys.desk_fingerprint(recipient, verify)),
        },
        "school": [
            {"code": code, "tag": b64(hashing.tagged("school code", code.encode())[:4])}
            for code in ("0ABCDEFG", "ZZZZZZZZ")
        ],
    }


def child(receipt: Receipt, deployment: bytes) -> dict[str, str]:
    """A child's keys."""
    made = keys.child_keys(receipt, deployment)
    return {
        "receipt": b64(receipt.to_bytes(9, "big")),
        "deployment": b64(deployment),
        "identity": b64(made.identity),
        "sign": b64(made.signing),
        "token": b64(made.token),
        "mailbox": b64(made.mailbox),
        "verification": b64(made.verification.to_bytes(10, "big")),
        "ledger_key": b64(made.ledger_key),
    }


def example(files: int, granted: int, **other: Any) -> Manifest:
    """A manifest of made-up hashes."""
    fields: dict[str, Any] = {
        "deployment": DEPLOYMENT,
        "child_key": seeded("key"),
        "mailbox": seeded("mailbox"),
        "ledger_key": seeded("ledger"),
        "safe": "",
        "protection": "phone",
        "payload": Part(5000, seeded("payload")),
        "files": tuple(Part(1000 + place, seeded(f"file {place}")) for place in range(files)),
        "grants": tuple(GrantPart(2000, seeded(f"grant {place}"), f"AA-{place}", place) for place in range(granted)),
    }
    return Manifest(**{**fields, **other})


def manifest_json() -> dict[str, Any]:
    """Manifests as text with their core and commitment, and texts that are none."""
    kept = [
        example(0, 0),
        example(2, 3, safe="no"),
        example(16, 16, safe="unsure", protection="server"),
        example(1, 0, safe="yes", grants=(GrantPart(2**31 - 1, bytes(32), "!" * 40, 0),)),
    ]
    return {
        "kept": [
            {"text": one.as_bytes().decode(), "core": b64(one.core()), "commitment": b64(one.commitment())}
            for one in kept
        ],
        "refused": refused.manifests(example(2, 3).as_bytes().decode()),
    }


def signed_json() -> dict[str, Any]:
    """A chain of messages, a grant, wishes to erase, an event; and signatures that are none."""
    seed, commitment = seeded("sign"), seeded("commitment")
    chain, previous = [], bytes(32)
    for sequence, author in enumerate(["child", "desk/AA-1/1", "child", "desk/ombudsman/2147483647"]):
        place: dict[str, Any] = {"author": author, "sequence": sequence, "previous": previous}
        files = [seeded(f"file {turn}") for turn in range(sequence)]
        signed = messages.message_bytes(commitment=commitment, digest=seeded("payload"), files=files, **place)
        signature = messages.sign(seed, signed)
        previous = messages.message_hash(signed, signature)
        chain.append(shown({**place, "files": files, "signed": signed, "signature": signature, "hash": previous}))
    to_grant = messages.grant_bytes(commitment=commitment, giver="AA-1/1", receiver="BB-2/7", digest=seeded("grant"))
    event = messages.event_bytes(commitment=commitment, kind="opened", actor="AA-1/1")
    wishes = [
        {
            "act": act,
            "count": count,
            "signature": messages.sign(seed, messages.erase_bytes(commitment=commitment, act=act, count=count)),
        }
        for act, count in (("erase", 0), ("withdraw", 1), ("erase", 2**32 - 1))
    ]
    return {
        "seed": b64(seed),
        "key": b64(messages.verify_key(seed)),
        "commitment": b64(commitment),
        "payload": b64(seeded("payload")),
        "chain": chain,
        "grant": shown(
            {"from": "AA-1/1", "to": "BB-2/7", "hash": seeded("grant"), "signature": messages.sign(seed, to_grant)}
        ),
        "event": shown({"kind": "opened", "actor": "AA-1/1", "signature": messages.sign(seed, event)}),
        "erase": [shown(wish) for wish in wishes],
        "refused": refused.signatures(messages.verify_key(seed), event, messages.sign(seed, event)),
    }


def shown(value: Any) -> Any:
    """The same with bytes as base64url."""
    if isinstance(value, bytes):
        return b64(value)
    if isinstance(value, dict):
        return {key: shown(item) for key, item in value.items()}
    return [shown(item) for item in value] if isinstance(value, list) else value


def promise_json() -> dict[str, Any]:
    """Promises that hold, and notes that are none."""
    seed, name = seeded("custodian"), "example.org/committee"
    about = {"deployment": DEPLOYMENT, "commitment": seeded("commitment"), "mailbox": seeded("mailbox")}
    times = [(0, 0), (1_790_000_000, 1_790_086_400), (999_999_999_999, 999_999_999_999)]
    kept = [
        {
            "received": at,
            "merge_by": by,
            "note": note.issue_promise(name=name, seed=seed, received=at, merge_by=by, **about),
        }
        for at, by in times
    ]
    return {
        "name": name,
        "key": b64(note.public_key(seed)),
        **shown(about),
        "kept": kept,
        "refused": refused.promises(name, seed, str(kept[1]["note"])),
    }


def parcel_json() -> dict[str, Any]:
    """Request bodies, and bytes that are none."""
    kept: list[tuple[dict[str, str], list[tuple[str, bytes]]]] = [
        ({}, []),
        ({"token": "abc", "empty": ""}, [("payload", b"\0\xff"), ("file", b""), ("file", counting(300))]),
        ({"manifest": example(1, 1).as_bytes().decode()}, [("payload", seeded("parcel"))]),
    ]
    return {
        "kept": [
            {
                "fields": fields,
                "parts": [[name, b64(data)] for name, data in parts],
                "body": b64(parcel.dumps(parcel.Parcel(fields, parts))),
            }
            for fields, parts in kept
        ],
        "refused": refused.parcels(),
    }


def work_json() -> list[dict[str, Any]]:
    """The first nonce that is enough; the last one is beyond the 65,536 that share a block."""
    small = [(seeded(f"work {turn}"), bits) for turn, bits in enumerate((0, 1, 5, 8, 12))]
    far = next(key for turn in range(99) if work.find(key := seeded(f"far {turn}"), 16) > 65536)
    return [{"commitment": b64(key), "bits": bits, "nonce": work.find(key, bits)} for key, bits in [*small, (far, 16)]]


MADE: dict[str, Callable[[], Any]] = {
    "canonical.json": canonical_json,
    "padding.json": padding_json,
    "words.json": wording.words_json,
    "keys.json": keys_json,
    "manifest.json": manifest_json,
    "signed.json": signed_json,
    "promise.json": promise_json,
    "parcel.json": parcel_json,
    "work.json": work_json,
}


def written(value: Any) -> str:
    """A vector file's text; ASCII, so that half characters survive."""
    return json.dumps(value, indent=1) + "\n"


def main() -> None:
    """Write the files."""
    for name, make in MADE.items():
        (FOLDER / name).write_text(written(make()))
    if "seal" in sys.argv[1:]:
        (FOLDER / "sealed-by-python.json").write_text(written(sealing.sealed()))


if __name__ == "__main__":
    main()
