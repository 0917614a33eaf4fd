"""The plain form: says first what is different, keeps what was typed, and its six words open the thread."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balaqorgau.appeals.models import Message, Thread
from balaqorgau.appeals.plain import quota
from balaqorgau.appeals.plain.quota import Quota
from tests.factories.appeals import COMMITTEE, OMBUDSMAN, REGION, desk_keys, publish_desks

pytestmark = pytest.mark.django_db
TEXT = "Мені <b>күнде</b> ренжітеді'; DROP TABLE appeals_thread; --"


@pytest.fixture(autouse=True)
def _desks(db: None) -> None:
    publish_desks()


def send(client: Client, **changes: Any) -> Any:
    """Fill in the form and press the button."""
    typed = {"language": "kk", "region": REGION, "text": TEXT, "reasons": ["r01"], "safe": "no"}
    return client.post("/plain/", {**typed, **changes})


def words_of(answer: Any) -> str:
    """The six words of a page."""
    found = re.findall(r"<li><b>([^<]+)</b></li>", answer.content.decode())
    assert len(found) == 6
    return " ".join(found)


def read(client: Client, words: str, **more: str) -> Any:
    """Open the mailbox."""
    return client.post("/plain/answer/", {"language": "kk", "words": words, **more})


@pytest.mark.parametrize(("language", "words"), [("kk", "сервер"), ("ru", "сервер"), ("en", "server")])
def test_it_says_before_anything_else_that_the_server_locks_the_letter(
    client: Client, language: str, words: str
) -> None:
    page = client.get(f"/plain/?language={language}").content.decode()
    assert words in page.partition("<form")[0]
    assert f'<html lang="{language}"' in page


@pytest.mark.parametrize("path", ["/plain/", "/plain/answer/"])
@pytest.mark.parametrize(
    "many",
    [
        {"reasons": ["r01"] * 1000},
        {"photo": [SimpleUploadedFile("photo.jpg", b"x") for _ in range(1000)]},
        {"text": "ұ" * 9_000_000},
    ],
    ids=["fields", "files", "letters"],
)
def test_a_thousand_tiny_files_or_fields_are_refused_in_words(path: str, many: dict[str, Any]) -> None:
    answer = Client(raise_request_exception=False).post(path, {"language": "kk", "region": REGION, "text": TEXT} | many)
    assert answer.status_code == 400
    assert '<html lang="kk"' in answer.content.decode()
    assert not Thread.objects.exists()


def test_an_unknown_language_is_the_first(client: Client) -> None:
    assert '<html lang="kk"' in client.get("/plain/?language=<script>").content.decode()


def test_a_letter_is_sealed_to_its_desks_and_marked_as_sealed_by_the_server(client: Client) -> None:
    assert send(client).status_code == 200
    thread = Thread.objects.get()
    assert (thread.protection, thread.safe) == ("server", "no")
    assert {grant.desk for grant in thread.grants.all()} == {REGION, OMBUDSMAN, "child"}
    assert TEXT.encode() not in bytes(Message.objects.get().ciphertext)


def test_what_it_is_about_never_gets_it(client: Client) -> None:
    send(client, about=["region"])
    assert {grant.desk for grant in Thread.objects.get().grants.all()} == {COMMITTEE, OMBUDSMAN, "child"}


def test_nobody_left_to_read_it_is_said_and_the_text_stays(client: Client) -> None:
    page = send(client, about=["region", "committee", "ombudsman"]).content.decode()
    assert "&lt;b&gt;күнде&lt;/b&gt;" in page
    assert not Thread.objects.exists()


@pytest.mark.parametrize("change", [{"region": ""}, {"region": "XX"}, {"school": "!!"}, {"text": "ұ" * 40_000}])
def test_a_fault_keeps_everything_that_was_typed(client: Client, change: dict[str, str]) -> None:
    page = send(client, **change).content.decode()
    assert 'role="alert"' in page
    assert (change.get("text") or "&lt;b&gt;күнде&lt;/b&gt;") in page
    assert 'value="r01" checked' in page
    assert 'value="no" checked' in page
    assert not Thread.objects.exists()


def test_changing_the_language_keeps_what_was_typed(client: Client) -> None:
    page = send(client, switch="ru").content.decode()
    assert '<html lang="ru"' in page
    assert "&lt;b&gt;күнде&lt;/b&gt;" in page
    assert not Thread.objects.exists()


def test_too_many_at_once_are_told_to_wait_and_lose_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "writing", Quota(a_minute=0))
    answer = send(client)
    assert answer.status_code == 503
    assert "&lt;b&gt;күнде&lt;/b&gt;" in answer.content.decode()


def test_the_six_words_open_the_thread_in_any_case_and_as_a_number(client: Client) -> None:
    page = send(client)
    digits = re.search(r'class="digits">([\d ]+)<', page.content.decode())
    assert digits
    for typed in (words_of(page), words_of(page).upper(), digits[1]):
        assert "&lt;b&gt;күнде&lt;/b&gt;" in read(client, typed).content.decode()


@pytest.mark.parametrize("typed", ["", "бір екі үш", "алма " * 6, "1" * 20, "9" * 20, "<script>"])
def test_words_that_open_nothing_say_so_and_stay(client: Client, typed: str) -> None:
    answer = read(client, typed)
    assert answer.status_code == 404
    assert "<script>" not in answer.content.decode()


def test_a_child_writes_on_and_erases_and_changes_its_mind(client: Client) -> None:
    words = words_of(send(client))
    assert "тағы бірдеңе" in read(client, words, act="write", text="тағы бірдеңе").content.decode()
    assert Message.objects.count() == 2
    hidden = read(client, words, act="erase").content.decode()
    assert "тағы бірдеңе" not in hidden
    assert Thread.objects.get().erase_due is not None
    assert "тағы бірдеңе" in read(client, words, act="withdraw").content.decode()
    assert Thread.objects.get().erase_due is None


def test_a_desk_reads_it_with_its_own_key(client: Client) -> None:
    from balaqorgau.sealed.appeal import open_grant, open_letter
    from balaqorgau.sealed.manifest import parse

    send(client)
    thread = Thread.objects.get()
    seed = open_grant(
        thread.grants.get(desk=REGION).ciphertext, desk_keys(REGION).identity, parse(thread.manifest.encode())
    )
    assert open_letter(thread.messages.get().ciphertext, seed)["text"] == TEXT


def test_nothing_is_cached_and_no_cookie_is_set(client: Client) -> None:
    for answer in (client.get("/plain/"), send(client), client.get("/plain/answer/")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies
