"""What both languages must refuse, as data for `make.py`."""

import json
from base64 import b64encode
from typing import Any

from balaqorgau.kernel.ids import b64
from balaqorgau.sealed import canonical, messages, note

GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493

PADDED: list[dict[str, Any]] = [
    {"kind": kind, "start": start, "size": size, "why": why}
    for kind, start, size, why in (
        ("payload", "", 0, "empty"),
        ("payload", "AAAA", 3, "no room for a length"),
        ("payload", "AAAAAA", 4095, "not a payload size"),
        ("payload", "AAAAAA", 512, "a grant's size"),
        ("payload", "AAAP_Q", 4096, "one byte beyond the buffer"),
        ("payload", "_____w", 4096, "a length of 32 ones"),
        ("payload", "AAAAAAE", 4096, "filler"),
        ("grant", "AAAAAA", 511, "not a grant's size"),
        ("grant", "AAAB_Q", 512, "beyond the buffer"),
        ("grant", "AAAAAAE", 512, "filler"),
        ("file", "AAAA", 3, "no room for a length"),
        ("file", "AAAAAA", 5, "longer than PADMÉ makes it"),
        ("file", "AAAAAQ", 4, "beyond the buffer"),
        ("file", "AAAAYA", 256, "a size that PADMÉ gives to another length"),
    )
]
"""Buffers: `start` in base64url, zeros up to `size`."""

TYPED: list[tuple[str, list[str]]] = [
    ("баба бабе бабо бабү баве вава", ["cyrillic"]),
    ("БАБА, бабе; Бабо / бабу - баве. вава!", ["cyrillic", "latin"]),
    ("1. баба 2. бабе 3. бабо 4. бабу 5. баве 6. вава", ["latin", "cyrillic"]),
    ("қаба каба құбү кубу кұбу қубү", ["cyrillic"]),
    ("қаба каба құбү кубу кұбу қубү", ["cyrillic", "alike"]),
    ("қаба каба құбү кубу кұбу қубү", ["alike", "latin", "cyrillic"]),
    ("baba BABE bábo babu bada daka", ["cyrillic", "latin"]),
    ("бaбa бaбe бaбo бaбy бaвe вaвa", ["cyrillic"]),
    ("бабаxxx бабеты бабо\u0301в бабу баве вава", ["cyrillic", "other"]),
    ("ба\u00adба бабе бабо бабу баве ва\u200bва", ["cyrillic"]),
    ("0000 0000 0000 0000 0000", []),
    ("7378-6976-2948-3820-6463", ["latin"]),
    ("７３７８６９７６２９４８３８２０６４６３", []),
    ("73786976294838206463", []),
    ("(0000).0000/0000_0000:0001\n", []),
]
"""What people type, and the lists that are tried."""

MISTYPED: list[dict[str, Any]] = [
    {"typed": "", "lists": ["latin"], "unknown": None},
    {"typed": "73786976294838206464", "lists": [], "unknown": None},
    {"typed": "7378697629483820646", "lists": [], "unknown": None},
    {"typed": "737869762948382064630", "lists": [], "unknown": None},
    {"typed": "٧٣٧٨٦٩٧٦٢٩٤٨٣٨٢٠٦٤٦٣", "lists": [], "unknown": None},
    {"typed": "baba", "lists": ["latin"], "unknown": None},
    {"typed": "baba babe babo babu bada daka baba", "lists": ["latin"], "unknown": None},
    {"typed": "baba babe babo babu bada zzzz", "lists": ["latin"], "unknown": 5},
    {"typed": "baba babe бабо babu bada baba", "lists": ["latin", "cyrillic"], "unknown": 2},
    {"typed": "баба бабе babo бабу xxxx baba", "lists": ["latin", "cyrillic"], "unknown": 2},
    {"typed": "mmmm babe babo babu bada daka", "lists": ["cyrillic", "latin", "other"], "unknown": 0},
]
"""What has no meaning: `unknown` is the first word that the best list does not know, none when the count is wrong."""


def manifests(good: str) -> list[dict[str, str]]:
    """Texts that are almost a manifest."""
    value = json.loads(good)
    first, grant = value["files"][0], value["grants"][0]
    changed: dict[str, dict[str, Any]] = {
        "an extra key": {"x": 1},
        "version 2": {"v": 2},
        "version true": {"v": True},
        "version as text": {"v": "1"},
        "another answer": {"safe": "maybe"},
        "an answer that is no text": {"safe": None},
        "another protection": {"protection": "none"},
        "short deployment": {"deployment": b64(bytes(15))},
        "padded base64": {"mailbox": b64(bytes(32)) + "="},
        "aliased base64": {"mailbox": b64(bytes(32))[:-1] + "B"},
        "standard base64": {"mailbox": "/" * 42 + "8"},
        "a key that is a number": {"child_key": 1},
        "a payload that is a list": {"payload": []},
        "a payload that is nothing": {"payload": None},
        "files that are an object": {"files": {}},
        "files that are text": {"files": "ab"},
        "seventeen files": {"files": [first] * 17},
        "seventeen grants": {"grants": [grant] * 17},
        "a negative length": {"files": [{**first, "length": -1}]},
        "a length of 2^31": {"files": [{**first, "length": 2**31}]},
        "a length as text": {"files": [{**first, "length": "5"}]},
        "a length that is true": {"files": [{**first, "length": True}]},
        "a fraction": {"files": [{**first, "length": 1.5}]},
        "a file with more": {"files": [{**first, "name": "x"}]},
        "a grant without a desk": {"grants": [first]},
        "an empty desk": {"grants": [{**grant, "desk": ""}]},
        "a desk with a space": {"grants": [{**grant, "desk": "AA 1"}]},
        "a desk with a line end": {"grants": [{**grant, "desk": "AA-1\n"}]},
        "a desk of 41 characters": {"grants": [{**grant, "desk": "a" * 41}]},
        "a desk in Cyrillic": {"grants": [{**grant, "desk": "аа"}]},
        "a desk that is a number": {"grants": [{**grant, "desk": 10}]},
        "an epoch of true": {"grants": [{**grant, "epoch": True}]},
    }
    texts = {why: canonical_or_plain({**value, **change}) for why, change in changed.items()}
    for key in value:
        texts[f"without {key}"] = canonical_or_plain({name: item for name, item in value.items() if name != key})
    texts |= {
        "a space": good.replace(":", ": ", 1),
        "a line end behind it": good + "\n",
        "a byte order mark": "\ufeff" + good,
        "keys in another order": json.dumps(dict(reversed(value.items())), separators=(",", ":")),
        "a key twice": good.replace('"v":1', '"v":1,"v":1'),
        "an escaped letter": good.replace('"phone"', '"\\u0070hone"'),
        "1.0 for 1": good.replace('"v":1', '"v":1.0'),
        "1e0 for 1": good.replace('"v":1', '"v":1e0'),
        "minus zero": good.replace('"epoch":0', '"epoch":-0'),
        "not a number": good.replace('"v":1', '"v":NaN'),
        "a huge number": good.replace('"v":1', '"v":' + "1" * 5000),
        "cut": good[:-1],
        "nothing": "",
        "null": "null",
        "a list": "[]",
        "text": '"manifest"',
        "deep": "[" * 9000,
        "too long": good + " " * 16384,
    }
    return [{"why": why, "text": text} for why, text in texts.items()]


def canonical_or_plain(value: dict[str, Any]) -> str:
    """Canonical where there is such a way to write it."""
    try:
        return canonical.dumps(value).decode()
    except ValueError:
        return json.dumps(value, sort_keys=True, separators=(",", ":"))


def signatures(key: bytes, signed: bytes, signature: bytes) -> list[dict[str, str]]:
    """Signatures under `signed` that do not hold for their key."""
    point, scalar = signature[:32], int.from_bytes(signature[32:], "little")
    cases = {
        "of something else": (key, bytes(32), signature),
        "a bit of the point": (key, signed, flipped(signature, 0)),
        "a bit of the scalar": (key, signed, flipped(signature, 32)),
        "the scalar and the group's order": (key, signed, point + (scalar + GROUP_ORDER).to_bytes(32, "little")),
        "cut": (key, signed, signature[:-1]),
        "longer": (key, signed, signature + b"\0"),
        "nothing": (key, signed, b""),
        "zeros": (key, signed, bytes(64)),
        "another key": (flipped(key, 0), signed, signature),
        "a short key": (key[:-1], signed, signature),
        "a key that is no point": (b"\xff" * 32, signed, signature),
    }
    return [
        {"why": why, "key": b64(one), "signed": b64(text), "signature": b64(mark)}
        for why, (one, text, mark) in cases.items()
    ]


def flipped(data: bytes, place: int) -> bytes:
    """The bytes with one bit turned over."""
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def promises(name: str, seed: bytes, good: str) -> list[dict[str, str]]:
    """Notes that are almost a promise: changed ones, and rightly signed ones about something else."""
    text, _, signed = good.partition("\n\n")
    mark = signed.rsplit(" ", 1)[1].strip()
    notes = {
        "nothing": "",
        "a changed time": good.replace("1790000000", "1790000001"),
        "another name": good.replace(f" {name} ", " example.org/other "),
        "another key's name": good.replace(mark, mark[:1] + ("A" if mark[1] != "A" else "B") + mark[2:]),
        "no line end": good[:-1],
        "a second line end": good + "\n",
        "two signatures": good + signed,
        "base64 without padding": good.replace(mark, mark.rstrip("=")),
        "aliased base64": good.replace(mark, aliased(mark)),
        "no signature": text + "\n",
        "a hyphen for the dash": good.replace("\u2014", "-"),
    }
    lines = text.split("\n")
    for why, changed in {
        "another title": ["balaqorgau/1 promises", *lines[1:]],
        "a sixth line": [*lines, "1"],
        "four lines": lines[:-1],
        "a negative time": [*lines[:5], "-1"],
        "a time with a plus": [*lines[:5], "+1790086400"],
        "a time with a zero before": [*lines[:5], "01790086400"],
        "a time that is no number": [*lines[:5], "soon"],
        "a time in other digits": [*lines[:5], "١٢٣"],
        "a time of thirteen digits": [*lines[:5], "1" * 13],
        "a space behind": [*lines[:5], lines[5] + " "],
        "a short commitment": [*lines[:2], lines[2][:-1], *lines[3:]],
        "an aliased commitment": [*lines[:2], aliased(lines[2]), *lines[3:]],
        "lines ended as on Windows": "\r\n".join(lines).split("\n"),
    }.items():
        notes[why] = rightly_signed("\n".join(changed) + "\n", name, seed)
    return [{"why": why, "note": text} for why, text in notes.items()]


def rightly_signed(text: str, name: str, seed: bytes) -> str:
    """A note with a true signature over whatever it says."""
    key = messages.verify_key(seed)
    mark = note.key_id(name, key) + messages.sign(seed, text.encode())
    return f"{text}\n{note.DASH}{name} {b64encode(mark).decode()}\n"


def aliased(text: str) -> str:
    """Other base64 for the same bytes: a bit that says nothing is set."""
    bare = text.rstrip("=")
    return bare[:-1] + chr(ord(bare[-1]) + 1) + text[len(bare) :]


def parcels() -> list[dict[str, str]]:
    """Bytes that are almost a parcel."""
    heads = {
        "no JSON": b"{",
        "a list": b"[]",
        "no parts": b'{"fields":{}}',
        "another key": b'{"fields":{},"parts":[],"x":1}',
        "fields that are a list": b'{"fields":[],"parts":[]}',
        "a field that is a number": b'{"fields":{"a":1},"parts":[]}',
        "parts that are an object": b'{"fields":{},"parts":{}}',
        "a part without a length": b'{"fields":{},"parts":[["a"]]}',
        "a part without a name": b'{"fields":{},"parts":[[1,0]]}',
        "a negative length": b'{"fields":{},"parts":[["a",1],["b",-1]]}',
        "a length of true": b'{"fields":{},"parts":[["a",true]]}',
        "a fraction": b'{"fields":{},"parts":[["a",0.0]]}',
        "a length beyond the end": b'{"fields":{},"parts":[["a",1]]}',
        "sixty-five parts": b'{"fields":{},"parts":[' + b",".join([b'["a",0]'] * 65) + b"]}",
        "no UTF-8": b'{"fields":{"a":"\xff"},"parts":[]}',
        "deep": b"[" * 9000,
        "a huge number": b'{"fields":{},"parts":[["a",' + b"1" * 5000 + b"]]}",
        "a long head": b'{"fields":{"a":"' + b"a" * 65536 + b'"},"parts":[]}',
    }
    bodies = {why: len(head).to_bytes(4, "big") + head for why, head in heads.items()}
    good = b'{"fields":{},"parts":[["a",1]]}'
    bodies |= {
        "nothing": b"",
        "three bytes": bytes(3),
        "an empty head": bytes(4),
        "a head beyond the end": b"\xff\xff\xff\xff" + good,
        "a byte too many": len(good).to_bytes(4, "big") + good + b"12",
    }
    return [{"why": why, "body": b64(body)} for why, body in bodies.items()]
