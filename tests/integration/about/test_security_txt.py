"""security.txt (RFC 9116): whom to tell about a weakness, until when that is true, in which languages, at which address."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from balaqorgau import pack
from balaqorgau.kernel import clock

pytestmark = pytest.mark.django_db
PATH = "/.well-known/security.txt"
YEAR = timedelta(days=365)
FIELDS = {"Contact", "Expires", "Preferred-Languages", "Canonical"}


def fields(client: Client) -> dict[str, str]:
    """Its lines by their names; none may be there twice."""
    answer = client.get(PATH)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = [tuple(line.split(": ", 1)) for line in answer.content.decode().splitlines()]
    assert len(lines) == len({name for name, _ in lines})
    return dict(lines)


def expires(client: Client) -> datetime:
    """The moment after which nobody should trust it, as RFC 3339 writes moments."""
    return datetime.strptime(fields(client)["Expires"], "%Y-%m-%dT%H:%M:%S%z")


def test_it_has_every_field_once(client: Client) -> None:
    assert set(fields(client)) == FIELDS


def test_a_weakness_is_told_to_the_operator_s_own_contact(client: Client) -> None:
    contact = fields(client)["Contact"]
    assert contact == pack.current().operator.contact["security"]
    assert contact.startswith(("mailto:", "https://", "tel:"))


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=200), timedelta(days=3 * 365, hours=7)])
def test_it_is_valid_in_the_future_and_for_less_than_a_year(
    client: Client, monkeypatch: pytest.MonkeyPatch, later: timedelta
) -> None:
    now = clock.now() + later
    monkeypatch.setattr(clock, "now", lambda: now)
    assert now + timedelta(days=30) < expires(client) < now + YEAR


def test_it_names_every_language_of_the_country(client: Client) -> None:
    assert fields(client)["Preferred-Languages"].split(", ") == ["kk", "ru", "en"] == list(pack.current().languages)


def test_it_says_where_it_belongs(client: Client) -> None:
    assert fields(client)["Canonical"] == f"{settings.ORIGIN}{PATH}"


def test_it_is_only_read(client: Client) -> None:
    assert client.post(PATH).status_code == 405
