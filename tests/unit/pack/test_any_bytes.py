"""Whatever bytes a pack's files hold, reading them ends in a pack or in faults with words, never in a surprise."""

import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balaqorgau.pack import PackError, Problem, load
from balaqorgau.pack.document import read
from tests.unit.pack.sareva import build

FILES = (
    *(
        "pack.yaml",
        "territories.yaml",
        "helplines.yaml",
        "reasons.yaml",
        "conflicts.yaml",
        "calendar.yaml",
        "review.yaml",
    ),
    *("texts/qlo/reasons.yaml", "texts/qsa/helplines.yaml", "danger/qlo.yaml", "words/qlo.txt", "pictures/river.svg"),
)
SIGNS = [b"", b"{", b"}", b"[", b"]", b": ", b"- ", b'"', b"'", b"|", b"~", b"\\", b"$", b"%", b"\n", b"\n  ", b"\r"]
YAML = [b"&a ", b"*a", b"!!map ", b"null", b"-1", b"true", b"1e999", b"---\n", b"%YAML 3.0\n", b"? x\n: y\n", b"<<: "]
BYTES = [b"\xff", b"\0", b"\xe2\x80\x8b", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"0" * 5000]
MEANT = [b"{n}", b"2022-02-30", b"(?P<", b"a{9999999999}", b"region", b"<script>"]
PIECES = st.sampled_from([*SIGNS, *YAML, *BYTES, *MEANT])


def faults_of(act: Callable[[], object]) -> Sequence[Problem] | None:
    """What is said to be wrong, None when nothing is."""
    try:
        act()
    except PackError as error:
        return error.problems
    return None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("pack") / "sareva")


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_spoilt_pack_loads_or_says_why_not(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    file = data.draw(st.sampled_from(FILES))
    source = (folder / file).read_bytes()
    start = data.draw(st.integers(0, min(len(source), 3000)))
    gone = data.draw(st.integers(0, 12))
    spoilt = source[:start] + data.draw(st.one_of(PIECES, st.binary(max_size=8))) + source[start + gone :]
    (folder / file).write_bytes(spoilt)
    try:
        found = faults_of(lambda: load(folder))
    finally:
        (folder / file).write_bytes(source)
    assert found is None or (found and all(problem.words and problem.file for problem in found))


@settings(deadline=None)
@given(
    source=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
)
def test_any_file_is_read_or_refused_in_words(tmp_path_factory: pytest.TempPathFactory, source: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(source)
    for texts in (True, False):
        found = faults_of(partial(read, path, "any.yaml", texts=texts))
        assert found is None or found


def test_a_folder_where_a_file_should_be_is_said(folder: Path, tmp_path: Path) -> None:
    spoilt = Path(shutil.copytree(folder, tmp_path / "pack"))
    (spoilt / "reasons.yaml").unlink()
    (spoilt / "reasons.yaml").mkdir()
    with pytest.raises(PackError, match=r"reasons\.yaml: cannot be read"):
        load(spoilt)
