"""Reads a list of schools (CSV or XLSX) and says of every bad row what is wrong; nothing here writes.

Columns: `number` (the school's own in the ministry's list), `region`, `district` (may be empty), and `name_<language>`
for each language of the pack, of which the first must be filled.
"""

import csv
import io
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from balaqorgau.pack import Pack
from balaqorgau.pack.scripts import mixing

MEGABYTE: Final = 1024 * 1024
INFLATED: Final = 4  # A workbook that is this many times the allowed size when unpacked is no list of schools.
COLUMNS: Final = 64
BLANK: Final = 4  # For each school that a list may have, so many rows are looked at: some lists have blank ones.
OLD_EXCEL: Final = bytes.fromhex("d0cf11e0")
FORMULA: Final = ("=", "+", "-", "@")  # What a spreadsheet would run when somebody opens a list of ours.
SHOWN: Final = 60
SEPARATORS: Final = ",;\t"
NUMBER_LENGTH: Final = 40


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school as a list names it; `region` and `district` are the pack's ids."""

    number: str
    region: str
    district: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row: `row` counts as a spreadsheet shows it (the head is 1; 0 is the whole file)."""

    row: int
    key: str
    values: Mapping[str, Any]

    def words(self, pack: Pack, language: str) -> str:
        """The fault in a language of the pack."""
        said = pack.text(language, f"places.fault.{self.key}", **self.values)
        return pack.text(language, "places.row", n=self.row, fault=said) if self.row else said


class BadSchoolList(ValueError):
    """A list that is not taken; `faults` are all of them."""

    def __init__(self, faults: list[RowFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def fault(row: int, key: str, **values: Any) -> RowFault:
    """A fault in short; what a cell says is shown without anything that a terminal would obey."""
    return RowFault(row, key, {name: shown(value) for name, value in values.items()})


def shown(value: Any) -> Any:
    """A cell's text as it can be printed: cut, signs that cannot be seen replaced."""
    if not isinstance(value, str):
        return value
    text = "".join(letter if letter.isprintable() else "\ufffd" for letter in value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def read(path: Path, pack: Pack) -> list[SchoolRow]:
    """Every school of a list; raises BadSchoolList with every fault of every row."""
    table = [(at, row) for at, row in looked_at(path, pack) if any(row)]
    if not table:
        raise BadSchoolList([fault(0, "empty")])
    (first, head), *rows = table
    names = [cell.casefold() for cell in head]
    stop_at(head_faults(first, names, pack))
    found = [Reader(pack, dict(zip(names, row, strict=False)), at) for at, row in rows]
    stop_at([*(one for reader in found for one in reader.faults()), *repeated(found), *too_many(len(found), pack)])
    if not found:
        raise BadSchoolList([fault(0, "empty")])
    return [reader.school() for reader in found]


def looked_at(path: Path, pack: Pack) -> Iterator[tuple[int, list[str]]]:
    """A file's rows with their numbers; raises BadSchoolList after more rows than any list has, for they may never end."""
    last = BLANK * pack.limits.schools + 1
    for at, row in enumerate(rows_of(path, pack), 1):
        if at > last:
            raise BadSchoolList(list(too_many(at, pack)))
        yield at, [clean(cell) for cell in row]


def stop_at(faults: Iterable[RowFault]) -> None:
    """Raise what was found, in the order of rows."""
    if found := sorted(faults, key=lambda one: one.row):
        raise BadSchoolList(found)


def rows_of(path: Path, pack: Pack) -> Iterator[list[str]]:
    """The cells of a file as clean text; raises BadSchoolList for a file that cannot be read."""
    try:
        data = path.read_bytes()
    except OSError:
        raise BadSchoolList([fault(0, "unreadable", file=path.name)]) from None
    if len(data) > pack.limits.school_file_mb * MEGABYTE:
        raise BadSchoolList([fault(0, "too_large", n=pack.limits.school_file_mb)])
    if data.startswith(OLD_EXCEL):
        raise BadSchoolList([fault(0, "old_excel")])
    yield from workbook_rows(data, pack) if data.startswith(b"PK") else csv_rows(data)


def csv_rows(data: bytes) -> Iterator[list[str]]:
    """The rows of a CSV file in UTF-8, separated by a comma, a semicolon or a tab."""
    reader = csv.reader(io.StringIO(decoded(data), newline=""), delimiter=separator(data), strict=True)
    try:
        yield from reader
    except csv.Error:
        raise BadSchoolList([fault(reader.line_num, "not_a_table")]) from None


def decoded(data: bytes) -> str:
    """The text of a file; UTF-16 without a mark gives itself away by its zeros."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSchoolList([fault(data[: error.start].count(b"\n") + 1, "not_utf8")]) from None
    if "\0" in text:
        raise BadSchoolList([fault(text[: text.index("\0")].count("\n") + 1, "not_utf8")])
    return text


def separator(data: bytes) -> str:
    """What stands between the columns of the first line."""
    head = data.partition(b"\n")[0]
    return max(SEPARATORS, key=lambda sign: head.count(sign.encode()))


def workbook_rows(data: bytes, pack: Pack) -> Iterator[list[Any]]:
    """The rows of a workbook's first sheet; what it says of its own size is not believed."""
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as archive:
            warnings.simplefilter("ignore")  # The library warns of decorations that it does not know.
            if sum(part.file_size for part in archive.infolist()) > INFLATED * pack.limits.school_file_mb * MEGABYTE:
                raise BadSchoolList([fault(0, "too_large", n=pack.limits.school_file_mb)])
            sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
            last = BLANK * pack.limits.schools + 2
            yield from map(list, sheet.iter_rows(max_row=last, max_col=COLUMNS, values_only=True))
    except BadSchoolList:
        raise
    except Exception:  # The library raises whatever its XML and ZIP readers stumble over.
        raise BadSchoolList([fault(0, "not_a_table")]) from None


def clean(cell: Any) -> str:
    """A cell as text: composed letters, single spaces; whole numbers without the .0 that spreadsheets add."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(unicodedata.normalize("NFC", str(cell if cell is not None else "")).split())


def head_faults(row: int, head: list[str], pack: Pack) -> Iterator[RowFault]:
    """Columns that are not there, or there twice."""
    for column in ("number", "region", f"name_{pack.languages[0]}"):
        if column not in head:
            yield fault(row, "no_column", column=column)
    for column in {name for name in head if name and head.count(name) > 1}:
        yield fault(row, "column_twice", column=column)


def repeated(found: list["Reader"]) -> Iterator[RowFault]:
    """Numbers that an earlier row has."""
    first: dict[str, int] = {}
    for reader in found:
        number = reader.cell("number")
        if number and first.setdefault(number, reader.row) != reader.row:
            yield fault(reader.row, "twice", number=number, first=first[number])


def too_many(number: int, pack: Pack) -> Iterator[RowFault]:
    """More schools than a country has."""
    if number > pack.limits.schools:
        yield fault(0, "too_many", n=pack.limits.schools)


@dataclass(frozen=True, slots=True)
class Reader:
    """One row, read against the pack."""

    pack: Pack
    cells: Mapping[str, str]
    row: int

    def cell(self, column: str) -> str:
        """A cell's text, "" where there is none."""
        return self.cells.get(column, "")

    def faults(self) -> Iterator[RowFault]:
        """Everything that is wrong with the row."""
        number = self.cell("number")
        if not number:
            yield fault(self.row, "no_number")
        if len(number) > NUMBER_LENGTH:
            yield fault(self.row, "long_number", n=NUMBER_LENGTH)
        if not number.isprintable() or number.startswith(FORMULA):
            yield fault(self.row, "bad_number", number=number)
        yield from self.place_faults()
        yield from self.name_faults()

    def place_faults(self) -> Iterator[RowFault]:
        """A region or district that is not on today's map."""
        if not self.region():
            yield fault(self.row, "no_region", value=self.cell("region"))
        elif self.cell("district") and not self.district():
            yield fault(self.row, "no_district", value=self.cell("district"), region=self.region())

    def name_faults(self) -> Iterator[RowFault]:
        """Names that are missing, too long, or cannot be set on a poster."""
        for language in self.pack.languages:
            name = self.cell(f"name_{language}")
            if not name and language == self.pack.languages[0]:
                yield fault(self.row, "no_name", language=language)
            if len(name) > self.pack.limits.name_letters:
                yield fault(self.row, "long_name", n=self.pack.limits.name_letters)
            if not name.isprintable():
                yield fault(self.row, "unprintable", language=language)
            if name.startswith(FORMULA):
                yield fault(self.row, "formula", language=language, sign=name[0])
            if mixed := mixing(name, self.pack.mixed_script_words):
                yield fault(self.row, "mixed", words=mixed)

    def region(self) -> str:
        """The region's id: the cell may say the id, the register's code or a name."""
        return match(self.cell("region"), self.pack, "")

    def district(self) -> str:
        """The district's id within the row's region, "" where there is none."""
        return match(self.cell("district"), self.pack, self.region())

    def school(self) -> SchoolRow:
        """The school; only for a row without faults."""
        names = {language: name for language in self.pack.languages if (name := self.cell(f"name_{language}"))}
        return SchoolRow(self.cell("number"), self.region(), self.district(), names)


def match(said: str, pack: Pack, region: str) -> str:
    """The id of the territory that a cell means: a region, or a district of `region`; "" when none or several."""
    if not said:
        return ""
    places = pack.districts(region) if region else pack.regions()
    exact = [place.id for place in places if said in (place.id, place.register)]
    named = [place.id for place in places if said.casefold() in {name.casefold() for name in place.names.values()}]
    found = set(exact) or set(named)
    return found.pop() if len(found) == 1 else ""
