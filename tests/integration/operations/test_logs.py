"""Logs say what went wrong in the program and nothing about who asked, from where, with what, for what."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.log import configure_logging

from balaqorgau.appeals import intake, mailbox, queries
from balaqorgau.logs import JsonLines
from tests.factories.appeals import Child, post_parcel, publish_desks

pytestmark = pytest.mark.django_db

ADDRESS = "203.0.113.77"
AGENT = "ChildsPhone/7f3a91"
WORD = "мен-жазған-сөз-7f3a91"
QUERY = "region-7f3a91"
WHO = {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT, "HTTP_REFERER": f"https://elsewhere.example/{WORD}"}
SECRETS = (ADDRESS, AGENT, WORD, QUERY, "elsewhere")
ALLOWED = {"at", "level", "logger", "message", "method", "route", "status", "milliseconds"}


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that is logged, as it would reach the journal, at every level."""
    root = logging.getLogger()
    kept = (root.handlers, root.level)
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    heard = io.StringIO()
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(heard)
    root.setLevel(logging.DEBUG)
    yield heard
    root.handlers, level = kept
    root.setLevel(level)


@pytest.fixture
def client() -> Client:
    """A phone whose server does not fall over with it: failures become answers."""
    return Client(raise_request_exception=False)


def said(lines: io.StringIO) -> list[dict[str, Any]]:
    """The lines as objects; each line is one."""
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def send(client: Client) -> Any:
    """An appeal from somebody who could be recognised."""
    sealed = Child().seal(WORD)
    return post_parcel(client, f"/api/appeals?{QUERY}", sealed.form(), sealed.parts(), **WHO)


def check(lines: io.StringIO) -> None:
    """No secret is in the lines, and no field but the few that are allowed."""
    found = json.dumps(said(lines), ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in found] == []
    assert {key for line in said(lines) for key in line} <= ALLOWED


def broken(*_arguments: Any, **_named: Any) -> Any:
    """Fails with words in its mouth, as libraries do."""
    raise RuntimeError(f"cannot store {WORD} of {ADDRESS}")


def test_an_appeal_is_taken_without_a_line(client: Client, lines: io.StringIO) -> None:
    publish_desks()
    assert send(client).status_code == 201
    check(lines)
    assert [line for line in said(lines) if line["level"] not in ("debug", "info")] == []


def test_a_failure_names_its_place_and_nobody(
    client: Client, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_desks()
    monkeypatch.setattr(intake.writer, "write", broken)
    assert send(client).status_code == 500
    check(lines)
    errors = [line for line in said(lines) if line["level"] == "error"]
    assert any(line["message"].startswith("RuntimeError at ") for line in errors)
    assert {line["route"] for line in errors if "route" in line} == {"appeals:appeals"}


def test_a_failure_while_reading_a_mailbox_names_nobody(
    client: Client, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "thread_at", broken)
    monkeypatch.setattr(mailbox, "contents", broken)
    body = json.dumps({"token": Child().token, "note": WORD})
    answer = client.post(f"/api/mailbox?{QUERY}", body, content_type="application/json", **WHO)
    assert answer.status_code == 500
    check(lines)
    assert said(lines)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", f"/{WORD}?{QUERY}", ""),
        ("get", f"/desk/{WORD}/?{QUERY}", ""),
        ("get", f"/plain/?{QUERY}={WORD}", ""),
        ("put", f"/api/appeals?{QUERY}", WORD),
        ("post", f"/api/appeals?{QUERY}", WORD),
        ("post", f"/api/mailbox?{QUERY}", WORD),
        ("post", f"/desk/api/session?{QUERY}", WORD),
    ],
)
def test_a_refused_request_names_nobody(method: str, path: str, body: str, client: Client, lines: io.StringIO) -> None:
    getattr(client, method)(path, body or None, **({"content_type": "text/plain"} if body else {}), **WHO)
    check(lines)


def test_an_unknown_host_is_not_repeated(client: Client, lines: io.StringIO, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["balaqorgau.example"]
    client.get(f"/desk/?{QUERY}", HTTP_HOST=f"{QUERY}.example", **WHO)
    client.post("/plain/", {"text": WORD}, HTTP_HOST=f"{QUERY}.example", **WHO)
    check(lines)


def test_words_of_a_foreign_logger_are_left_out(lines: io.StringIO) -> None:
    logging.getLogger("library").error("could not read %s from %s", WORD, ADDRESS)
    logging.getLogger("library").warning("with an error", exc_info=RuntimeError(WORD))
    check(lines)
    assert next(line["message"] for line in said(lines)) == "could not read"


def test_an_exception_outside_of_any_frame_is_named_too() -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 0, WORD, (), (RuntimeError, RuntimeError(WORD), None))
    assert json.loads(JsonLines().format(record))["message"] == "RuntimeError at ?"


def test_there_is_no_other_way_out(lines: io.StringIO) -> None:
    """No logger but the root has a handler, so that nothing is printed or mailed past the JSON lines."""
    named = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    others = [logger for logger in named if logger.handlers or not logger.propagate]
    assert [logger.name for logger in others if logger.name.startswith(("django", "balaqorgau"))] == []
    assert isinstance(logging.getLogger().handlers[0].formatter, JsonLines)
