"""A streamed age file is an age file: what the stream writes `age` opens, and the other way round."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balaqorgau.operations.seal import Opener, Sealer
from balaqorgau.sealed import age, stream

SEED = bytes(range(32))
RECIPIENT = age.recipient(SEED)
EDGES = [0, 1, stream.CHUNK - 1, stream.CHUNK, stream.CHUNK + 1, 2 * stream.CHUNK, 3 * stream.CHUNK + 7]


def sealed(plaintext: bytes, step: int = 10_000) -> bytes:
    """Seal bytes handed over a step at a time."""
    out = io.BytesIO()
    sealer = Sealer(out, [RECIPIENT])
    for start in range(0, len(plaintext), step):
        sealer.write(plaintext[start : start + step])
    sealer.finish()
    return out.getvalue()


def opened(data: bytes, step: int = 10_000) -> bytes:
    """Everything the opener gives."""
    opener = Opener(io.BytesIO(data), SEED)
    pieces = []
    while piece := opener.read(step):
        pieces.append(piece)
    return b"".join(pieces)


@pytest.mark.parametrize("size", EDGES)
def test_what_is_sealed_as_a_stream_is_an_age_file(size: int) -> None:
    plaintext = os.urandom(size)
    assert age.decrypt(sealed(plaintext), SEED) == plaintext


@pytest.mark.parametrize("size", EDGES)
def test_an_age_file_is_opened_as_a_stream(size: int) -> None:
    plaintext = os.urandom(size)
    assert opened(age.encrypt(plaintext, [RECIPIENT])) == plaintext


@given(st.integers(0, 3 * stream.CHUNK), st.integers(1, 200_000), st.integers(1, 200_000))
def test_steps_of_any_size_give_back_the_same(size: int, writing: int, reading: int) -> None:
    plaintext = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    assert opened(sealed(plaintext, writing), reading) == plaintext


@given(st.data())
def test_a_changed_byte_is_noticed(data: st.DataObject) -> None:
    whole = bytearray(sealed(b"x" * (stream.CHUNK + 100)))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(age.AgeError):
        opened(bytes(whole))


@given(st.integers(1, stream.CHUNK + 200))
def test_a_cut_file_is_noticed(missing: int) -> None:
    with pytest.raises(age.AgeError):
        opened(sealed(b"x" * (2 * stream.CHUNK))[:-missing])


@pytest.mark.parametrize("chunks", [1, 2])
def test_a_file_cut_between_chunks_is_noticed(chunks: int) -> None:
    whole = sealed(b"x" * (3 * stream.CHUNK))
    with pytest.raises(age.AgeError):
        opened(whole[: -chunks * (stream.CHUNK + stream.TAG)])


def test_an_empty_last_chunk_is_refused() -> None:
    out = io.BytesIO()
    sealer = Sealer(out, [RECIPIENT])
    sealer._seal(b"x" * stream.CHUNK, last=False)
    sealer.finish()
    with pytest.raises(age.Changed):
        opened(out.getvalue())


def test_an_unfinished_stream_cannot_be_opened() -> None:
    out = io.BytesIO()
    Sealer(out, [RECIPIENT]).write(b"x" * (2 * stream.CHUNK + 1))
    with pytest.raises(age.Changed):
        opened(out.getvalue())


def test_another_identity_opens_nothing() -> None:
    with pytest.raises(age.NotForUs):
        Opener(io.BytesIO(sealed(b"secret")), bytes(32))
