"""Whatever is wrong with a pack is said with its file, its line and its key, and the pack is not used."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from balaqorgau.pack import PackError, load
from tests.unit.pack.sareva import build
from tests.unit.pack.spoilt import SPOILT


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good pack, copied by every test that spoils it."""
    return build(tmp_path_factory.mktemp("pack") / "sareva")


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "pack"))


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def spoil(folder: Path, file: str, change: Callable[[str], str]) -> None:
    path = folder / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(PackError) as refused:
        load(folder)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(("file", "old", "new", "said"), SPOILT.values(), ids=SPOILT)
def test_a_fault_is_named_by_file_line_and_key(folder: Path, file: str, old: str, new: str, said: str) -> None:
    spoil(folder, file, replaced(old, new))
    assert any(said in fault for fault in faults(folder)), faults(folder)


def test_a_good_pack_has_no_faults(folder: Path) -> None:
    assert load(folder).id == "sareva"


@pytest.mark.parametrize(
    "file",
    [
        *(
            "pack.yaml",
            "territories.yaml",
            "helplines.yaml",
            "reasons.yaml",
            "conflicts.yaml",
            "calendar.yaml",
            "review.yaml",
        ),
        *("words/qsa.txt", "danger/qlo.yaml", "pictures/icon.svg", "texts/qlo/child.yaml"),
    ],
)
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert [fault for fault in faults(folder) if fault.startswith(f"{file}: is missing")]


def test_a_missing_language_is_named(folder: Path) -> None:
    shutil.rmtree(folder / "texts" / "qlo")
    assert "texts/qlo: has no texts" in faults(folder)


def test_a_language_that_nobody_speaks_is_named(folder: Path) -> None:
    shutil.copytree(folder / "texts" / "qlo", folder / "texts" / "xx")
    assert "texts/xx: is of a language that pack.yaml does not have" in faults(folder)


def test_a_file_that_is_not_utf_8_is_named_with_the_line(folder: Path) -> None:
    source = (folder / "pack.yaml").read_bytes()
    (folder / "pack.yaml").write_bytes(source + b"# ok\n# \xff\xfe\n")
    line = source.count(b"\n") + 2
    assert faults(folder) == [f"pack.yaml:{line}: is not UTF-8 text"]


def test_a_file_of_many_megabytes_is_not_read(folder: Path) -> None:
    (folder / "helplines.yaml").write_bytes(b"# " + b"x" * 5_000_000)
    assert "helplines.yaml: is larger than 4194304 bytes" in faults(folder)


def test_a_word_list_has_2048_different_words(folder: Path) -> None:
    path = folder / "words" / "qlo.txt"
    words = path.read_text(encoding="utf-8").split()
    words[9:11] = [words[3] + "x", "two words"]
    path.write_text("\n".join(words[:-1]) + "\n", encoding="utf-8")
    assert faults(folder) == [
        "words/qlo.txt: has 2047 words, not 2048",
        f"words/qlo.txt:10: “{words[9]}” begins as “{words[3]}” on line 4 does",
        "words/qlo.txt:11: “two words” is not one word in letters of one script",
    ]


def test_all_faults_are_said_at_once_in_the_order_of_files(folder: Path) -> None:
    spoil(folder, "territories.yaml", replaced("region: QS-S", "region: QS-W"))
    spoil(folder, "texts/qlo/reasons.yaml", replaced("Floda", ""))
    (folder / "words" / "qsa.txt").unlink()
    found = faults(folder)
    assert [re.split(r"[:]", fault)[0] for fault in found] == [
        "territories.yaml",
        "texts/qlo/reasons.yaml",
        "words/qsa.txt",
    ]


def test_a_folder_without_a_pack_is_named(tmp_path: Path) -> None:
    assert faults(tmp_path) == [f"pack.yaml: is missing in {tmp_path}"]
