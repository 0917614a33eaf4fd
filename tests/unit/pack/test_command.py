"""`balaqorgau pack check` and `diff`, as somebody at a terminal meets them."""

import re
import shutil
from pathlib import Path

import pytest

from balaqorgau.__main__ import main
from tests.unit.pack.sareva import build

Said = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("pack") / "sareva")


@pytest.fixture
def changed(whole: Path, tmp_path: Path) -> Path:
    """The same country a year later."""
    folder = Path(shutil.copytree(whole, tmp_path / "later"))
    for file, old, new in (
        ("reasons.yaml", "id: w2,", "id: w2, retired: true,"),
        ("pack.yaml", "working_days: 9", "working_days: 7"),
        ("territories.yaml", 'qlo: "Sudvar"', 'qlo: "Sudvaro"'),
        ("helplines.yaml", '"+999 40"', '"+999 41"'),
        ("texts/qlo/helplines.yaml", "+999 40", "+999 41"),
        ("texts/qsa/helplines.yaml", "+999 40", "+999 41"),
    ):
        path = folder / file
        assert old in path.read_text(encoding="utf-8")
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return folder


def test_check_says_what_is_in_a_good_pack(whole: Path, capsys: Said) -> None:
    assert main(["pack", "check", str(whole)]) == 0
    said = capsys.readouterr().out
    assert "ساريفا: the pack is good." in said
    texts, waiting, places = said.splitlines()[1:]
    assert re.fullmatch(r"languages qsa, qlo; texts \d{3,4} each", texts)
    assert re.fullmatch(r"not reviewed by a native speaker: qsa \d{3,4}, qlo \d{3,4}", waiting)
    assert places == "regions 2, districts 3, reasons 2"


def test_check_knows_the_pack_that_comes_with_the_program(capsys: Said) -> None:
    assert main(["pack", "check", "kz"]) == 0
    assert "regions 20, districts 224, reasons 33" in capsys.readouterr().out


def test_check_says_every_fault_with_its_place(changed: Path, capsys: Said) -> None:
    (changed / "words" / "qlo.txt").unlink()
    path = changed / "helplines.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"7788"', "seven"), encoding="utf-8")
    assert main(["pack", "check", str(changed)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[-1] == "Faults: 1. Nothing was changed."
    assert "helplines.yaml:2: helplines.1.number: 'seven' does not have the form" in said.err


def test_check_of_a_folder_that_is_not_there_says_so(tmp_path: Path, capsys: Said) -> None:
    assert main(["pack", "check", str(tmp_path / "nothing")]) == 1
    assert "pack.yaml: is missing in " in capsys.readouterr().err


def test_diff_of_a_pack_with_itself_says_that_they_are_the_same(whole: Path, capsys: Said) -> None:
    assert main(["pack", "diff", str(whole), str(whole)]) == 0
    assert capsys.readouterr().out == "The packs say the same.\n"


def test_diff_says_a_line_for_each_thing_that_changed(whole: Path, changed: Path, capsys: Said) -> None:
    assert main(["pack", "diff", str(whole), str(changed)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "~ fact deadline answer: 9 → 7" in lines
    assert "~ reason w2: river.flood weather.other → river.flood weather.other (retired)" in lines
    assert "+ helpline +999 41: None" in lines
    assert "- helpline +999 40: None" in lines
    assert "+ text qlo helplines.+999 41: Medik" in lines
    assert sum(line.startswith("~ territory QS-S") for line in lines) == 1
    assert len(lines) == 9


def test_diff_of_a_faulty_pack_says_the_faults(whole: Path, tmp_path: Path, capsys: Said) -> None:
    assert main(["pack", "diff", str(whole), str(tmp_path)]) == 1
    assert "pack.yaml: is missing" in capsys.readouterr().err
