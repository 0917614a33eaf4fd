"""Pages of the house's own: the gallery, what is shown when nothing is there, and the tour's first minute."""

import io
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from PIL import Image

from balaqorgau import pack
from balaqorgau.accounts.queries import EXAMPLE_FILE
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.places import actions as places
from balaqorgau.ui import faults, views
from tests.factories.appeals import COMMITTEE, OMBUDSMAN, REGION, publish_desks

pytestmark = pytest.mark.django_db
LANGUAGES = ("kk", "ru", "en")
HEADINGS = {"kk": "1. Мектептегі плакат", "ru": "1. Плакат в школе", "en": "1. The poster at school"}


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """An example country with a school and four officers whose passphrases are written down."""
    publish_desks()
    places.create_example_schools(pack.current(), by=OPERATOR)
    officers = [
        {
            "username": f"{desk.lower()}-1",
            "name": "Officer",
            "desk": desk,
            "language": "kk",
            "passphrase": f"six of {desk}",
        }
        for desk in ("KZ-11", COMMITTEE, REGION, OMBUDSMAN)
    ]
    (tmp_path / EXAMPLE_FILE).write_text(json.dumps(officers))
    monkeypatch.setattr(settings, "VAR", tmp_path)
    return officers


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gallery_speaks_every_language(client: Client, language: str) -> None:
    page = client.get(f"/ui/{language}/")
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()


#: Classes that only arrange other parts, or stand for a part that shows nothing by itself.
ARRANGING = {"hero", "line", "paper", "plain", "unseen", "us", "attach", "events", "reasons", "letter"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_child_s_gallery_shows_every_class_of_the_child_s_style(client: Client, language: str) -> None:
    page = client.get(f"/ui/child/{language}/").content.decode()
    assert f'<html lang="{language}"' in page
    shown = {name for names in re.findall(r'class="([^"]+)"', page) for name in names.split()}
    style = (Path(__file__).parents[3] / "frontend" / "reporter" / "reporter.css").read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", style, flags=re.DOTALL)
    assert set(re.findall(r"\.([a-z]+)", rules)) - shown - ARRANGING == set()


@pytest.mark.parametrize("name", ["gallery", "child_gallery"])
def test_a_real_installation_has_no_gallery(monkeypatch: pytest.MonkeyPatch, rf: RequestFactory, name: str) -> None:
    from django.http import Http404

    monkeypatch.setattr(settings, "EXAMPLE", False)
    with pytest.raises(Http404):
        getattr(views, name)(rf.get("/ui/"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tour_begins_at_a_school_s_poster(client: Client, example: list[dict[str, str]], language: str) -> None:
    page = client.get(f"/tour/{language}/").content.decode()
    assert HEADINGS[language] in page
    assert f"#{REGION}." in page


def test_the_tour_shows_the_near_desks_first_and_the_others_folded(
    client: Client, example: list[dict[str, str]]
) -> None:
    near, _, folded = client.get("/tour/").content.decode().partition("<details>")
    assert near.index(f"six of {REGION}") < near.index(f"six of {COMMITTEE}") < near.index(f"six of {OMBUDSMAN}")
    assert "six of KZ-11" not in near
    assert "six of KZ-11" in folded


def test_the_tour_shows_no_passphrase_when_none_is_written_down(client: Client, example: list[dict[str, str]]) -> None:
    (settings.VAR / EXAMPLE_FILE).unlink()
    assert "six of" not in client.get("/tour/").content.decode()


def test_the_poster_is_shown_as_a_picture_of_its_page(client: Client, example: list[dict[str, str]]) -> None:
    answer = client.get("/tour/poster.png")
    picture = Image.open(io.BytesIO(answer.content))
    assert (answer.headers["Content-Type"], picture.format) == ("image/png", "PNG")
    assert picture.height / picture.width == pytest.approx(297 / 210, rel=0.01)


def test_the_tour_s_words_are_of_the_language_s_own_list(client: Client, example: list[dict[str, str]]) -> None:
    words = client.get("/tour/ru/").context["words"]
    assert len(set(words)) == 6
    assert set(words) <= set(pack.current().words("ru"))


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (lambda request: faults.not_found(request, Exception()), 404),
        (lambda request: faults.bad_request(request, Exception()), 400),
        (faults.failed, 500),
    ],
)
def test_a_fault_is_told_in_every_language_without_a_session(
    rf: RequestFactory, answer: object, status: int, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        response = answer(rf.get("/nowhere"))  # type: ignore[operator]
    assert response.status_code == status
    assert all(f'<section lang="{language}">' in response.content.decode() for language in LANGUAGES)


def test_a_fault_does_not_repeat_what_was_asked_for(rf: RequestFactory) -> None:
    response = faults.not_found(rf.get("/<script>alert(1)</script>"), Exception("secret"))
    assert b"alert(1)" not in response.content
    assert b"secret" not in response.content


def test_the_tab_s_picture_is_small_and_kept(client: Client) -> None:
    answer = client.get("/ui/tab.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert len(answer.content) < 400
