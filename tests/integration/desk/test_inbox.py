"""The inbox of one officer among several: pages, what they have read, who else is in an appeal."""

from datetime import timedelta

import pytest
from django.test import Client

from balaqorgau.accounts.models import Officer
from balaqorgau.appeals.models import Thread
from balaqorgau.audit.models import AuditRow
from balaqorgau.desk import inbox, policies
from balaqorgau.kernel import clock
from tests.factories.appeals import OMBUDSMAN, REGION, Child, post
from tests.integration.desk.office import Visitor, at_work, opened

pytestmark = pytest.mark.django_db
INBOX = "/desk/api/inbox"


def line(visitor: Visitor) -> dict[str, object]:
    """The only line of somebody's inbox, as the page itself asks for it."""
    rows = visitor.get(INBOX, **{"X-Background": "1"}).json()["threads"]
    assert len(rows) == 1
    found: dict[str, object] = rows[0]
    return found


@pytest.fixture
def colleague() -> Visitor:
    """Another officer of the same desk."""
    return at_work("colleague", REGION)


def test_pages_follow_one_another_without_a_gap_or_a_repetition(client: Client, officer: Visitor) -> None:
    for safe in ("yes", "no", "", "unsure", "no"):
        assert post(client, Child().seal(safe=safe)).status_code == 201
    actor = policies.actor(Officer.objects.get(username="of-the-desk"))
    whole = [row.id for row in inbox.page(actor).rows]
    walked, after = [], None
    for _ in range(5):
        found = inbox.page(actor, after, size=1)
        walked += [row.id for row in found.rows]
        after = inbox.cursor(str(found.next)) if found.next else None
    assert walked == whole
    assert len(set(whole)) == 5
    assert after is None


def test_appeals_of_the_same_second_are_all_on_a_page(client: Client, officer: Visitor) -> None:
    for _ in range(4):
        assert post(client, Child().seal()).status_code == 201
    Thread.objects.update(received_at=clock.now())
    actor = policies.actor(Officer.objects.get(username="of-the-desk"))
    first = inbox.page(actor, size=2)
    second = inbox.page(actor, first.next, size=2)
    assert len({row.id for row in (*first.rows, *second.rows)}) == 4


@pytest.mark.parametrize("after", ["x", "0_1_2", "9_2026-01-01T00:00:00+00:00_x", "0_2026-01-01T00:00:00_" + "0" * 32])
def test_a_page_that_begins_nowhere_is_refused(officer: Visitor, after: str) -> None:
    assert officer.get(f"{INBOX}?after={after}").status_code == 400


def test_what_one_officer_reads_stays_unread_for_a_colleague(
    officer: Visitor, colleague: Visitor, thread: Thread
) -> None:
    assert not line(officer)["read"]
    officer.get(f"/desk/api/threads/{thread.pk}")
    assert (line(officer)["read"], line(colleague)["read"]) == (True, False)


def test_what_is_put_back_is_unread_until_it_is_opened_again(officer: Visitor, thread: Thread) -> None:
    officer.get(f"/desk/api/threads/{thread.pk}")
    assert officer.post(f"/desk/api/threads/{thread.pk}/unread").status_code == 200
    assert not line(officer)["read"]
    officer.get(f"/desk/api/threads/{thread.pk}")
    assert line(officer)["read"]


def test_a_new_message_makes_an_appeal_unread_for_everybody(officer: Visitor, thread: Thread) -> None:
    officer.get(f"/desk/api/threads/{thread.pk}")
    thread.messages.update(at=clock.now() + timedelta(seconds=1))
    assert not line(officer)["read"]


def test_only_whoever_answered_calls_an_appeal_theirs(officer: Visitor, colleague: Visitor, thread: Thread) -> None:
    found = opened(officer, thread)
    assert officer.send(f"{found.url}/messages", *found.reply()).status_code == 200
    assert (line(officer)["mine"], line(colleague)["mine"]) == (True, False)


def test_a_colleague_in_an_appeal_is_named_and_somebody_of_another_desk_is_not(
    officer: Visitor, colleague: Visitor, thread: Thread
) -> None:
    officer.get(f"/desk/api/threads/{thread.pk}")
    assert line(officer)["present"] == []
    assert line(colleague)["present"] == ["Officer of-the-desk"]
    assert line(at_work("ombudsman", OMBUDSMAN))["present"] == [""]


def test_a_presence_ends_by_itself(
    officer: Visitor, colleague: Visitor, thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer.get(f"/desk/api/threads/{thread.pk}")
    monkeypatch.setattr(inbox, "PRESENT", timedelta(seconds=-1))
    assert line(colleague)["present"] == []


def test_marks_of_one_officer_are_no_part_of_what_was_done_to_an_appeal(officer: Visitor, thread: Thread) -> None:
    officer.post(f"/desk/api/threads/{thread.pk}/unread")
    assert AuditRow.objects.filter(act="marked-unread").count() == 1
    assert officer.get(f"/desk/api/threads/{thread.pk}").json()["trail"] == []


def test_another_desk_s_appeal_cannot_be_marked(outsider: Visitor, thread: Thread) -> None:
    assert outsider.post(f"/desk/api/threads/{thread.pk}/unread").status_code == 404
