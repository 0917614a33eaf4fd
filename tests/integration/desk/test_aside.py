"""Setting an appeal aside: for one desk, with a reason it signed, undone by it or by the child's next letter."""

from typing import Any

import pytest
from django.test import Client

from balaqorgau.appeals.models import Event, Thread
from balaqorgau.audit.models import AuditRow
from balaqorgau.desk import aside
from tests.factories.appeals import OMBUDSMAN, Child
from tests.integration.appeals.test_mailbox import open_mailbox, write
from tests.integration.desk.office import Opened, Visitor, at_work, opened

pytestmark = pytest.mark.django_db


def set_aside(visitor: Visitor, case: Opened, why: str = "play", *, turn: int = 1) -> Any:
    """Ask for it, signed."""
    return visitor.post(f"{case.url}/aside", case.act(f"quarantined {turn} {why}") | {"why": why})


def take_back(visitor: Visitor, case: Opened, *, turn: int = 2) -> Any:
    """Ask for it back, signed."""
    return visitor.post(f"{case.url}/back", case.act(f"reopened {turn}"))


def test_an_old_signature_never_fits_again(officer: Visitor, open_thread: Opened) -> None:
    assert set_aside(officer, open_thread).status_code == 204
    assert take_back(officer, open_thread).status_code == 204
    assert set_aside(officer, open_thread).json()["error"] == "bad_signature"
    assert set_aside(officer, open_thread, turn=3).status_code == 204
    assert take_back(officer, open_thread).json()["error"] == "bad_signature"
    assert take_back(officer, open_thread, turn=4).status_code == 204


def told(visitor: Visitor) -> str:
    """Why the inbox says that its one appeal is set aside."""
    reason: str = visitor.get("/desk/api/inbox").json()["threads"][0]["aside"]
    return reason


def test_an_appeal_is_set_aside_with_a_reason_and_taken_back(officer: Visitor, open_thread: Opened) -> None:
    assert told(officer) == ""
    assert set_aside(officer, open_thread).status_code == 204
    assert told(officer) == "play"
    assert officer.get(open_thread.url).json()["aside"] == "play"
    assert take_back(officer, open_thread).status_code == 204
    assert told(officer) == ""


def test_both_are_events_of_the_desk_and_audit_rows_of_the_officer(officer: Visitor, open_thread: Opened) -> None:
    set_aside(officer, open_thread, "twin")
    take_back(officer, open_thread)
    events = Event.objects.filter(kind__in=aside.KINDS).order_by("id")
    assert [(event.kind, event.by, event.detail) for event in events] == [
        ("quarantined", f"desk:{open_thread.seat}", f"{open_thread.seat} 1 twin"),
        ("reopened", f"desk:{open_thread.seat}", f"{open_thread.seat} 2"),
    ]
    assert AuditRow.objects.filter(act__in=aside.KINDS).count() == 2


def test_other_desks_go_on_seeing_it_as_before(officer: Visitor, open_thread: Opened) -> None:
    set_aside(officer, open_thread)
    ombudsman = at_work("of-the-ombudsman", OMBUDSMAN)
    assert told(ombudsman) == ""
    assert ombudsman.get(open_thread.url).json()["aside"] == ""


def test_another_desk_takes_back_nothing_that_this_one_set_aside(officer: Visitor, open_thread: Opened) -> None:
    set_aside(officer, open_thread)
    ombudsman = at_work("of-the-ombudsman", OMBUDSMAN)
    case = opened(ombudsman, Thread.objects.get(), OMBUDSMAN)
    assert take_back(ombudsman, case).json()["error"] == "not_aside"
    assert told(officer) == "play"


def test_the_child_s_next_letter_brings_it_back(
    officer: Visitor, open_thread: Opened, child: Child, client: Client
) -> None:
    set_aside(officer, open_thread)
    assert write(client, child, open_mailbox(client, child).json()).status_code == 200
    assert told(officer) == ""
    assert set_aside(officer, open_thread, turn=2).status_code == 204


def test_the_second_officer_hears_that_it_is_done(officer: Visitor, open_thread: Opened) -> None:
    assert set_aside(officer, open_thread).status_code == 204
    answer = set_aside(officer, open_thread, "test")
    assert (answer.status_code, answer.json()) == (409, {"error": "already_aside"})
    assert take_back(officer, open_thread).status_code == 204
    assert take_back(officer, open_thread).status_code == 409


def test_a_reason_is_one_of_the_pack_s_and_the_desk_signed_that_one(officer: Visitor, open_thread: Opened) -> None:
    assert set_aside(officer, open_thread, "boring").status_code == 400
    body = open_thread.act("quarantined play") | {"why": "flood"}
    assert officer.post(f"{open_thread.url}/aside", body).json()["error"] == "bad_signature"
    assert told(officer) == ""


def test_the_child_s_mailbox_says_nothing_of_it(
    officer: Visitor, open_thread: Opened, child: Child, client: Client
) -> None:
    before = open_mailbox(client, child).json()["events"]
    set_aside(officer, open_thread)
    assert open_mailbox(client, child).json()["events"] == before


def test_every_reason_has_words() -> None:
    assert set(aside.reasons()) == {"test", "play", "twin", "advert", "flood"}
