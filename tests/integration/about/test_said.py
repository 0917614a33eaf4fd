"""What every face of the house says of itself: who is behind it, when people read, and that a text is still a draft."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from balaqorgau import pack
from balaqorgau.__main__ import main
from balaqorgau.kernel import clock
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.places import actions as places
from balaqorgau.publishing import publish_site
from tests.factories.appeals import REGION, publish_desks

pytestmark = pytest.mark.django_db
LANGUAGES = ("kk", "ru", "en")
NOTICES = ("privacy", "privacy-adults", "accessibility", "operator")
SECTIONS = {"privacy": 7, "privacy-adults": 7, "accessibility": 4, "operator": 3}
KZ = Path(pack.__file__).parents[3] / "packs" / "kz"


@pytest.fixture(autouse=True)
def _country(db: None) -> None:
    publish_desks()
    places.create_example_schools(pack.current(), by=OPERATOR)


def published(language: str, place: str = "") -> str:
    """A static page of the child's."""
    publish_site()
    folder = "" if language == pack.current().languages[0] else f"{language}/"
    return (Path(settings.SITE) / folder / place / "index.html").read_text(encoding="utf-8")


def faces(client: Client, language: str) -> dict[str, str]:
    """Every face in a language."""
    addresses = {
        "plain": f"/plain/?language={language}",
        "desk": f"/desk/in/{language}/",
        "tour": f"/tour/{language}/",
        "notice": f"/about/privacy/{language}/",
    }
    served = {name: client.get(address).content.decode() for name, address in addresses.items()}
    return {"child": published(language), "answer": published(language, "answer"), **served}


@pytest.fixture
def reviewed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """The same country after a native speaker has read every text of its first language."""
    folder = Path(shutil.copytree(KZ, tmp_path / "kz"))
    assert main(["pack", "review", str(folder)]) == 0
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    marks = {row["file"]: row["fingerprint"] for row in rows if row["language"] == "kk"}
    lines = [f'    {name}: {{by: "A reader", on: "2026-11-01", fingerprint: "{mark}"}}' for name, mark in marks.items()]
    (folder / "review.yaml").write_text("\n".join(["reviewed:", "  kk:", *lines]) + "\n", encoding="utf-8")
    pack.use(folder)
    yield
    pack.use(KZ)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_face_says_that_its_texts_are_drafts(client: Client, language: str) -> None:
    drafts = {pack.current().text(language, key) for key in ("child.bar.draft", "about.nav.unreviewed")}
    assert [name for name, page in faces(client, language).items() if not any(said in page for said in drafts)] == []


def test_what_a_native_speaker_has_read_is_no_draft_any_more_and_the_other_languages_are(
    client: Client, reviewed: None
) -> None:
    for language, is_draft in (("kk", False), ("ru", True)):
        drafts = {pack.current().text(language, key) for key in ("child.bar.draft", "about.nav.unreviewed")}
        assert {any(said in page for said in drafts) for page in faces(client, language).values()} == {is_draft}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_face_leads_to_who_is_behind_it(client: Client, language: str) -> None:
    for name, page in faces(client, language).items():
        assert f"/about/privacy{'-adults' if name == 'desk' else ''}/{language}/" in page, name


def said_of_hours(language: str) -> tuple[str, str]:
    """When people read, and whom to call meanwhile."""
    country = pack.current()
    hours, days = country.reading_hours, country.deadlines.answer_days
    when = country.text(language, "child.start.when", **{"from": hours.opens, "to": hours.closes, "days": days})
    return when, country.text(language, "child.start.night", line=country.main_helpline.number)


def plain_pages(client: Client, language: str) -> dict[str, str]:
    """The pages of the plain form, from the first to the open mailbox."""
    letter = {"language": language, "region": REGION, "text": "Хат"}
    done = client.post("/plain/", letter).content.decode()
    words = " ".join(re.findall(r"<li><b>([^<]+)</b></li>", done))
    return {
        "form": client.get(f"/plain/?language={language}").content.decode(),
        "form with a mistake": client.post("/plain/", {**letter, "region": ""}).content.decode(),
        "done": done,
        "mailbox": client.get(f"/plain/answer/?language={language}").content.decode(),
        "thread": client.post("/plain/answer/", {"language": language, "words": words}).content.decode(),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_child_is_told_when_people_read_and_whom_to_call_at_night(client: Client, language: str) -> None:
    pages = {"start": published(language), "answer": published(language, "answer"), **plain_pages(client, language)}
    when, night = said_of_hours(language)
    assert f"{pack.current().reading_hours.opens}–{pack.current().reading_hours.closes}" in when
    assert {name: [text for text in (when, night) if text not in page] for name, page in pages.items()} == {
        name: [] for name in pages
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hours_come_before_the_plain_form_asks_anything(client: Client, language: str) -> None:
    page = client.get(f"/plain/?language={language}").content.decode().partition("<form")[0]
    assert all(text in page for text in said_of_hours(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "never", ["ешкім оқымайды", "никто не читает", "никто не прочитает", "Nobody reads", "nobody reads"]
)
def test_nothing_says_that_nobody_reads_at_night_since_people_on_duty_are_woken(language: str, never: str) -> None:
    said = pack.current().namespace(language, "child") | pack.current().namespace(language, "plain")
    assert [key for key, text in said.items() if never in text] == []


PROMISES = {
    "kk": ("тырысамыз", "уәде бере алмаймыз"),
    "ru": ("попробуем", "обещать"),
    "en": ("we try", "cannot promise"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_waking_is_an_attempt_and_no_promise(language: str) -> None:
    said = pack.current().text(language, "child.safe.wake")
    assert all(words in said for words in PROMISES[language])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_has_all_its_sections_and_a_way_out(client: Client, name: str, language: str) -> None:
    page = client.get(f"/about/{name}/{language}/").content.decode()
    assert page.count("<h2>") == SECTIONS[name]
    assert f'data-to="{pack.current().exit_page}"' in page
    assert f"<title>{pack.current().text(language, 'child.title')}</title>" in page
    assert all(f"/about/{other}/{language}/" in page for other in NOTICES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_operator_is_named_with_its_legal_basis_and_every_helpline(client: Client, language: str) -> None:
    page = unescape(client.get(f"/about/operator/{language}/").content.decode())
    country = pack.current()
    assert country.operator.names[language] in page
    assert all(f"{basis.act[language]} {basis.number}" in page for basis in country.legal)
    assert all(f"{line.number}:" in page for line in country.helplines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_notice_promises_an_expiry_that_does_not_exist(client: Client, language: str) -> None:
    kept = pack.current().text(language, "about.privacy_adult.s5_text")
    assert {"kk": "өздігінен жойылмайды", "ru": "само оно не исчезает", "en": "does not expire by itself"}[
        language
    ] in kept


def test_security_txt_says_where_to_write_and_until_when(client: Client) -> None:
    lines = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().strip().splitlines()
    )
    assert lines["Contact"] == pack.current().operator.contact["security"]
    until = datetime.fromisoformat(lines["Expires"].replace("Z", "+00:00")).astimezone(UTC)
    assert clock.now() + timedelta(days=30) < until < clock.now() + timedelta(days=365)
    assert lines["Preferred-Languages"] == "kk, ru, en"
    assert lines["Canonical"].endswith("/.well-known/security.txt")
