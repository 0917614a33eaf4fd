"""Signing in: a stretched secret opens a session, guesses get slower, and names that do not exist look like those that do."""

from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError, transaction

from balaqorgau.accounts import actions, credentials, pace, queries
from balaqorgau.accounts.models import Failures, Membership, Officer, WrappedIdentity
from balaqorgau.accounts.passphrases import LoginSecret
from balaqorgau.audit.models import AuditRow
from balaqorgau.directory.models import Desk
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64
from balaqorgau.kernel.signer import OPERATOR
from tests.factories.appeals import REGION, publish_desks
from tests.integration.desk.office import hired, sign_in, stranger

pytestmark = pytest.mark.django_db
WRONG = LoginSecret(bytes(32))
REFUSED = (401, {"error": "wrong_name_or_passphrase"})


@pytest.fixture(autouse=True)
def _desks(db: None) -> None:
    publish_desks()


@pytest.fixture
def login() -> LoginSecret:
    """The secret of an officer called aigul."""
    return hired("aigul", REGION)[1]


def fail(times: int, *, name: str = "aigul", now: datetime | None = None) -> None:
    """Guess wrongly so often, each time as soon as it is allowed."""
    moment = now or clock.now()
    for _ in range(times):
        moment += timedelta(seconds=pace.seconds_to_wait(name, now=moment))
        with pytest.raises(actions.SignInRefused):
            actions.sign_in(name, WRONG, now=moment)


def test_the_right_secret_signs_in_and_is_written_down(login: LoginSecret) -> None:
    answer = sign_in(stranger(), "aigul", login)
    assert answer.status_code == 200
    assert answer.json()["desks"] == [REGION]
    assert AuditRow.objects.filter(act="signed-in", actor=str(Officer.objects.get().signer)).count() == 1


def test_a_wrong_secret_and_an_unknown_name_get_the_same_answer(login: LoginSecret) -> None:
    wrong, unknown = sign_in(stranger(), "aigul", WRONG), sign_in(stranger(), "nobody", WRONG)
    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json()) == REFUSED
    assert set(wrong.headers) == set(unknown.headers)


def test_a_salt_tells_nothing_about_whether_a_name_exists(login: LoginSecret) -> None:
    visitor = stranger()
    known, unknown, again = (
        visitor.post("/desk/api/salt", {"username": name}).json() for name in ("aigul", "nobody", "nobody")
    )
    assert unknown == again
    assert {**known, "salt": ""} == {**unknown, "salt": ""}
    assert len(known["salt"]) == len(unknown["salt"])


def test_unknown_names_differ_in_their_salts() -> None:
    assert queries.stretching_for("nobody").salt != queries.stretching_for("somebody").salt


def test_an_unknown_name_is_checked_as_long_as_a_known_one(login: LoginSecret) -> None:
    with patch.object(credentials, "matches", wraps=credentials.matches) as matches:
        for name in ("aigul", "nobody"):
            with pytest.raises(actions.SignInRefused):
                actions.sign_in(name, WRONG, now=clock.now())
    assert matches.call_count == 2


def test_unknown_names_slow_down_like_known_ones(login: LoginSecret) -> None:
    now = clock.now()
    for name in ("aigul", "nobody"):
        fail(4, name=name, now=now)
    waits = {pace.seconds_to_wait(name, now=now + timedelta(seconds=1)) for name in ("aigul", "nobody")}
    assert waits == {2}


def test_three_failures_cost_nothing_and_the_fourth_must_wait(login: LoginSecret) -> None:
    fail(2)
    assert pace.seconds_to_wait("aigul", now=clock.now()) == 0
    fail(1)
    with pytest.raises(actions.SlowDown) as slow:
        actions.sign_in("aigul", WRONG, now=clock.now())
    assert slow.value.seconds == 1


def test_waiting_is_said_in_seconds_and_ends_with_the_right_secret(login: LoginSecret) -> None:
    fail(3)
    answer = sign_in(stranger(), "aigul", WRONG)
    assert (answer.status_code, answer.json()) == (429, {"error": "slow_down", "seconds": 1})
    assert answer.headers["Retry-After"] == "1"
    actions.sign_in("aigul", login, now=clock.now() + timedelta(seconds=2))
    assert not Failures.objects.exists()


def test_whoever_guesses_all_day_keeps_nobody_out(login: LoginSecret) -> None:
    for second in range(0, 600, 5):
        now = clock.now() + timedelta(seconds=second)
        with pytest.raises((actions.SignInRefused, actions.SlowDown)):
            actions.sign_in("aigul", WRONG, now=now)
        if second % 60 == 0:
            assert actions.sign_in("aigul", login, now=now + timedelta(milliseconds=200)).username == "aigul"


def test_nobody_is_ever_locked_out_for_longer_than_half_a_minute(login: LoginSecret) -> None:
    fail(30)
    assert pace.delay_after(10_000) == pace.LONGEST
    assert pace.seconds_to_wait("aigul", now=clock.now() + timedelta(hours=2)) == 0


def test_one_officer_s_failures_slow_nobody_else(login: LoginSecret) -> None:
    _, other = hired("bolat", REGION)
    fail(8)
    assert sign_in(stranger(), "bolat", other).status_code == 200


def test_failures_are_forgotten_after_an_hour(login: LoginSecret) -> None:
    fail(5, now=clock.now() - timedelta(hours=2))
    assert pace.forget_old(now=clock.now()) == 1
    assert not Failures.objects.exists()


def test_a_passphrase_typed_as_a_name_is_not_kept(login: LoginSecret) -> None:
    sign_in(stranger(), "alma kitap besik", WRONG)
    assert b"alma" not in bytes(Failures.objects.get().name)
    assert not AuditRow.objects.filter(act="sign-in-failed").exists()


def test_a_failure_of_a_known_name_is_written_down_without_an_actor(login: LoginSecret) -> None:
    sign_in(stranger(), "aigul", WRONG)
    assert AuditRow.objects.get(act="sign-in-failed").actor == "stranger:"


@pytest.mark.parametrize("secret", ["", "x", b64(bytes(31)), b64(bytes(33)), "+" * 43, None, 5, [], {}])
def test_what_is_no_secret_is_refused_before_anything_is_looked_up(login: LoginSecret, secret: object) -> None:
    answer = stranger().post("/desk/api/sign-in", {"username": "aigul", "secret": secret})
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_request")
    assert not Failures.objects.exists()


def test_a_name_that_is_too_long_is_refused() -> None:
    assert stranger().post("/desk/api/salt", {"username": "a" * 41}).status_code == 400


def test_an_officer_who_is_not_active_is_like_one_who_does_not_exist(login: LoginSecret) -> None:
    before = queries.stretching_for("aigul").salt
    Officer.objects.update(is_active=False)
    answer = sign_in(stranger(), "aigul", login)
    assert (answer.status_code, answer.json()) == REFUSED
    assert queries.stretching_for("aigul").salt != before


def test_the_kept_secret_cannot_be_used_to_sign_in(login: LoginSecret) -> None:
    kept = Officer.objects.get().password
    assert login.hex() not in kept
    assert b64(login) not in kept
    assert sign_in(stranger(), "aigul", credentials.keyed("login", login)).status_code == 401


def test_an_officer_gets_the_wrapped_keys_of_their_own_desks_only(login: LoginSecret) -> None:
    visitor = stranger()
    sign_in(visitor, "aigul", login)
    keys = visitor.get("/desk/api/keys").json()
    assert [(grant["desk"], grant["epoch"]) for grant in keys["grants"]] == [(REGION, 1)]


def test_a_name_is_taken_once(login: LoginSecret) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        hired("aigul", REGION)


def test_a_membership_is_held_once(login: LoginSecret) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(officer=Officer.objects.get(), desk_id=REGION, since=clock.now())


def test_an_identity_that_is_cheap_to_guess_is_refused_by_the_database(login: LoginSecret) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        WrappedIdentity.objects.update(memory_kib=1024)


def test_leaving_a_desk_is_written_down(login: LoginSecret) -> None:
    officer = Officer.objects.get()
    actions.leave(officer, Desk.objects.get(pk=REGION), by=OPERATOR)
    assert AuditRow.objects.get(act="officer-left").subject == f"desk:{REGION}"
    assert not queries.desks_of(officer).exists()
