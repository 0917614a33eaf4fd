"""`balaqorgau posters`, as a school, a district, a region or the country orders them."""

from pathlib import Path

import pypdfium2
import pytest

from balaqorgau.__main__ import main
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.pack import Pack
from balaqorgau.places import actions
from balaqorgau.places.queries import coded_schools
from balaqorgau.places.schoollist import SchoolRow
from tests.integration.posters.shop import picture, read, text

pytestmark = pytest.mark.django_db
Said = pytest.CaptureFixture[str]
SCHOOLS = [
    SchoolRow("a/1", "KZ-10", "101000000", {"kk": "Бірінші мектеп", "ru": "Первая школа", "en": "First School"}),
    SchoolRow("a/2", "KZ-10", "101010000", {"kk": "Екінші мектеп"}),
    SchoolRow("b-1", "KZ-11", "", {"kk": "Үшінші мектеп"}),
]


@pytest.fixture(autouse=True)
def _schools(db: None) -> None:
    actions.import_schools(SCHOOLS, by=OPERATOR)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ([], ["Бірінші", "Екінші", "Үшінші"]),
        (["--region", "KZ-10"], ["Бірінші", "Екінші"]),
        (["--district", "101010000"], ["Екінші"]),
        (["--school", "b-1"], ["Үшінші"]),
    ],
)
def test_what_is_ordered_is_printed_each_with_its_own_code(order: list[str], names: list[str], tmp_path: Path) -> None:
    out = tmp_path / "new" / "posters.pdf"
    assert main(["posters", *order, str(out)]) == 0
    pdf = out.read_bytes()
    assert len(pypdfium2.PdfDocument(pdf)) == len(names)
    codes = {school.names["kk"].split()[0]: (school.region, school.code) for school in coded_schools()}
    for page, name in enumerate(names):
        assert name in text(pdf, page)
        region, code = codes[name]
        assert read(picture(pdf, 100, page)) == [f"http://testserver/#{region}.{code}"]


def test_each_school_gets_a_file_named_by_its_number(tmp_path: Path) -> None:
    assert main(["posters", "--each", "--sheet", "plaque", str(tmp_path / "all")]) == 0
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == ["a%2F1.pdf", "a%2F2.pdf", "b-1.pdf"]


def test_no_two_numbers_make_one_file_name_and_none_leaves_the_folder(tmp_path: Path) -> None:
    numbers = ["a_1", "a%2F1", "..", "../x", "C:\\x"]
    actions.import_schools(
        [SchoolRow(number, "KZ-10", "", {"kk": "Төртінші мектеп"}) for number in numbers], by=OPERATOR
    )
    assert main(["posters", "--each", "--sheet", "plaque", str(tmp_path / "all")]) == 0
    assert len(list((tmp_path / "all").iterdir())) == len(SCHOOLS) + len(numbers)
    assert [path.name for path in tmp_path.iterdir()] == ["all"]


def test_two_other_languages_are_printed(tmp_path: Path) -> None:
    assert main(["posters", "--languages", "en,ru", "--school", "a/1", str(tmp_path / "p.pdf")]) == 0
    said = text((tmp_path / "p.pdf").read_bytes())
    assert said.index("Did something happen?") < said.index("Что-то случилось?")
    assert "Бірдеңе" not in said


@pytest.mark.parametrize(("order", "drafts"), [([], "kk, ru"), (["--languages", "en,ru"], "en, ru")])
def test_that_the_words_are_drafts_is_said_where_they_are_printed(
    order: list[str], drafts: str, tmp_path: Path, capsys: Said
) -> None:
    assert main(["posters", *order, str(tmp_path / "p.pdf")]) == 0
    said = f"Their texts in {drafts} are drafts: no native speaker has reviewed them yet."
    assert said in capsys.readouterr().out.splitlines()


def test_what_a_native_speaker_has_read_is_not_called_a_draft(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pack, "is_reviewed", lambda _pack, language, file: (language, file) == ("kk", "poster"))
    assert main(["posters", str(tmp_path / "p.pdf")]) == 0
    assert "Their texts in ru are drafts" in capsys.readouterr().out
    monkeypatch.setattr(Pack, "is_reviewed", lambda _pack, _language, file: file == "poster")
    assert main(["posters", str(tmp_path / "p.pdf")]) == 0
    assert "draft" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (["--languages", "en,xx"], "The pack has no language xx; it has kk, ru, en."),
        (["--languages", "en"], "A poster has two languages, not 1."),
        (["--bleed", "40"], "The bleed must be between 0 and 10 mm, not 40 mm."),
        (["--school", "nowhere"], "There is no such school. `balaqorgau schools list` shows them."),
    ],
)
def test_an_order_that_cannot_be_printed_is_refused_in_one_sentence(
    order: list[str], said: str, tmp_path: Path, capsys: Said
) -> None:
    assert main(["posters", *order, str(tmp_path / "p.pdf")]) == 1
    assert capsys.readouterr().err == said + "\n"
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_cannot_be_printed_is_named_with_its_letters(tmp_path: Path, capsys: Said) -> None:
    actions.import_schools([SchoolRow("c", "KZ-11", "", {"kk": "Мектеп 🏫"})], by=OPERATOR)
    assert main(["posters", str(tmp_path / "p.pdf")]) == 1
    assert "No font has '🏫', needed for: Мектеп 🏫" in capsys.readouterr().err


def test_a_code_that_went_out_of_date_is_not_printed(tmp_path: Path) -> None:
    old = coded_schools(number="b-1")[0].code
    actions.rotate_codes(by=OPERATOR, number="b-1")
    assert main(["posters", "--school", "b-1", str(tmp_path / "p.pdf")]) == 0
    assert old not in read(picture((tmp_path / "p.pdf").read_bytes(), 100))[0]
