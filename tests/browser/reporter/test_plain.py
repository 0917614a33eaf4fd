"""Without JavaScript: the plain form says what is different, sends, keeps what was typed, and reads the answer."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.house import House
from tests.browser.reporter.test_fit import (
    AXE,
    FINDINGS,
    SMALL_LETTERS,
    SMALL_TARGETS,
    SMALLEST_LETTERS,
    SMALLEST_TARGET,
    SPILL,
)
from tests.browser.reporter.walking import Scheme

REGION = "KZ-10"
SMALL_FIELDS = """smallest => [...document.querySelectorAll("input:not([type=hidden]), textarea, select")]
    .filter(one => !one.matches("[type=checkbox], [type=radio]"))
    .filter(one => parseFloat(getComputedStyle(one).fontSize) < smallest)
    .map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def page(chromium: Browser, house: House) -> Iterator[Page]:
    """A narrow phone whose browser runs no scripts."""
    context = chromium.new_context(
        base_url=house.url, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    yield context.new_page()
    context.close()


def filled(page: Page, text: str, language: str = "kk") -> None:
    """A form with everything in it."""
    page.goto(f"/plain/?language={language}")
    page.locator("#region").select_option(REGION)
    page.locator("#school").fill("abcd-1234")
    page.locator("input[value=r01]").check()
    page.locator("#text").fill(text)
    page.locator("input[value=other_child]").check()
    page.locator("input[value=unsure]").check()
    page.locator('input[value="10_13"]').check()


def send(page: Page) -> list[str]:
    """Sends the form; the six words."""
    page.locator("form .main").click()
    words = page.locator(".receipt ol li")
    expect(words).to_have_count(6)
    return words.all_text_contents()


def read(page: Page, receipt: str) -> None:
    """Opens the mailbox."""
    page.goto("/plain/answer/")
    page.locator("#words").fill(receipt)
    page.locator("form .main").click()


def test_the_full_page_leads_to_the_plain_one(page: Page) -> None:
    page.goto("/ru/")
    page.locator("main a[href^='/plain/']").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("form")).to_be_visible()


def test_what_is_different_is_said_before_anything_is_asked(page: Page) -> None:
    page.goto("/plain/?language=en")
    first = page.locator("main > *").nth(1)
    expect(first).to_contain_text("The server sees the words while it answers")
    expect(first).to_contain_text("pictures")


def test_a_letter_goes_and_is_read_and_answered_to_with_words_or_digits(page: Page) -> None:
    filled(page, "Қағазсыз <b>хат</b> & 'тағы'\nекінші жол")
    words = send(page)
    digits = page.locator(".digits").inner_text()
    for receipt in (" ".join(words), " ".join(words).upper(), digits):
        read(page, receipt)
        expect(page.locator("article")).to_contain_text("Қағазсыз <b>хат</b> & 'тағы'")
        expect(page.locator(".note")).to_contain_text("Серверден қорғалмаған")
    page.locator("#text").fill("Тағы бір сөз")
    page.locator("button[value=write]").click()
    expect(page.locator("article")).to_have_count(2)
    expect(page.locator("article").nth(1)).to_contain_text("Тағы бір сөз")
    assert page.url.endswith("/plain/answer/")


def test_a_mistake_keeps_everything_that_was_typed(page: Page) -> None:
    filled(page, "Бұл сөз қалады")
    page.locator("#region").select_option("")
    page.locator("form .main").click()
    expect(page.locator("[role=alert]")).to_contain_text("Өңірді таңда")
    assert_kept(page, "")


def test_a_change_of_language_keeps_everything_that_was_typed(page: Page) -> None:
    filled(page, "Бұл сөз қалады")
    page.locator("button[name=switch][value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert_kept(page, REGION)
    page.locator("form .main").click()
    expect(page.locator("h1")).to_have_text("Your letter has arrived")


def assert_kept(page: Page, region: str) -> None:
    """The form is as it was filled."""
    assert page.locator("#region").input_value() == region
    assert page.locator("#school").input_value() == "abcd-1234"
    assert page.locator("#text").input_value() == "Бұл сөз қалады"
    for value in ("r01", "other_child", "unsure", "10_13"):
        expect(page.locator(f"input[value='{value}']")).to_be_checked()


def test_enter_in_a_field_sends_and_does_not_change_the_language(page: Page) -> None:
    filled(page, "Хат")
    page.locator("#school").press("Enter")
    expect(page.locator(".receipt")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "kk")


def test_a_letter_about_all_its_readers_is_kept_and_told(page: Page) -> None:
    filled(page, "Бұл сөз қалады")
    for office in ("region", "committee", "ombudsman"):
        page.locator(f"input[value={office}]").check()
    page.locator("form .main").click()
    expect(page.locator("[role=alert]")).to_contain_text("оқитын адам қалмады")
    assert_kept(page, REGION)


def test_a_letter_that_is_too_long_is_kept_and_told(page: Page) -> None:
    filled(page, "ж" * 40_000)
    page.locator("form .main").click()
    expect(page.locator("[role=alert]")).to_contain_text("тым ұзын")
    assert len(page.locator("#text").input_value()) == 40_000


def test_wrong_words_are_told_and_kept_and_never_in_the_address(page: Page) -> None:
    read(page, "алма алма алма алма алма алма")
    expect(page.locator("[role=alert]")).to_contain_text("хат таппадық")
    assert page.locator("#words").input_value() == "алма алма алма алма алма алма"
    assert page.url.endswith("/plain/answer/")


def test_a_letter_is_erased_and_brought_back(page: Page) -> None:
    filled(page, "Өшірілсін")
    words = send(page)
    read(page, " ".join(words))
    page.locator("button[value=erase]").click()
    expect(page.locator("main")).not_to_contain_text("Өшірілсін")
    page.locator("button[value=withdraw]").click()
    expect(page.locator("article")).to_contain_text("Өшірілсін")


def test_the_plain_pages_set_no_cookie_and_are_never_stored(page: Page) -> None:
    caches: list[str] = []
    page.on("response", lambda one: caches.append(one.headers["cache-control"]) if "/plain/" in one.url else None)
    filled(page, "Хат")
    read(page, " ".join(send(page)))
    expect(page.locator("article")).to_be_visible()
    assert len(caches) == 4
    assert all("no-store" in cache for cache in caches)
    assert page.context.cookies() == []


def views(page: Page, language: str) -> Iterator[str]:
    """Every plain page, one after the other: the form, filled in and with mistakes, receipt, mailbox, thread, erased."""
    page.goto(f"/plain/?language={language}")
    yield "form"
    filled(page, "Хат " + "ұзынсөз" * 30, language)
    page.locator("#region").select_option("")
    page.locator("form .main").click()
    yield "mistake"
    page.locator("#region").select_option(REGION)
    words = send(page)
    yield "receipt"
    page.goto(f"/plain/answer/?language={language}")
    yield "mailbox"
    page.locator("#words").fill("a b c")
    page.locator("form .main").click()
    yield "wrong words"
    page.locator("#words").fill(" ".join(words))
    page.locator("form .main").click()
    expect(page.locator("article")).to_be_visible()
    yield "thread"
    page.locator("button[value=erase]").click()
    expect(page.locator("button[value=withdraw]")).to_be_visible()
    yield "erased"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_axe_finds_nothing_on_the_plain_pages_and_nothing_spills(
    chromium: Browser, house: House, language: str, scheme: Scheme
) -> None:
    context = chromium.new_context(
        base_url=house.url, viewport={"width": 320, "height": 640}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    assert {view: found for view in views(page, language) if (found := findings(page))} == {}
    context.close()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_plain_target_is_big_enough_for_a_thumb_and_every_letter_for_an_eye(
    chromium: Browser, house: House, language: str
) -> None:
    context = chromium.new_context(base_url=house.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    for view in views(page, language):
        assert page.evaluate(SMALL_TARGETS, SMALLEST_TARGET) == [], view
        assert page.evaluate(SMALL_LETTERS, SMALLEST_LETTERS) == [], view
        assert page.evaluate(SMALL_FIELDS, SMALLEST_LETTERS) == [], view
    context.close()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_plain_spills_sideways_at_twice_the_size(chromium: Browser, house: House, language: str) -> None:
    context = chromium.new_context(base_url=house.url, viewport={"width": 640, "height": 900}, bypass_csp=True)
    page = context.new_page()
    for view in views(page, language):
        page.add_style_tag(content="html { font-size: 225% }")
        assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 36
        assert page.evaluate(SPILL) <= 0, view
    context.close()


def findings(page: Page) -> list[str]:
    """What axe complains about in what is shown now, and whether it spills sideways."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(FINDINGS)) + (["spills"] if page.evaluate(SPILL) > 0 else [])
