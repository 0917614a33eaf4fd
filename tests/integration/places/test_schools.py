"""Schools in the database: all of a list or nothing, codes that nobody guesses, old codes that still deliver."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from balaqorgau import pack
from balaqorgau.__main__ import main
from balaqorgau.audit.models import AuditRow
from balaqorgau.directory.queries import region_directory
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.places import actions, codes
from balaqorgau.places.models import School, SchoolCode
from balaqorgau.places.queries import coded_schools, retired_code_marks, school_names
from balaqorgau.places.schoollist import SchoolRow, read
from tests.factories.appeals import Child, post, publish_desks
from tests.unit.places.lists import HEAD, country, table, workbook

pytestmark = pytest.mark.django_db
Said = pytest.CaptureFixture[str]
ROW = ("1", "KZ-10", "101000000", "Бірінші мектеп", "Первая школа", "First School")


def row(number: str = "1", region: str = "KZ-10", name: str = "Бірінші") -> SchoolRow:
    return SchoolRow(number, region, "", {"kk": name})


def state() -> list[tuple[object, ...]]:
    """Everything that is kept of schools and codes, and what was written down about it."""
    schools = School.objects.values_list("number", "region", "district", "names", "example")
    issued = SchoolCode.objects.values_list("school__number", "code", "since", "until")
    return [*schools, *issued, *AuditRow.objects.values_list("act", "detail")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "schools.csv"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_country_of_7700_schools_is_taken_and_the_second_time_changes_nothing(
    form: str, file: Path, capsys: Said
) -> None:
    rows = country(pack.current(), 7700)
    file.write_bytes(table(rows) if form == "csv" else workbook(rows))
    assert main(["schools", "import", str(file), "--language", "en"]) == 0
    assert capsys.readouterr().out == "Added: 7700. Changed: 0. As before: 0.\n"
    before = state()
    assert main(["schools", "import", str(file), "--language", "en"]) == 0
    assert capsys.readouterr().out == "Added: 0. Changed: 0. As before: 7700.\n"
    assert state() == before
    found = [school.code for school in coded_schools()]
    assert len(set(found)) == 7700
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{8}", code) for code in found)


def test_a_dry_run_says_what_would_happen_and_changes_nothing(file: Path, capsys: Said) -> None:
    actions.import_schools([row("1"), row("2")], by=OPERATOR)
    before = state()
    file.write_bytes(table([HEAD, ROW, ("3", *ROW[1:])]))
    assert main(["schools", "import", str(file), "--dry-run", "--language", "en"]) == 0
    assert "Only a trial: nothing was changed. Would be added: 1. Changed: 1. As before: 0." in capsys.readouterr().out
    assert state() == before


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("kk", "3-жол: «KZ-99» деген өңір жоқ.", "Тізім қабылданбады, ештеңе өзгерген жоқ. Қате саны: 2."),
        ("ru", "Строка 3: нет региона «KZ-99».", "Список не принят, ничего не изменено. Ошибок: 2."),
        ("en", "Row 3: there is no region “KZ-99”.", "The list was not taken, nothing was changed. Faults: 2."),
    ],
)
def test_one_bad_row_and_nothing_is_taken(language: str, first: str, last: str, file: Path, capsys: Said) -> None:
    before = state()
    file.write_bytes(table([HEAD, ROW, ("2", "KZ-99", *ROW[2:]), ("", *ROW[1:])]))
    assert main(["schools", "import", str(file), "--language", language]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.splitlines()[0], said.err.splitlines()[-1]) == ("", first, last)
    assert state() == before


def test_a_school_that_moved_keeps_its_code(file: Path) -> None:
    actions.import_schools([row()], by=OPERATOR)
    code = coded_schools()[0].code
    done = actions.import_schools([row(region="KZ-11", name="Жаңа")], by=OPERATOR)
    assert (done.added, done.changed, done.same) == (0, 1, 0)
    assert [(school.region, school.names["kk"], school.code) for school in coded_schools()] == [("KZ-11", "Жаңа", code)]


def test_a_school_that_a_list_leaves_out_stays() -> None:
    actions.import_schools([row("1"), row("2")], by=OPERATOR)
    actions.import_schools([row("2")], by=OPERATOR)
    assert School.objects.count() == 2


def test_an_import_that_breaks_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "unused_codes", lambda number: ["7K3MQX9T"] * number)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.import_schools([row("1"), row("2")], by=OPERATOR)
    assert state() == []


def test_signs_of_sql_and_html_are_kept_as_they_are(file: Path) -> None:
    name = "<b>'; DROP TABLE places_school; --</b>"
    file.write_bytes(table([HEAD, (*ROW[:5], name)]))
    actions.import_schools(read(file, pack.current()), by=OPERATOR)
    assert coded_schools()[0].names["en"] == name


def test_a_code_that_a_poster_ever_carried_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["00000000", "00000000", "00000001", "00000000", "00000001", "00000002"])
    monkeypatch.setattr(codes, "new_code", lambda: next(drawn))
    actions.import_schools([row("1"), row("2")], by=OPERATOR)
    actions.rotate_codes(by=OPERATOR, number="1")
    assert sorted(SchoolCode.objects.values_list("code", flat=True)) == ["00000000", "00000001", "00000002"]


def test_the_database_refuses_two_current_codes_of_a_school_and_one_code_of_two() -> None:
    actions.import_schools([row("1"), row("2")], by=OPERATOR)
    one, other = SchoolCode.objects.all()
    for changes in (
        {"school": one.school, "code": "NEWC0DE0"},
        {"school": other.school, "code": one.code, "until": one.since},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            SchoolCode.objects.create(since=one.since, **changes)


def test_rotation_retires_the_old_code_whose_mark_is_in_the_directory_and_whose_school_keeps_its_name() -> None:
    actions.import_schools([row("1"), row("2"), row("3", region="KZ-11")], by=OPERATOR)
    publish_desks()
    old = {school.number: school.code for school in coded_schools()}
    assert actions.rotate_codes(by=OPERATOR, number="1") == 1
    new = {school.number: school.code for school in coded_schools()}
    assert new["1"] != old["1"]
    assert (new["2"], new["3"]) == (old["2"], old["3"])
    assert retired_code_marks("KZ-10") == [codes.mark(old["1"])]
    assert region_directory("KZ-10")["retired"] == [codes.mark(old["1"])]
    assert region_directory("KZ-11")["retired"] == []
    assert school_names("KZ-10", "kk") == {old["1"]: "Бірінші", new["1"]: "Бірінші", old["2"]: "Бірінші"}
    assert AuditRow.objects.filter(act="codes-rotated").values_list("subject", flat=True)[0] == "school:1"


def test_a_mark_does_not_tell_the_code() -> None:
    code = codes.new_code()
    assert code not in codes.mark(code)
    assert len(codes.mark(code)) == 6


def test_an_appeal_sent_from_an_old_poster_is_taken(client: Client) -> None:
    """The code travels inside the sealed appeal; the server cannot tell an old one from a new one."""
    publish_desks()
    actions.import_schools([row()], by=OPERATOR)
    actions.rotate_codes(by=OPERATOR)
    assert post(client, Child().seal()).status_code == 201


@pytest.mark.parametrize(
    ("flag", "value", "changed"), [("--all", "", 3), ("--region", "KZ-10", 2), ("--school", "3", 1)]
)
def test_the_command_rotates_what_it_is_told_and_publishes_the_marks(
    flag: str, value: str, changed: int, capsys: Said
) -> None:
    actions.import_schools([row("1"), row("2"), row("3", region="KZ-11")], by=OPERATOR)
    publish_desks()
    old = {school.code for school in coded_schools()}
    assert main(["schools", "rotate", flag, *([value] if value else [])]) == 0
    assert str(changed) in capsys.readouterr().out
    gone = old - {school.code for school in coded_schools()}
    assert len(gone) == changed
    published = {
        mark for name in named_directories() for mark in json.loads((settings.SITE / "p" / name).read_text())["retired"]
    }
    assert published == {codes.mark(code) for code in gone}


def named_directories() -> list[str]:
    """The directory files of two regions that the published page leads to now."""
    page = (settings.SITE / "index.html").read_text(encoding="utf-8")
    site = json.loads(
        (settings.SITE / "p" / page.partition('data-site="')[2].partition('"')[0]).read_text(encoding="utf-8")
    )
    return [region["directory"] for region in site["regions"] if region["id"] in ("KZ-10", "KZ-11")]


def test_rotating_a_school_that_is_not_there_is_said(capsys: Said) -> None:
    publish_desks()
    assert main(["schools", "rotate", "--school", "nowhere"]) == 1


def test_the_list_of_codes_is_a_table_that_can_be_read_again(capsys: Said, file: Path) -> None:
    actions.import_schools([row("1"), row("2")], by=OPERATOR)
    assert main(["schools", "list"]) == 0
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert [school.number for school in read(file, pack.current())] == ["1", "2"]


def test_example_schools_say_so_in_every_language_and_are_made_once() -> None:
    country = pack.current()
    actions.create_example_schools(country, by=OPERATOR)
    before = state()
    actions.create_example_schools(country, by=OPERATOR)
    assert state() == before
    marks = {"kk": "МЫСАЛ", "ru": "ПРИМЕР", "en": "EXAMPLE"}
    for school in coded_schools():
        assert school.example
        assert all(marks[language] in name for language, name in school.names.items())
    assert {school.region for school in coded_schools()} == set(country.region_codes)
