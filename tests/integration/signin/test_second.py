"""A second factor: needed before anything else, shown after the passphrase, worth nothing twice, slow to guess."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import override_settings

from balaqorgau.accounts.models import Officer
from balaqorgau.accounts.passphrases import LoginSecret
from balaqorgau.audit.models import AuditRow
from balaqorgau.kernel import clock
from balaqorgau.kernel.clock import unix
from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.signin import actions, totp
from balaqorgau.signin.models import Factor
from tests.factories.appeals import REGION, publish_desks
from tests.integration.desk.office import Visitor, hired, sign_in, stranger
from tests.integration.signin.phone import Passkey

pytestmark = pytest.mark.django_db
ACCOUNT = "/desk/api/account"


@pytest.fixture(autouse=True)
def _desks(db: None) -> None:
    publish_desks()


@pytest.fixture
def login() -> LoginSecret:
    """The secret of an officer called aigul."""
    return hired("aigul", REGION)[1]


@pytest.fixture
def officer(login: LoginSecret) -> Visitor:
    """Aigul, signed in with the passphrase alone."""
    visitor = stranger()
    assert sign_in(visitor, "aigul", login).json()["second"] == "advised"
    return visitor


def add_app(visitor: Visitor, login: bytes) -> bytes:
    """Scan the picture, type the digits; the app's secret."""
    key: bytes = unb64(visitor.post(f"{ACCOUNT}/apps/new").json()["key"])
    body = {"secret": b64(login), "label": "phone", "key": b64(key), "code": digits(key)}
    assert visitor.post(f"{ACCOUNT}/apps", body).status_code == 200
    return key


def add_passkey(visitor: Visitor, login: bytes, passkey: Passkey) -> Any:
    """Make a passkey where the console asks for it."""
    options = visitor.post(f"{ACCOUNT}/passkeys/new").json()["options"]
    body = {"secret": b64(login), "label": "key", "credential": passkey.make(options)}
    return visitor.post(f"{ACCOUNT}/passkeys", body)


def digits(key: bytes, *, later: int = 0) -> str:
    """What the app shows so many half minutes from now."""
    return totp.code_at(key, unix(clock.now()) // totp.STEP + later)


def half_in(login: bytes) -> Visitor:
    """Another browser, with the right passphrase and nothing else yet."""
    visitor = stranger()
    answer = sign_in(visitor, "aigul", login)
    assert answer.json()["second"] in ({"app": True, "passkey": False}, {"app": False, "passkey": True})
    return visitor


def type_code(visitor: Visitor, code: str) -> Any:
    """Type six digits."""
    answer = visitor.post("/desk/api/second/code", {"code": code})
    visitor.csrf = answer.json().get("csrf", visitor.csrf)
    return answer


def show(visitor: Visitor, passkey: Passkey) -> Any:
    """Touch the passkey."""
    options = visitor.post("/desk/api/second/options").json()["options"]
    return visitor.post("/desk/api/second/passkey", {"credential": passkey.show(options)})


def test_with_an_app_the_passphrase_alone_opens_nothing(officer: Visitor, login: LoginSecret) -> None:
    key = add_app(officer, login)
    visitor = half_in(login)
    assert visitor.get("/desk/api/me").status_code == 401
    assert visitor.get("/desk/api/keys").status_code == 401
    assert type_code(visitor, digits(key, later=1)).json()["second"] == "set"
    assert visitor.get("/desk/api/keys").status_code == 200


def test_an_app_s_digits_serve_once(officer: Visitor, login: LoginSecret) -> None:
    key = add_app(officer, login)
    code = digits(key, later=1)
    assert type_code(half_in(login), code).status_code == 200
    assert type_code(half_in(login), code).status_code == 401
    assert type_code(half_in(login), digits(key)).status_code == 401


def test_digits_of_another_minute_are_refused(officer: Visitor, login: LoginSecret) -> None:
    key = add_app(officer, login)
    for later in (-3, 3, 4):
        assert type_code(half_in(login), digits(key, later=later)).json()["error"] == "wrong_code"


def test_guessing_digits_gets_slower_up_to_a_quarter_of_an_hour(officer: Visitor, login: LoginSecret) -> None:
    add_app(officer, login)
    aigul, now = Officer.objects.get(), clock.now()
    for _ in range(20):
        with pytest.raises(actions.SecondRefused):
            actions.try_code(aigul, "no", now=now)
        now += actions.LONGEST_WAIT
    with pytest.raises(actions.SlowDown) as refused:
        actions.try_code(aigul, "no", now=now - timedelta(seconds=1))
    assert refused.value.seconds == 1
    assert AuditRow.objects.filter(act="second-factor-failed", subject=str(aigul.signer)).count() == 20


def test_wrong_digits_do_not_slow_the_passphrase_of_the_same_name(officer: Visitor, login: LoginSecret) -> None:
    add_app(officer, login)
    for _ in range(3):
        assert type_code(half_in(login), "000 000").status_code == 401
    answer = type_code(half_in(login), "000 000")
    assert (answer.status_code, answer.json()) == (429, {"error": "slow_down", "seconds": 1})
    assert sign_in(stranger(), "aigul", login).status_code == 200


def test_an_app_s_secret_is_kept_sealed_and_is_never_told_again(officer: Visitor, login: LoginSecret) -> None:
    key = add_app(officer, login)
    factor = Factor.objects.get()
    assert key not in bytes(factor.secret)
    assert b64(key) not in officer.get(ACCOUNT).content.decode()
    with pytest.raises(ValueError, match="another key"):
        totp.opened(factor.secret, "another officer")


def test_an_app_that_does_not_show_the_digits_is_not_kept(officer: Visitor, login: LoginSecret) -> None:
    body = {"secret": b64(login), "label": "phone", "key": b64(bytes(20)), "code": "000000"}
    with patch("balaqorgau.signin.totp.code_at", return_value="111111"):
        assert officer.post(f"{ACCOUNT}/apps", body).json()["error"] == "wrong_code"
    assert not Factor.objects.exists()


def test_a_passkey_lets_in(officer: Visitor, login: LoginSecret) -> None:
    passkey = Passkey()
    assert add_passkey(officer, login, passkey).json()["factors"][0]["kind"] == "passkey"
    assert show(half_in(login), passkey).json()["second"] == "set"


@pytest.mark.parametrize("wrong", [{"origin": "https://elsewhere.example"}, {"verified": False}])
def test_a_passkey_of_another_place_or_without_a_finger_is_refused(
    officer: Visitor, login: LoginSecret, wrong: dict[str, Any]
) -> None:
    assert add_passkey(officer, login, Passkey(**wrong)).status_code == 422
    passkey = Passkey()
    add_passkey(officer, login, passkey)
    passkey.origin = wrong.get("origin", passkey.origin)
    passkey.verified = wrong.get("verified", True)
    assert show(half_in(login), passkey).json()["error"] == "wrong_passkey"


def test_a_copied_passkey_that_counts_from_before_is_refused(officer: Visitor, login: LoginSecret) -> None:
    passkey = Passkey()
    add_passkey(officer, login, passkey)
    assert show(half_in(login), passkey).status_code == 200
    passkey.counter = 0
    assert show(half_in(login), passkey).status_code == 401


def test_somebody_else_s_passkey_is_refused(officer: Visitor, login: LoginSecret) -> None:
    add_passkey(officer, login, Passkey())
    assert show(half_in(login), Passkey()).status_code == 401


def test_an_answer_to_an_old_question_is_refused(officer: Visitor, login: LoginSecret) -> None:
    passkey = Passkey()
    add_passkey(officer, login, passkey)
    visitor = half_in(login)
    options = visitor.post("/desk/api/second/options").json()["options"]
    answer = {"credential": passkey.show(options)}
    assert visitor.post("/desk/api/second/passkey", {"credential": Passkey().show(options)}).status_code == 401
    assert visitor.post("/desk/api/second/passkey", answer).status_code == 401


def test_what_changes_the_ways_in_is_written_down(officer: Visitor, login: LoginSecret) -> None:
    add_app(officer, login)
    factor = add_passkey(officer, login, Passkey()).json()["factors"][1]
    path = f"{ACCOUNT}/factors/{factor['id']}"
    officer.post(f"{path}/unlocker", {"salt": b64(bytes(32)), "blob": b64(bytes(9))})
    officer.post(f"{path}/remove", {"secret": b64(login)})
    rows = AuditRow.objects.filter(actor=str(Officer.objects.get().signer)).order_by("id")
    told = [(row.act, row.detail) for row in rows if row.act != "signed-in"]
    assert told == [
        ("factor-added", "totp"),
        ("factor-added", "passkey"),
        ("passkey-unlocks", factor["id"]),
        ("factor-removed", "passkey"),
    ]


def test_a_passkey_is_kept_once(officer: Visitor, login: LoginSecret) -> None:
    passkey = Passkey()
    add_passkey(officer, login, passkey)
    assert add_passkey(officer, login, passkey).json()["error"] == "have_it"


def test_half_a_sign_in_lasts_five_minutes(officer: Visitor, login: LoginSecret) -> None:
    key = add_app(officer, login)
    visitor = half_in(login)
    with patch("balaqorgau.kernel.clock.now", return_value=clock.now() + timedelta(minutes=6)):
        assert type_code(visitor, digits(key)).json()["error"] == "signed_out"


@override_settings(SECOND_FACTOR=True)
def test_without_a_second_factor_nothing_but_getting_one_is_possible(login: LoginSecret) -> None:
    visitor = stranger()
    assert sign_in(visitor, "aigul", login).json()["second"] == "missing"
    for path in ("keys", "inbox", "directory"):
        answer = visitor.get(f"/desk/api/{path}")
        assert (answer.status_code, answer.json()["error"]) == (403, "second_factor_missing")
    assert visitor.get("/desk/waking/").status_code == 401
    add_app(visitor, login)
    assert visitor.get("/desk/api/keys").status_code == 200


def test_who_changes_the_ways_in_knows_the_passphrase(officer: Visitor, login: LoginSecret) -> None:
    key = add_app(officer, login)
    wrong = {"secret": b64(bytes(32)), "label": "phone", "key": b64(key), "code": digits(key)}
    assert officer.post(f"{ACCOUNT}/apps", wrong).json()["error"] == "wrong_passphrase"
    pk = Factor.objects.get().pk
    assert officer.post(f"{ACCOUNT}/factors/{pk}/remove", wrong).json()["error"] == "wrong_passphrase"


def test_the_last_factor_stays(officer: Visitor, login: LoginSecret) -> None:
    add_app(officer, login)
    first = Factor.objects.get()
    body = {"secret": b64(login)}
    assert officer.post(f"{ACCOUNT}/factors/{first.pk}/remove", body).json()["error"] == "last_factor"
    add_passkey(officer, login, Passkey())
    assert officer.post(f"{ACCOUNT}/factors/{first.pk}/remove", body).status_code == 200
    assert [factor.kind for factor in Factor.objects.all()] == ["passkey"]


def test_another_officer_s_factor_cannot_be_named(officer: Visitor, login: LoginSecret) -> None:
    add_app(officer, login)
    _, other = hired("bolat", REGION)
    visitor = stranger()
    sign_in(visitor, "bolat", other)
    pk = Factor.objects.get().pk
    assert visitor.post(f"{ACCOUNT}/factors/{pk}/remove", {"secret": b64(other)}).status_code == 404
    assert (
        visitor.post(f"{ACCOUNT}/factors/{pk}/unlocker", {"salt": b64(bytes(32)), "blob": b64(bytes(9))}).status_code
        == 404
    )


def test_a_passkey_that_unlocks_is_told_with_the_keys(officer: Visitor, login: LoginSecret) -> None:
    passkey = Passkey()
    factor = add_passkey(officer, login, passkey).json()["factors"][0]
    assert officer.get("/desk/api/keys").json()["unlockers"] == []
    body = {"salt": b64(bytes(32)), "blob": b64(b"sealed by the browser")}
    assert officer.post(f"{ACCOUNT}/factors/{factor['id']}/unlocker", body).json()["factors"][0]["unlocks"]
    assert officer.get("/desk/api/keys").json()["unlockers"] == [{"credential": b64(passkey.credential), **body}]


def test_nobody_has_more_than_ten(officer: Visitor, login: LoginSecret) -> None:
    for _ in range(actions.MOST):
        assert add_passkey(officer, login, Passkey()).status_code == 200
    assert add_passkey(officer, login, Passkey()).json()["error"] == "too_many"


def test_who_begins_anew_has_none_of_the_old_ones(officer: Visitor, login: LoginSecret) -> None:
    add_app(officer, login)
    aigul = Officer.objects.get()
    actions.forget_all(aigul, by=aigul.signer)
    assert not Factor.objects.exists()
    assert AuditRow.objects.filter(act="factors-forgotten").count() == 1
