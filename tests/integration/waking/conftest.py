"""A clock that tests move, a mail server, published desks."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from balaqorgau.appeals.models import Thread
from balaqorgau.kernel import clock
from balaqorgau.waking.sweep import Woken, wake
from tests.factories.appeals import OMBUDSMAN, REGION, Child, post, publish_desks
from tests.integration.waking import mailman
from tests.integration.waking.mailman import Mailman

MONDAY = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
"""15:00 on the example country's wall."""


class Wall:
    """The clock of a test."""

    def __init__(self) -> None:
        self.now = MONDAY

    def pass_by(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def sweep(self, **time: float) -> Woken:
        """Let time pass, then sweep."""
        self.pass_by(**time)
        return wake(now=self.now)


@pytest.fixture(autouse=True)
def _desks(db: None) -> None:
    publish_desks()


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    """Every room asks this clock."""
    found = Wall()
    monkeypatch.setattr(clock, "now", lambda: found.now)
    return found


@pytest.fixture
def man(settings: object) -> Iterator[Mailman]:
    """The mail server that the settings name."""
    with mailman.at_work() as found:
        settings.MAIL = found.config()  # type: ignore[attr-defined]
        settings.MAIL_TIMEOUT = 5  # type: ignore[attr-defined]
        yield found


def send(client: Client, *, safe: str = "no", desks: tuple[str, ...] = (REGION, OMBUDSMAN)) -> Thread:
    """An appeal arrives."""
    before = set(Thread.objects.values_list("pk", flat=True))
    assert post(client, Child().seal(safe=safe, desks=desks)).status_code == 201
    return Thread.objects.exclude(pk__in=before).get()
