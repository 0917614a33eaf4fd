"""The audit for administrators: found by when, who and what; taken as CSV that runs nowhere; silent about appeals."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import balaqorgau
from balaqorgau import pack
from balaqorgau.administration import trail
from balaqorgau.appeals.models import Thread
from balaqorgau.audit.actions import record
from balaqorgau.audit.models import AuditRow
from balaqorgau.kernel import clock
from balaqorgau.kernel.signer import OPERATOR
from tests.factories.appeals import OMBUDSMAN, REGION, Child, post
from tests.integration.administration.people import fill, page
from tests.integration.desk.office import Visitor, at_work, hired, opened

pytestmark = pytest.mark.django_db
SOURCES = Path(balaqorgau.__file__).parent
ACT = re.compile(r'(?:record|told)\(\s*(?:factor, )?"([a-z-]+)"')


def taken(admin: Visitor, **asked: str) -> list[list[str]]:
    """The rows of the CSV."""
    answer = fill(admin, "audit/", "audit/export", **asked)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def test_what_is_done_with_appeals_is_not_shown_counted_or_exported(admin: Visitor, client: Client) -> None:
    before = found_number(admin)
    assert post(client, Child().seal(desks=(REGION, OMBUDSMAN))).status_code == 201
    officer = at_work("reader", REGION)
    case = opened(officer, Thread.objects.get())
    assert officer.post(f"{case.url}/opened", case.opening()).status_code == 200
    officer.get("/desk/api/inbox")
    officer.get(f"/desk/api/schools/{REGION}")
    assert AuditRow.objects.filter(subject__startswith="thread:").count() > 1
    assert found_number(admin) - before == 3  # The officer was added, given the key, and signed in.
    shown = page(admin, "audit/") + str(taken(admin))
    assert str(case.thread["id"]) not in shown
    assert not [act for act in ("opened", "fetched", "inbox-listed", "schools-listed") if f"'{act}'" in shown]


def found_number(admin: Visitor) -> int:
    """How many rows the page says it found."""
    found = re.search(r"Rows found: (\d+)", page(admin, "audit/"))
    assert found
    return int(found[1])


def test_a_kind_of_subject_that_nobody_named_is_not_shown(admin: Visitor) -> None:
    before = found_number(admin)
    record("invented", subject="case:1", by=OPERATOR)
    assert found_number(admin) == before


def test_rows_are_found_by_who_and_what(admin: Visitor) -> None:
    officer, _ = hired("officer", REGION)
    record("duty-began", subject=f"desk:{REGION}", by=officer.signer)
    record("duty-ended", subject=f"desk:{REGION}", by=officer.signer)
    assert [row[2] for row in taken(admin, who=str(officer.signer))] == ["duty-ended", "duty-began"]
    assert [row[1] for row in taken(admin, what="duty-began")] == ["Officer officer (officer)"]
    assert "Rows found: 1" in page(admin, f"audit/?who={officer.signer}&what=duty-ended")
    assert "There are no such rows" in page(admin, f"audit/?who={officer.signer}&what=signed-in")


def test_days_are_those_of_the_country_s_clock_and_both_are_inside(
    admin: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    zone, now = pack.current().zone, clock.now()
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    for seconds in (-1, 0, 86399, 86400):
        moment = midnight + timedelta(seconds=seconds)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        record("desk-created", subject=f"desk:at{seconds}", by=OPERATOR)
    monkeypatch.setattr(clock, "now", lambda: now)
    day = midnight.date().isoformat()
    rows = taken(admin, first=day, last=day, what="desk-created", who="operator:")
    assert [row[3] for row in rows if row[3].startswith("at")] == ["at86399", "at0"]


@pytest.mark.parametrize(
    "asked", [{"first": "x"}, {"last": "9999-99-99"}, {"first": "0001-01-01"}, {"what": "x"}, {"page": "x"}]
)
def test_a_search_that_makes_no_sense_finds_what_there_is(admin: Visitor, asked: dict[str, str]) -> None:
    assert "Rows found: " in page(admin, f"audit/?{'&'.join(f'{key}={value}' for key, value in asked.items())}")


def test_long_results_have_pages(admin: Visitor) -> None:
    for _ in range(60):
        record("desk-created", subject="desk:x", by=OPERATOR)
    first, second = page(admin, "audit/?what=desk-created"), page(admin, "audit/?what=desk-created&page=2")
    assert first.count("<time") == 50
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


def test_taking_it_away_is_written_down_first(admin: Visitor) -> None:
    rows = taken(admin, first="2026-01-01", last="2199-01-01")
    assert rows[0][2] == "audit-exported"
    row = AuditRow.objects.get(act="audit-exported")
    assert row.actor.startswith("administrator:")
    assert row.detail == "2026-01-01 2199-01-01"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\tx", '=HYPERLINK("http://x")'])
def test_no_cell_is_a_formula(admin: Visitor, name: str) -> None:
    officer, _ = hired("officer", REGION)
    officer.display_name = name
    officer.save()
    record("duty-began", subject=f"desk:{REGION}", by=officer.signer)
    rows = taken(admin, who=str(officer.signer))
    assert rows[0][1] == f"'{name} (officer)"
    assert not [cell for row in rows for cell in row if cell.startswith(trail.RISKY)]


def test_names_that_are_markup_stay_text(admin: Visitor) -> None:
    officer, _ = hired("officer", REGION)
    officer.display_name = "<img src=x onerror=alert(1)>"
    officer.save()
    record("duty-began", subject=f"desk:{REGION}", by=officer.signer)
    assert "<img" not in page(admin, "audit/")


def test_every_act_of_the_house_that_is_not_about_appeals_can_be_searched_for_and_has_words() -> None:
    said = {act for file in SOURCES.rglob("*.py") for act in ACT.findall(file.read_text(encoding="utf-8"))}
    about_appeals = {"opened", "answered", "passed", "fetched", "file-opened", "file-saved", "file-closed"}
    about_appeals |= {"file-reopened", "envelope-taken"}
    assert said - about_appeals - set(trail.READING) <= set(trail.ACTS)
    assert len(said) > 30
    for act in trail.ACTS:
        assert pack.current().has_text(f"admin.act.{act}"), act


def test_searching_asks_the_database_not_once_for_each_row(admin: Visitor, django_assert_max_num_queries: Any) -> None:
    for number in range(50):
        record("desk-created", subject=f"desk:{REGION}/{number}", by=OPERATOR)
    with django_assert_max_num_queries(30):
        page(admin, "audit/")
