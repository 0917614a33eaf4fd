"""Requests that no page of ours makes: forged, malformed, oversized, of the wrong kind."""

import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balaqorgau.accounts.models import Officer
from balaqorgau.appeals.models import Event, Thread
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64
from tests.factories.appeals import REGION
from tests.integration.desk.office import CSRF, Opened, Visitor, hired, sign_in, stranger

pytestmark = pytest.mark.django_db
FORGED = (403, {"error": "forged"})


def test_a_forged_act_is_refused_as_json(officer: Visitor, open_thread: Opened) -> None:
    officer.csrf = ""
    answer = officer.post(f"{open_thread.url}/opened", open_thread.opening())
    assert (answer.status_code, answer.json()) == FORGED
    assert not Event.objects.filter(kind="opened").exists()


def test_a_forgery_token_of_another_browser_is_refused(officer: Visitor, open_thread: Opened) -> None:
    officer.csrf = stranger().csrf
    answer = officer.post(f"{open_thread.url}/opened", open_thread.opening())
    assert (answer.status_code, answer.json()) == FORGED


def test_a_forgery_token_from_before_signing_out_is_refused() -> None:
    _, login = hired("somebody", REGION)
    visitor = stranger()
    assert sign_in(visitor, "somebody", login).status_code == 200
    assert visitor.post("/desk/api/sign-out").status_code == 200
    assert sign_in(visitor, "somebody", login).status_code == 403


def test_signing_in_in_another_tab_leaves_this_one_its_forgery_token() -> None:
    _, login = hired("somebody", REGION)
    visitor = stranger()
    assert sign_in(visitor, "somebody", login).status_code == 200
    tab = Visitor(visitor.client, visitor.csrf)
    assert sign_in(tab, "somebody", login).status_code == 200
    assert visitor.post("/desk/api/language", {"language": "ru"}).status_code == 204


def test_an_ended_session_is_told_so_although_its_forgery_token_ended_with_it(
    officer: Visitor, open_thread: Opened
) -> None:
    officer.client.cookies.clear()
    answer = officer.post(f"{open_thread.url}/opened", open_thread.opening())
    assert (answer.status_code, answer.json()) == (401, {"error": "signed_out"})


def test_signing_in_cannot_be_forged_either() -> None:
    _, login = hired("somebody", REGION)
    visitor = Visitor(Client(enforce_csrf_checks=True))
    assert sign_in(visitor, "somebody", login).status_code == 403


def test_a_request_from_another_origin_is_refused(officer: Visitor, open_thread: Opened) -> None:
    answer = officer.post(f"{open_thread.url}/opened", open_thread.opening(), Origin="https://evil.example")
    assert (answer.status_code, answer.json()) == FORGED


@pytest.mark.parametrize(
    "body", ["", "null", "[]", "5", '"text"', "{", "[" * 30_000, '{"seat": 5}', '{"seat": "a\\u0000b"}', "\xff"]
)
def test_a_body_that_is_not_what_was_asked_for_is_refused(officer: Visitor, open_thread: Opened, body: str) -> None:
    answer = officer.client.post(
        f"{open_thread.url}/opened", body.encode("latin-1"), content_type="application/json", headers=officer.token
    )
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_request")


def test_a_body_that_is_too_large_is_refused(officer: Visitor, open_thread: Opened) -> None:
    answer = officer.client.post(
        f"{open_thread.url}/opened", b" " * (17 * 1024 * 1024), content_type="application/json", headers=officer.token
    )
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_another_method_is_refused(officer: Visitor, open_thread: Opened, method: str) -> None:
    answer = getattr(officer.client, method)(open_thread.url, headers=officer.token)
    assert answer.status_code == 405


@pytest.mark.parametrize(
    "path", ["in/xx/", "in/<script>/", "code/../../settings.py", "code/%2e%2e/secret.js", "code/x.js"]
)
def test_an_address_that_was_made_up_shows_nothing(nobody: Visitor, path: str) -> None:
    answer = nobody.get(f"/desk/{path}")
    assert answer.status_code in (200, 404)
    assert b"<script>/" not in answer.content
    assert b"import " not in answer.content


def test_a_session_ends_after_half_an_hour_of_nothing(officer: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert officer.get("/desk/api/me").json() == {"error": "signed_out"}


def test_what_the_page_does_by_itself_does_not_keep_a_session_alive(
    officer: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now()
    for minutes in (20, 40):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: start + timedelta(minutes=minutes))
        answer = officer.get("/desk/api/inbox", **{"X-Background": "1"})
    assert answer.status_code == 401


def test_what_an_officer_does_keeps_a_session_alive_for_twelve_hours(
    officer: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now()
    found = []
    for minutes in range(25, 13 * 60, 25):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: start + timedelta(minutes=minutes))
        found.append(officer.get("/desk/api/me").status_code == 200)
    assert found == [minutes <= 12 * 60 for minutes in range(25, 13 * 60, 25)]


def test_signing_out_ends_the_session_on_the_server(officer: Visitor) -> None:
    kept = officer.client.cookies["desk"].value
    assert officer.post("/desk/api/sign-out").status_code == 200
    officer.client.cookies["desk"] = kept
    assert officer.get("/desk/api/me").status_code == 401


def test_signing_in_never_takes_a_session_key_that_was_there_before(officer: Visitor) -> None:
    _, login = hired("somebody", REGION)
    for planted in ("a" * 32, officer.client.cookies["desk"].value):
        visitor = stranger()
        visitor.client.cookies["desk"] = planted
        visitor.csrf = CSRF.search(visitor.get("/desk/").content.decode())[1]  # type: ignore[index]
        assert sign_in(visitor, "somebody", login).status_code == 200
        assert visitor.client.cookies["desk"].value != planted


@pytest.mark.parametrize("path", ["/desk/", "/desk/in/ru/", "/desk/waking/", "/desk/api/me", "/desk/nowhere"])
def test_a_stranger_who_looks_in_writes_nothing(path: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            Client().get(path)
        made_up = Client()
        made_up.cookies["desk"] = "a" * 32
        made_up.get(path)
    assert not [one["sql"] for one in asked if not one["sql"].startswith("SELECT")]
    assert not Session.objects.exists()


def test_asking_for_a_salt_and_guessing_begin_no_session(nobody: Visitor) -> None:
    assert nobody.post("/desk/api/salt", {"username": "nobody"}).status_code == 200
    assert sign_in(nobody, "nobody", bytes(32)).status_code == 401
    assert not Session.objects.exists()


def test_the_forgery_cookie_is_for_the_console_alone_and_no_script_reads_it(nobody: Visitor) -> None:
    cookie = nobody.client.cookies["desk_csrf"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/desk/", True, "Strict")
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


def test_a_new_login_secret_ends_every_session(officer: Visitor) -> None:
    Officer.objects.filter(username="of-the-desk").update(password="hmac-sha256$another")
    assert officer.get("/desk/api/me").status_code == 401


def test_an_officer_who_is_not_active_has_no_session(officer: Visitor) -> None:
    Officer.objects.filter(username="of-the-desk").update(is_active=False)
    assert officer.get("/desk/api/me").status_code == 401


def test_the_session_s_cookie_is_for_the_console_alone(officer: Visitor) -> None:
    cookie = officer.client.cookies["desk"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/desk/", True, "Strict")


@pytest.mark.parametrize("language", ["xx", "", "kk; DROP TABLE", "<b>", 5])
def test_only_a_language_of_the_pack_is_remembered(officer: Visitor, language: object) -> None:
    assert officer.post("/desk/api/language", {"language": language}).status_code == 400
    assert Officer.objects.get(username="of-the-desk").language == "en"


def test_the_console_speaks_the_officer_s_language(officer: Visitor) -> None:
    assert officer.post("/desk/api/language", {"language": "ru"}).status_code == 204
    assert '<html lang="ru"' in officer.get("/desk/").content.decode()


def test_the_console_s_page_has_no_word_of_any_appeal(officer: Visitor, nobody: Visitor, thread: Thread) -> None:
    for visitor in (officer, nobody):
        page = visitor.get("/desk/").content.decode()
        assert str(thread.pk) not in page
        assert b64(thread.commitment) not in page


def test_the_console_s_policy_allows_nothing_inline(nobody: Visitor) -> None:
    page = nobody.get("/desk/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert page.headers["Cache-Control"] == "no-store"


def test_what_is_put_into_the_page_as_json_cannot_break_out_of_it(nobody: Visitor) -> None:
    body = nobody.get("/desk/").content.decode()
    data = body.split('<script id="bootstrap" type="application/json">')[1].split("</script>")[0]
    assert json.loads(data)["language"] == "kk"
    assert "<" not in data


HOSTILE = ["'; DROP TABLE accounts_officer; --", '" OR ""="', "<script>alert(1)</script>", "%s%s%n", "../../etc/passwd"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_just_a_name_that_does_not_exist(nobody: Visitor, name: str) -> None:
    assert sign_in(nobody, name, bytes(32)).json() == {"error": "wrong_name_or_passphrase"}
    assert nobody.post("/desk/api/salt", {"username": name}).status_code == 200


def test_an_officer_s_own_name_is_shown_as_text(nobody: Visitor) -> None:
    officer, login = hired("hostile", REGION)
    Officer.objects.filter(pk=officer.pk).update(username="<b>bold</b>")
    assert sign_in(nobody, "<b>bold</b>", login).status_code == 200
    page = nobody.get("/desk/").content.decode()
    assert "<b>bold</b>" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
