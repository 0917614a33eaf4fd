"""The server's clock is set back while people work: nothing is out of order, no session lives for ever."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from balaqorgau.accounts.sessions import IDLE
from balaqorgau.appeals import actions
from balaqorgau.appeals.models import Event, Thread
from balaqorgau.kernel import clock
from balaqorgau.sealed import messages
from tests.factories.appeals import Child
from tests.integration.desk.office import Opened, Visitor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Set = Callable[[timedelta], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Set the server's clock to so much from now."""
    began = clock.now()

    def to(shift: timedelta) -> None:
        def now() -> datetime:
            return began + shift

        monkeypatch.setattr(clock, "now", now)

    return to


def test_events_stay_in_the_order_in_which_they_happened(officer: Visitor, open_thread: Opened, set_clock: Set) -> None:
    officer.post(f"{open_thread.url}/opened", open_thread.opening())
    set_clock(-2 * DAY)
    assert officer.send(f"{open_thread.url}/messages", *open_thread.reply()).status_code == 200
    assert [event.kind for event in Event.objects.all()] == ["received", "opened", "replied"]


def test_a_session_ends_by_the_later_clock(officer: Visitor, set_clock: Set) -> None:
    set_clock(-DAY)
    assert officer.get("/desk/api/me").status_code == 200
    set_clock(IDLE + timedelta(minutes=1))
    assert officer.get("/desk/api/me").status_code == 401


def test_what_is_to_be_erased_is_neither_early_nor_forgotten(child: Child, thread: Thread, set_clock: Set) -> None:
    signed = messages.erase_bytes(commitment=thread.commitment, act="erase", count=0)
    due = actions.ask_erase(thread, act="erase", signature=messages.sign(child.keys.signing, signed), days=14)
    assert due
    set_clock(-30 * DAY)
    assert actions.destroy_due(now=clock.now()) == 0
    set_clock(14 * DAY + timedelta(minutes=1))
    assert actions.destroy_due(now=clock.now()) == 1
