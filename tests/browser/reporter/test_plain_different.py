"""Everything that the plain form says is different, sentence by sentence, is so."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, expect

from balaqorgau.pack import load
from tests.browser.desk.officer import enter, row
from tests.browser.desk.officer import read as open_at_desk
from tests.browser.house import House
from tests.browser.reporter.test_plain import REGION, read, send
from tests.browser.reporter.walking import HOMES, Child
from tests.browser.seizure import traces
from tests.unit.reporter.test_texts import sentences

KZ = load(Path(__file__).parents[3] / "packs" / "kz")
DANGER = "мен өлгім келеді"
Letter = Callable[[str], list[str]]


@pytest.fixture
def page(chromium: Browser, house: House) -> Iterator[Page]:
    """A phone whose browser runs no scripts."""
    context = chromium.new_context(base_url=house.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def word() -> str:
    """A word that only this story's child writes."""
    return f"тырна{secrets.randbelow(10**9)}"


def fill(page: Page, text: str) -> None:
    """The form with as little in it as it takes."""
    page.goto("/plain/")
    page.locator("#region").select_option(REGION)
    page.locator("#text").fill(text)


def letter(page: Page, text: str) -> list[str]:
    """A letter that arrived; its six words."""
    fill(page, text)
    return send(page)


@pytest.mark.parametrize("language", HOMES)
def test_as_much_is_said_as_is_proven_here(language: str) -> None:
    said = {key: len(sentences(KZ.text(language, f"plain.different_{key}"))) for key in ("text", "more", "choice")}
    assert (said["text"], said["more"]) == (4, 4)
    assert said["choice"] in (1, 2)


def test_the_phone_sends_the_words_open_and_the_server_locks_them(page: Page, house: House, word: str) -> None:
    fill(page, word)
    with page.expect_request("**/plain/") as sent:
        words = send(page)
    assert parse_qs(sent.value.post_data)["text"] == [word]
    assert not any(name in parse_qs(sent.value.post_data) for name in ("words", "receipt"))
    found = [path for path in house.kept_files() if traces(path.read_bytes(), [word, " ".join(words)])]
    assert found == []


def test_reading_and_writing_on_leave_no_open_word_in_any_file_either(page: Page, house: House, word: str) -> None:
    words = " ".join(letter(page, word))
    read(page, words)
    expect(page.locator("article")).to_contain_text(word)
    page.locator("#text").fill(f"тағы{word}")
    page.locator("button[value=write]").click()
    expect(page.locator("article")).to_have_count(2)
    assert [path for path in house.kept_files() if traces(path.read_bytes(), [word, words])] == []


def test_it_takes_neither_picture_nor_voice(page: Page) -> None:
    words = " ".join(letter(page, "Хат"))
    read(page, words)
    expect(page.locator("article")).to_have_count(1)
    for address in ("/plain/", "/plain/answer/"):
        page.goto(address)
        assert page.locator("input[type=file], [enctype], audio, video, [accept]").count() == 0


def test_a_picture_that_is_posted_all_the_same_is_not_kept(page: Page, house: House, word: str) -> None:
    form = {"language": "kk", "region": REGION, "text": word}
    picture = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8" + word.encode() * 999}
    answer = page.request.post("/plain/", multipart={**form, "file": picture})
    words = KZ.words("kk")
    assert answer.ok == (answer.text().count("<li><b>") == 6)
    assert [path for path in house.kept_files() if traces(path.read_bytes(), [word])] == []
    assert len(words) == 2048


def test_back_after_leaving_opens_it_again_with_or_without_scripts(chromium: Browser, house: House) -> None:
    for scripts in (True, False):
        context = chromium.new_context(base_url=house.url, java_script_enabled=scripts)
        context.route(f"{KZ.exit_page}**", lambda route: route.fulfill(body="elsewhere"))
        page = context.new_page()
        page.goto("/plain/")
        page.locator(".exit").click()
        page.wait_for_url(f"{KZ.exit_page}**")
        page.go_back()
        expect(page.locator("#region")).to_be_visible()
        context.close()


def test_a_double_escape_does_not_close_it(chromium: Browser, house: House) -> None:
    context = chromium.new_context(base_url=house.url)
    page = context.new_page()
    page.goto("/plain/")
    page.locator("#text").press("Escape")
    page.locator("#text").press("Escape")
    page.wait_for_timeout(500)
    expect(page.locator("#region")).to_be_visible()
    assert page.locator("script").count() == 0
    context.close()


def test_it_neither_reads_aloud_nor_shows_an_easy_layout(page: Page) -> None:
    for address in ("/plain/", "/plain/answer/"):
        page.goto(address)
        assert page.locator("#listen, #easy, audio").count() == 0
        for key in ("child.bar.listen", "child.bar.easy"):
            assert page.get_by_text(KZ.text("kk", key), exact=True).count() == 0


def test_it_does_not_notice_words_of_danger(page: Page, child: Child) -> None:
    child.open().write(DANGER)
    expect(child.page.locator("#danger .calls")).to_be_visible()
    fill(page, DANGER)
    before = page.locator(".urgent, .calls").count()
    page.locator("#region").select_option("")
    page.locator("form .main").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    assert page.locator("#text").input_value() == DANGER
    assert page.locator(".urgent, .calls").count() == before
    assert KZ.text("kk", "child.danger.title") not in page.content()


@pytest.mark.parametrize("language", HOMES)
def test_numbers_to_call_instead_are_on_every_page_of_it(page: Page, language: str) -> None:
    for address in ("/plain/", "/plain/answer/"):
        page.goto(f"{address}?language={language}")
        numbers = page.locator("#help .calls a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        assert numbers == [f"tel:{line.number}" for line in KZ.helplines]
        expect(page.locator("header a[href='#help']")).to_be_visible()


def test_the_full_page_is_one_tap_away(page: Page) -> None:
    for language, home in HOMES.items():
        page.goto(f"/plain/?language={language}")
        page.locator("main .note a").click()
        page.wait_for_url(f"**{home}")
        expect(page.locator("html")).to_have_attribute("lang", language)


def test_everybody_who_opens_such_a_letter_sees_that_the_server_locked_it(
    page: Page, child: Child, chromium: Browser, house: House, word: str
) -> None:
    words = " ".join(letter(page, word))
    read(page, words)
    expect(page.locator(".note")).to_have_text(KZ.text("kk", "plain.not_protected"))
    child.read(words)
    expect(child.page.locator("[data-t='thread.server']")).to_have_text(KZ.text("kk", "child.thread.server"))
    context = chromium.new_context(base_url=house.url, viewport={"width": 1280, "height": 900})
    desk, mark = context.new_page(), KZ.text("en", "console.protection.server")
    enter(desk, house, REGION, language="en")
    expect(row(desk, word).get_by_label(mark)).to_be_visible()
    first = open_at_desk(desk, word)
    expect(first.get_by_text(mark)).to_be_visible()
    expect(desk.locator("#facts")).to_contain_text(mark)
    expect(desk.get_by_text(KZ.text("en", "console.protection.server_long"))).to_be_visible()
    context.close()


def test_a_letter_that_the_phone_locked_bears_no_such_mark(
    child: Child, chromium: Browser, house: House, word: str
) -> None:
    words = child.open().write(word).send()
    child.read(" ".join(words))
    expect(child.thread).to_have_count(1, timeout=60_000)
    expect(child.page.locator("[data-t='thread.server']")).to_have_count(0)
    context = chromium.new_context(base_url=house.url, viewport={"width": 1280, "height": 900})
    desk, mark = context.new_page(), KZ.text("en", "console.protection.server")
    enter(desk, house, REGION, language="en")
    open_at_desk(desk, word)
    expect(desk.locator("#facts")).not_to_contain_text(mark)
    expect(desk.locator("#rows .row", has_text=word).get_by_label(mark)).to_have_count(0)
    context.close()
