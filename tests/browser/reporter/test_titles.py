"""Whoever looks over a child's shoulder, or at the list of open pages, reads the same word that says nothing, everywhere."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.house import House
from tests.browser.reporter.test_fit import views
from tests.browser.reporter.test_plain import filled, send
from tests.browser.reporter.walking import ANSWERS, HOMES, SEALING_MS, STEPS, Child
from tests.browser.reporter.words import texts

NEUTRAL = {"kk": "Бет", "ru": "Страница", "en": "Page"}


@pytest.fixture
def unscripted(chromium: Browser, house: House) -> Iterator[Page]:
    """A browser that runs no scripts."""
    context = chromium.new_context(base_url=house.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", NEUTRAL)
def test_the_title_of_the_pack_says_nothing(house: House, language: str) -> None:
    assert texts(house, language)["title"] == NEUTRAL[language]


@pytest.mark.parametrize("language", HOMES)
def test_every_view_has_the_neutral_title_from_the_poster_to_the_mailbox(child: Child, language: str) -> None:
    titles = {view: child.page.title() for view in views(child, language)}
    assert len(titles) > len(STEPS)
    assert {view: title for view, title in titles.items() if title != NEUTRAL[language]} == {}


@pytest.mark.parametrize("path", [*HOMES.values(), *ANSWERS.values()])
def test_the_title_is_neutral_before_anything_has_loaded(unscripted: Page, path: str) -> None:
    unscripted.goto(path)
    language = unscripted.locator("html").get_attribute("lang") or ""
    assert unscripted.title() == NEUTRAL[language]


@pytest.mark.parametrize("language", HOMES)
def test_the_title_follows_the_language_and_stays_neutral(child: Child, language: str) -> None:
    page = child.page
    child.read(" ".join(child.open(language).write("Хат").send()), language)
    expect(child.thread).to_have_count(1, timeout=SEALING_MS)
    for other in (*NEUTRAL, language):
        page.locator(f".tools a[lang={other}]").click()
        expect(page).to_have_title(NEUTRAL[other])
    page.locator("#after [data-t='erase.title']").click()
    page.locator("#after [data-t='erase.yes']").click()
    expect(page.locator("[data-t='erase.undo']")).to_be_visible(timeout=SEALING_MS)
    expect(page).to_have_title(NEUTRAL[language])


@pytest.mark.parametrize("language", NEUTRAL)
def test_the_plain_form_has_the_neutral_title_at_every_turn(unscripted: Page, language: str) -> None:
    page = unscripted
    filled(page, "Хат", language)
    titles = [page.title()]
    page.locator("#region").select_option("")
    page.locator("form .main").click()
    titles.append(page.title())
    page.locator("#region").select_option("KZ-10")
    words = send(page)
    titles.append(page.title())
    page.goto(f"/plain/answer/?language={language}")
    titles.append(page.title())
    for receipt in ("a b c", " ".join(words)):
        page.locator("#words").fill(receipt)
        page.locator("form .main").click()
        titles.append(page.title())
    expect(page.locator("article")).to_be_visible()
    assert titles == [NEUTRAL[language]] * len(titles)


@pytest.mark.parametrize("language", NEUTRAL)
@pytest.mark.parametrize("page", ["privacy", "privacy-adults", "operator", "accessibility"])
def test_what_a_child_may_read_about_the_page_is_as_neutral(unscripted: Page, page: str, language: str) -> None:
    unscripted.goto(f"/about/{page}/{language}/")
    assert unscripted.title() == NEUTRAL[language]


@pytest.mark.parametrize("path", ["/nothing/here/", "/answer/nothing/", "/plain/nothing/"])
def test_a_page_that_is_not_there_says_nothing_of_what_this_is(unscripted: Page, path: str) -> None:
    answer = unscripted.goto(path)
    assert answer
    assert answer.status == 404
    assert not re.search("(?i)бала|ребён|дет|child|қорға|balaq", unscripted.title())
