"""What may come in: for the property tests."""

from typing import Any

from hypothesis import strategies as st

from balaqorgau.sealed import age, canonical, header, manifest, messages, note
from balaqorgau.sealed.keys import Receipt
from tests.vectors import make

SEED = bytes(range(32))
RECIPIENT = age.recipient(SEED)
FILE = age.encrypt(b"a text of some length", [RECIPIENT])
MANIFEST = make.example(2, 3).as_bytes()
PROMISE: dict[str, Any] = {"name": "example.org/a", "key": messages.verify_key(SEED)}

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
