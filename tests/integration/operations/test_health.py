"""What machines that watch it are told, and that they are told nothing about anybody."""

import threading

import pytest
from django.db import DatabaseError
from django.test import Client

from balaqorgau import health

pytestmark = pytest.mark.django_db


def test_it_is_alive_and_ready(client: Client) -> None:
    assert (client.get("/healthz").status_code, client.get("/readyz").json()) == (200, {"ready": True})


def test_without_its_database_it_is_alive_and_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def cursor(self) -> None:
            raise DatabaseError("away")

        def close(self) -> None:
            """Nothing to give back."""

    monkeypatch.setattr(health, "connection", Away())
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "why": "database"})


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
def test_nobody_waits_for_a_database_that_hangs(client: Client, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    comes_back = threading.Event()
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.01)
    with monkeypatch.context() as hanging:
        hanging.setattr(health, "ask_database", lambda: comes_back.wait(60))
        answers = [client.get(path).status_code for _ in range(3)]
    assert not comes_back.is_set()
    assert answers == [503 if path == "/readyz" else 200] * 3
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 30)
    comes_back.set()
    assert client.get("/readyz").json() == {"ready": True}


def test_those_who_watch_are_answered_within_five_seconds() -> None:
    assert 2 * health.PATIENCE_SECONDS < 5


def test_metrics_are_for_this_machine_only(client: Client) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="192.0.2.7").status_code == 404
    assert client.get("/metrics", HTTP_FORWARDED="for=unknown").status_code == 404


def test_metrics_name_routes_and_nobody(client: Client) -> None:
    client.get("/secret-path-7f3a/?word=secret-word-7f3a", HTTP_USER_AGENT="secret-agent-7f3a")
    page = client.get("/metrics").content.decode()
    assert "7f3a" not in page
    assert 'route="healthz"' in page or "balaqorgau" in page


def test_only_reading_is_answered(client: Client) -> None:
    assert {client.post(path).status_code for path in ("/healthz", "/readyz", "/metrics")} == {405}
