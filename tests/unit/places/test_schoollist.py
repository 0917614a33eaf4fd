"""A list of schools is read as it is meant, or every bad row is named; nobody's file can hurt whoever reads it."""

import dataclasses
import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balaqorgau.pack import Pack, load
from balaqorgau.places.schoollist import BadSchoolList, SchoolRow, read
from tests.unit.places.lists import HEAD, Row, country, table, workbook

PACK = load(Path(__file__).resolve().parents[3] / "packs" / "kz")
GOOD: Row = ("1", "KZ-10", "101000000", "Бірінші мектеп", "Первая школа", "First School")
MEGABYTE = 1024 * 1024


def schools(data: bytes, folder: Path, pack: Pack = PACK) -> list[SchoolRow]:
    path = folder / "list.any"
    path.write_bytes(data)
    return read(path, pack)


def faults(data: bytes, folder: Path, language: str = "en", pack: Pack = PACK) -> list[str]:
    with pytest.raises(BadSchoolList) as refused:
        schools(data, folder, pack)
    return [fault.words(pack, language) for fault in refused.value.faults]


def changed(**cells: object) -> list[Row]:
    """The head and one row, with some cells changed."""
    row = dict(zip(HEAD, GOOD, strict=True)) | cells
    return [HEAD, tuple(row.values())]


def small(schools: int = 3, megabytes: int = 1) -> Pack:
    """The same country with room for few schools."""
    limits = dataclasses.replace(PACK.limits, schools=schools, school_file_mb=megabytes)
    return dataclasses.replace(PACK, limits=limits)


@pytest.mark.parametrize("form", [table, workbook], ids=["csv", "xlsx"])
def test_7700_schools_are_read_in_seconds(form: Callable[[list[Row]], bytes], tmp_path: Path) -> None:
    rows = country(PACK, 7700)
    data = form(rows)
    begun = time.process_time()
    found = schools(data, tmp_path)
    assert time.process_time() - begun < 20
    assert len(found) == len({school.number for school in found}) == 7700
    assert found[0] == SchoolRow(str(rows[1][0]), str(rows[1][1]), str(rows[1][2]), found[0].names)
    assert found[7699].names["kk"] == rows[7700][3]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_may_be_separated_by_comma_semicolon_or_tab(separator: str, tmp_path: Path) -> None:
    assert schools(table([HEAD, GOOD], separator), tmp_path)[0].names["kk"] == "Бірінші мектеп"


def test_a_byte_order_mark_blank_rows_and_spaces_do_no_harm(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + table([HEAD, (), ("",) * 6, (*GOOD[:3], "  Бірінші \t мектеп ", *GOOD[4:])])
    assert schools(data, tmp_path)[0].names["kk"] == "Бірінші мектеп"


def test_numbers_that_a_spreadsheet_made_numbers_are_numbers_again(tmp_path: Path) -> None:
    found = schools(workbook(changed(number=700001.0, district=101000000)), tmp_path)
    assert (found[0].number, found[0].district) == ("700001", "101000000")


@pytest.mark.parametrize("said", ["KZ-10", "100000000", "Абай облысы", "область абай", "ABAI REGION"])
def test_a_region_is_known_by_its_code_its_number_or_a_name(said: str, tmp_path: Path) -> None:
    assert schools(table(changed(region=said, district="Семей")), tmp_path)[0].region == "KZ-10"


BAD_CELLS = {
    "no number": ({"number": ""}, "Row 2: the school's number (number) is missing."),
    "a long number": ({"number": "7" * 41}, "Row 2: the number is longer than 40 characters."),
    "a number that a terminal obeys": (
        {"number": "\x1b[2J"},
        "Row 2: the number has an invisible character or begins with a sign of a formula: �[2J",
    ),
    "no such region": ({"region": "Atlantis"}, "Row 2: there is no region “Atlantis”."),
    "a region of yesterday": ({"region": "\x1b]0;x\x07"}, "Row 2: there is no region “�]0;x�”."),
    "a district of another region": (
        {"district": "Курчатов2"},
        "Row 2: region KZ-10 has no district “Курчатов2”, or several.",
    ),
    "no name": ({"name_kk": ""}, "Row 2: the name (name_kk) is missing."),
    "a long name": ({"name_ru": "Я" * 201}, "Row 2: the name is longer than 200 characters."),
    "an invisible sign": ({"name_ru": "Шко\u202eла"}, "Row 2: the name (name_ru) has an invisible character."),
    "a bell": ({"name_en": "School\x07"}, "Row 2: the name (name_en) has an invisible character."),
    "mixed scripts": (
        {"name_kk": "Мектeп"},
        "Row 2: the name mixes letters of different scripts: “Мектeп” mixes CYRILLIC Мектп and LATIN e",
    ),
    "a formula": ({"name_en": "=1+1"}, "Row 2: the name (name_en) begins with a sign of a formula: ="),
    "a link": ({"name_en": '@HYPERLINK("http://x")'}, "Row 2: the name (name_en) begins with a sign of a formula: @"),
}


@pytest.mark.parametrize(("cells", "said"), BAD_CELLS.values(), ids=BAD_CELLS)
def test_a_bad_cell_is_named_with_its_row(cells: dict[str, str], said: str, tmp_path: Path) -> None:
    assert faults(table(changed(**cells)), tmp_path) == [said]


@pytest.mark.parametrize(
    "name", ["'; DROP TABLE places_school; --", '<script>alert("1")</script>', "{n} %s $x \\ ${jndi:ldap}", "𝕊 & Söhne"]
)
def test_signs_of_other_languages_are_only_letters(name: str, tmp_path: Path) -> None:
    assert schools(table(changed(name_en=name)), tmp_path)[0].names["en"] == name


def test_every_bad_row_is_named_in_the_order_of_rows_in_each_language(tmp_path: Path) -> None:
    rows = country(PACK, 40)
    rows[3] = ("", *rows[3][1:])
    rows[17] = (rows[2][0], "KZ-99", *rows[17][2:])
    rows[40] = (*rows[40][:3], "", "", "")
    said = {language: faults(table(rows), tmp_path, language) for language in PACK.languages}
    assert said["en"] == [
        "Row 4: the school's number (number) is missing.",
        "Row 18: there is no region “KZ-99”.",
        "Row 18: the number 700001 is already in row 3.",
        "Row 41: the name (name_kk) is missing.",
    ]
    assert [line.split(":")[0] for line in said["kk"]] == ["4-жол", "18-жол", "18-жол", "41-жол"]
    assert [line.split(":")[0] for line in said["ru"]] == ["Строка 4", "Строка 18", "Строка 18", "Строка 41"]


BAD_FILES = {
    "nothing": (b"", "there is no school in the list."),
    "only a head": (table([HEAD]), "there is no school in the list."),
    "no number column": (table([("region", "name_kk")]), "Row 1: there is no column number."),
    "a column twice": (table([(*HEAD, "region"), (*GOOD, "")]), "Row 1: the column region is there twice."),
    "UTF-16": (table([HEAD, GOOD]).decode().encode("utf-16"), "Row 1: the text is not UTF-8. Save the file as UTF-8."),
    "UTF-16 without a mark": ("number".encode("utf-16-le"), "Row 1: the text is not UTF-8. Save the file as UTF-8."),
    "Windows-1251": (
        table([HEAD, (*GOOD[:3], "Школа", "", "")]).decode().encode("cp1251"),
        "Row 2: the text is not UTF-8. Save the file as UTF-8.",
    ),
    "old Excel": (bytes.fromhex("d0cf11e0a1b11ae1"), "this is an old Excel file (XLS). Save it as XLSX or CSV."),
    "not a workbook": (b"PK\x03\x04 nothing", "this is no CSV or XLSX table."),
    "a quote that never ends": (b'number,region,name_kk\n1,KZ-10,"x', "Row 2: this is no CSV or XLSX table."),
}


@pytest.mark.parametrize(("data", "said"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_is_no_list_is_refused_kindly(data: bytes, said: str, tmp_path: Path) -> None:
    assert faults(data, tmp_path) == [said]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSchoolList) as refused:
        read(tmp_path / "schools.csv", PACK)
    assert refused.value.faults[0].words(PACK, "en") == "the file schools.csv cannot be read."


def test_more_schools_than_a_country_has_are_refused(tmp_path: Path) -> None:
    assert faults(table(country(PACK, 4)), tmp_path, pack=small()) == ["there are too many schools, the limit is 3."]


def test_a_file_larger_than_allowed_is_not_read(tmp_path: Path) -> None:
    assert faults(b"x" * (MEGABYTE + 1), tmp_path, pack=small()) == ["the file is too large, the limit is 1 MB."]


def test_blank_rows_without_end_are_refused(tmp_path: Path) -> None:
    assert faults(b"number\n" + b"\n" * MEGABYTE, tmp_path, pack=small(megabytes=2)) == [
        "there are too many schools, the limit is 3."
    ]


def spoilt_workbook(part: str, content: bytes) -> bytes:
    """A good workbook with one of its parts replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([HEAD, GOOD]))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


def peak(data: bytes, folder: Path, pack: Pack = PACK) -> tuple[list[str], int]:
    """What is said, and the most memory it took."""
    tracemalloc.start()
    try:
        return faults(data, folder, pack=pack), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_workbook_that_unpacks_to_a_mountain_is_refused_unopened(tmp_path: Path) -> None:
    bomb = spoilt_workbook("xl/worksheets/sheet1.xml", b" " * (100 * MEGABYTE))
    assert len(bomb) < MEGABYTE
    said, memory = peak(bomb, tmp_path)
    assert said == ["the file is too large, the limit is 20 MB."]
    assert memory < 8 * MEGABYTE


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    laughs = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><worksheet>&a8;</worksheet>'
    said, memory = peak(spoilt_workbook("xl/worksheets/sheet1.xml", laughs.encode()), tmp_path)
    assert said == ["this is no CSV or XLSX table."] or said == ["there is no school in the list."]
    assert memory < 100 * MEGABYTE  # expat stops at 8 MiB of text; unprotected it would be 200 MB and on


def test_a_workbook_that_claims_a_million_rows_of_sixteen_thousand_cells_ends_soon(tmp_path: Path) -> None:
    name = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = f'<worksheet {name}><dimension ref="A1:XFD1048576"/><sheetData>{far}</sheetData></worksheet>'
    begun = time.process_time()
    said = faults(spoilt_workbook("xl/worksheets/sheet1.xml", sheet.encode()), tmp_path, pack=small(100))
    assert said in (["there are too many schools, the limit is 100."], ["there is no school in the list."])
    assert time.process_time() - begun < 5


@settings(deadline=None, max_examples=150)
@given(
    source=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")),
        st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=6).map(lambda rows: table([HEAD, *rows])),
    )
)
def test_any_file_is_a_list_or_is_refused_in_words(tmp_path_factory: pytest.TempPathFactory, source: bytes) -> None:
    said = outcome(source, tmp_path_factory.getbasetemp())
    assert said
    assert all(line.isprintable() for line in said)


def outcome(source: bytes, folder: Path) -> list[str]:
    """The names that were read, or what is said of the faults in every language."""
    try:
        return [school.names["kk"] for school in schools(source, folder)]
    except BadSchoolList as refused:
        return [fault.words(PACK, language) for language in PACK.languages for fault in refused.faults]
