"""Lists of schools for tests: every school of a country, as CSV and as a workbook; none of them exists."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from balaqorgau.pack import Pack

Row = Sequence[object]
HEAD = ("number", "region", "district", "name_kk", "name_ru", "name_en")


def country(pack: Pack, number: int) -> list[Row]:
    """So many schools in all districts of the country, in turn."""
    districts = pack.districts()
    rows: list[Row] = [HEAD]
    for at in range(number):
        place = districts[at % len(districts)]
        names = (f"№ {at} мектеп, {place.names['kk']}", f"Школа № {at}, {place.names['ru']}", f"School No. {at}")
        rows.append((f"{700000 + at}", place.parent, place.id, *names))
    return rows


def table(rows: Iterable[Row], separator: str = ",") -> bytes:
    """A CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode("utf-8")


def workbook(rows: Iterable[Row]) -> bytes:
    """An XLSX file; text that looks like a formula is one."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
