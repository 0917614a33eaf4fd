"""Visits: listed, ended from another browser, swept when they can no longer be open."""

from datetime import timedelta
from typing import Any

import pytest

from balaqorgau.accounts.models import Officer
from balaqorgau.accounts.passphrases import LoginSecret
from balaqorgau.audit.models import AuditRow
from balaqorgau.kernel import clock
from balaqorgau.signin import visits
from balaqorgau.signin.models import Visit
from tests.factories.appeals import REGION, publish_desks
from tests.integration.desk.office import Visitor, at_work, hired, sign_in, stranger

pytestmark = pytest.mark.django_db
ACCOUNT = "/desk/api/account"


@pytest.fixture(autouse=True)
def _desks(db: None) -> None:
    publish_desks()


@pytest.fixture
def login() -> LoginSecret:
    """The secret of an officer called aigul."""
    return hired("aigul", REGION)[1]


def browser(login: LoginSecret) -> Visitor:
    """One more browser with aigul's console."""
    visitor = stranger()
    assert sign_in(visitor, "aigul", login).status_code == 200
    return visitor


def listed(visitor: Visitor) -> list[dict[str, Any]]:
    """The visits as this browser is told of them."""
    rows: list[dict[str, Any]] = visitor.get(ACCOUNT).json()["visits"]
    return rows


def test_every_visit_is_listed_and_one_is_here(login: LoginSecret) -> None:
    first, second = browser(login), browser(login)
    assert [row["here"] for row in listed(second)] == [True, False]
    assert [row["here"] for row in listed(first)] == [False, True]
    assert {row["how"] for row in listed(first)} == {"alone"}


def test_a_visit_ends_from_another_browser(login: LoginSecret) -> None:
    lost, mine = browser(login), browser(login)
    other = next(row for row in listed(mine) if not row["here"])
    assert mine.post(f"{ACCOUNT}/visits/{other['id']}/end").status_code == 200
    assert len(listed(mine)) == 1
    assert AuditRow.objects.filter(act="visit-ended").count() == 1
    answer = lost.get("/desk/api/keys")
    assert (answer.status_code, answer.json()) == (401, {"error": "signed_out"})


def test_signing_out_ends_the_visit(login: LoginSecret) -> None:
    gone, mine = browser(login), browser(login)
    assert gone.post("/desk/api/sign-out").status_code == 200
    assert len(listed(mine)) == 1


def test_signing_in_again_in_the_same_browser_is_one_visit(login: LoginSecret) -> None:
    mine = browser(login)
    assert sign_in(mine, "aigul", login).status_code == 200
    assert len(listed(mine)) == 1


def test_nobody_ends_somebody_else_s_visit(login: LoginSecret) -> None:
    mine = browser(login)
    visit = listed(mine)[0]["id"]
    assert at_work("bolat", REGION).post(f"{ACCOUNT}/visits/{visit}/end").status_code == 404
    assert mine.get("/desk/api/me").status_code == 200


def test_an_officer_who_is_shut_out_is_out_everywhere(login: LoginSecret) -> None:
    browsers = [browser(login), browser(login)]
    assert visits.end_all(Officer.objects.get(), now=clock.now()) == 2
    assert [one.get("/desk/api/me").status_code for one in browsers] == [401, 401]


def test_a_session_without_a_visit_is_none(login: LoginSecret) -> None:
    mine = browser(login)
    Visit.objects.all().delete()
    assert mine.get("/desk/api/me").status_code == 401


def test_old_visits_are_swept(login: LoginSecret) -> None:
    browser(login)
    assert visits.forget_old(now=clock.now()) == 0
    assert visits.forget_old(now=clock.now() + timedelta(hours=13)) == 1
