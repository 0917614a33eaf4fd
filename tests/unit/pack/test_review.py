"""A text counts as reviewed when a native speaker has read it as it is now, and not before."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from balaqorgau.__main__ import main
from balaqorgau.pack import load
from tests.unit.pack.sareva import ROOT, build


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return build(tmp_path / "sareva")


def review(folder: Path, fingerprint: str) -> None:
    line = f'reviewed: {{qlo: {{helplines: {{by: "Q", on: "2026-11-01", fingerprint: "{fingerprint}"}}}}}}\n'
    (folder / "review.yaml").write_text(line, encoding="utf-8")


def waiting(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    assert main(["pack", "review", str(folder)]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_every_text_of_every_language_waits_at_first(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = load(folder)
    rows = waiting(folder, capsys)
    assert {(row["language"], row["key"]) for row in rows} == {
        (language, key) for language in pack.languages for key in pack.catalogues[language]
    }
    line = next(row for row in rows if (row["language"], row["key"]) == ("qlo", "helplines.7788"))
    assert (line["file"], line["qsa"], line["text"]) == ("helplines", "بازي", "Bazi")
    assert not pack.is_reviewed("qlo", "helplines")


def test_a_file_that_was_read_waits_no_longer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = waiting(folder, capsys)
    review(folder, next(row["fingerprint"] for row in before if (row["language"], row["file"]) == ("qlo", "helplines")))
    assert load(folder).is_reviewed("qlo", "helplines")
    assert not load(folder).is_reviewed("qsa", "helplines")
    assert len(waiting(folder, capsys)) == len(before) - 2


def test_a_text_that_changes_makes_its_file_unreviewed_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = waiting(folder, capsys)
    review(folder, next(row["fingerprint"] for row in rows if (row["language"], row["file"]) == ("qlo", "helplines")))
    path = folder / "texts" / "qlo" / "helplines.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Bazi", "Bazo"), encoding="utf-8")
    assert not load(folder).is_reviewed("qlo", "helplines")


def test_in_the_example_country_nobody_has_reviewed_anything_yet(tmp_path: Path) -> None:
    pack = load(Path(shutil.copytree(ROOT / "packs" / "kz", tmp_path / "kz")))
    assert len(pack.unread_texts()) == sum(map(len, pack.catalogues.values()))
