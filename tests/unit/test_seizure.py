"""The search for markers finds what it looks for; otherwise its silence would mean nothing."""

import base64
import gzip
import json
import os
import urllib.parse
import zlib

import pytest

from tests.browser.seizure import memory_of, spellings, traces

MARKER = "Қарлығаш-7301-ұшты"


@pytest.mark.parametrize(
    "hidden",
    [
        MARKER.encode(),
        MARKER.encode("utf-16-le"),
        MARKER.encode("utf-16-be"),
        json.dumps(MARKER).encode(),
        urllib.parse.quote(MARKER, safe="").encode(),
        base64.b64encode(MARKER.encode()),
        base64.b64encode(b"a" + MARKER.encode() + b"zz"),
        base64.urlsafe_b64encode(b"ab" + MARKER.encode()),
        gzip.compress(b"before " + MARKER.encode(), mtime=0),
        zlib.compress(MARKER.encode("utf-16-le")),
        zlib.compress(b"x" * 5000 + base64.b64encode(MARKER.encode())),
        base64.urlsafe_b64encode(zlib.compress(json.dumps({"text": MARKER}).encode())).rstrip(b"="),
        base64.b64encode(gzip.compress(b"before " + MARKER.encode("utf-16-le"), mtime=0)),
        MARKER.encode().hex().encode(),
    ],
)
def test_a_hidden_marker_is_found(hidden: bytes) -> None:
    assert traces(os.urandom(100) + hidden + os.urandom(100), [MARKER])


def test_random_bytes_hold_no_marker() -> None:
    assert traces(os.urandom(1 << 16), [MARKER]) == []


def test_a_marker_in_memory_is_found() -> None:
    kept = bytearray(spellings(MARKER)["utf-8"])
    assert any(bytes(kept) in piece for piece in memory_of(os.getpid()))
