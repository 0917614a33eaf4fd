"""The rows of a CSV or XLSX file as clean text; nobody's file can make it take more memory or time than a list needs."""

import csv
import io
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from openpyxl import load_workbook

from balaqorgau.pack import Pack
from balaqorgau.places.faults import BadSchoolList, fault, too_many

MEGABYTE: Final = 1024 * 1024
INFLATED: Final = 4  # A workbook that is this many times the allowed size when unpacked is no list of schools.
COLUMNS: Final = 64
BLANK: Final = 4  # For each school that a list may have, so many rows are looked at: some lists have blank ones.
OLD_EXCEL: Final = bytes.fromhex("d0cf11e0")
SEPARATORS: Final = ",;\t"


def looked_at(data: bytes, pack: Pack) -> Iterator[tuple[int, list[str]]]:
    """A file's rows with their numbers; raises BadSchoolList after more rows than any list has, for they may never end."""
    last = BLANK * pack.limits.schools + 1
    for at, row in enumerate(rows_of(data, pack), 1):
        if at > last:
            raise BadSchoolList(list(too_many(at, pack)))
        yield at, [clean(cell) for cell in row]


def rows_of(data: bytes, pack: Pack) -> Iterator[list[str]]:
    """The cells of a file as clean text; raises BadSchoolList for one that is no list."""
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
