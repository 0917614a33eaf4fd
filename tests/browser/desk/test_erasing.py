"""Erasing by law, as two people at two computers do it; and what the child is told who comes back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.desk.child import REGION, send
from tests.browser.desk.conftest import watch
from tests.browser.desk.officer import SLOW, complaints, enter, read, row, thread_id
from tests.browser.house import House
from tests.browser.reporter.walking import Child

OMBUDSMAN = "ombudsman"
WHY = "Сот № 7 шешімі, 3 қараша"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def second(chromium: Browser, house: House, faults: list[str]) -> Iterator[Page]:
    """A tab of somebody else, at another computer."""
    context = chromium.new_context(base_url=house.url, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    watch(page, faults)
    yield page
    context.close()


def propose(page: Page, words: str = WHY) -> None:
    """Propose to erase the appeal that is open."""
    page.locator("#erase-button").click()
    submit = page.locator("#erase-submit")
    page.locator("#erase-reasons input[value=court]").check()
    expect(submit).to_be_disabled()
    page.locator("#erase-words").fill(words)
    submit.click()
    expect(page.locator("#erase-dialog")).to_be_hidden(timeout=SLOW)


def waiting(page: Page, told: str) -> None:
    """Open the appeal from the list of what waits to be decided."""
    page.locator("#erasing-folder").click()
    row(page, told).click()
    expect(page.locator("#erasure-words")).to_have_text(WHY)


def test_one_proposes_another_erases_and_the_child_is_told(
    page: Page, second: Page, phone: BrowserContext, house: House, told: str
) -> None:
    child = Child(phone.new_page())
    words = child.open().write(f"Кім білсін {told}").send()
    enter(page, house, REGION, language="en")
    enter(second, house, OMBUDSMAN, language="en")
    expect(page.locator("#erasing-folder")).to_be_hidden()
    read(page, told)
    pk = thread_id(page)
    propose(page)
    expect(page.locator("#erasure-text")).to_contain_text("A court's decision has entered into force – Law on Personal")
    expect(page.locator("#erasure-words")).to_have_text(WHY)
    expect(page.locator("#erase-confirm")).to_be_hidden()
    expect(page.locator("#erase-withdraw")).to_be_visible()

    second.reload()
    enter(second, house, OMBUDSMAN, language="en")
    waiting(second, told)
    expect(second.locator("#messages")).to_contain_text(told)
    assert complaints(second) == []
    second.locator("#erase-confirm").click()
    second.locator("#erase-submit").click()
    expect(second.locator("#thread")).to_be_hidden(timeout=SLOW)
    expect(second.locator("#rows .row", has_text=told)).to_have_count(0)
    assert pk not in second.content()

    page.reload()
    enter(page, house, REGION, language="en")
    expect(page.locator("#rows .row", has_text=told)).to_have_count(0)

    child.read(" ".join(words))
    expect(child.page.locator("#answer-error")).to_contain_text("заң бойынша өшірілді", timeout=SLOW)
    expect(child.page.locator("#answer-error")).to_contain_text("уәкіл")


def test_a_proposal_is_refused_with_words_and_withdrawn(page: Page, second: Page, house: House, told: str) -> None:
    send(house, told)
    enter(page, house, REGION, language="en")
    read(page, told)
    propose(page)
    enter(second, house, OMBUDSMAN, language="en")
    waiting(second, told)
    second.locator("#erase-refuse").click()
    second.locator("#erase-words").fill("Іс бітпеді")
    second.locator("#erase-submit").click()
    expect(second.locator("#erase-dialog")).to_be_hidden(timeout=SLOW)
    expect(second.locator("#erasing-folder .count")).to_have_text("")
    page.locator("#back-button").click()
    row(page, told).click()
    expect(page.locator("#erasure-text")).to_contain_text("refused")
    expect(page.locator("#erasure-words")).to_have_text("Іс бітпеді")
    expect(page.locator("#trail")).to_contain_text("refused to erase it")
    propose(page)
    page.locator("#erase-withdraw").click()
    expect(page.locator("#erasure")).to_be_hidden(timeout=SLOW)
    expect(page.locator("#erase-button")).to_be_visible()


def test_a_proposal_that_nobody_signed_so_cannot_be_confirmed(
    page: Page, second: Page, house: House, told: str
) -> None:
    def lie(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        body["erasure"]["reason"] = "expired"
        route.fulfill(response=answer, json=body)

    send(house, told)
    enter(page, house, REGION, language="en")
    read(page, told)
    propose(page)
    enter(second, house, OMBUDSMAN, language="en")
    second.route(re.compile(f"/desk/api/threads/{thread_id(page)}$"), lie)
    waiting(second, told)
    expect(second.locator("#erasure-hint")).to_contain_text("signature under this proposal is wrong")
    expect(second.locator("#erase-confirm")).to_be_hidden()
    expect(second.locator("#erase-refuse")).to_be_visible()
    second.unroute_all(behavior="ignoreErrors")


def test_what_was_typed_stays_when_it_fails(page: Page, house: House, told: str) -> None:
    send(house, told)
    enter(page, house, REGION, language="en")
    read(page, told)
    page.route("**/erasure", lambda route: route.abort("internetdisconnected"))
    page.locator("#erase-button").click()
    page.locator("#erase-reasons input[value=demand]").check()
    page.locator("#erase-words").fill(WHY)
    page.locator("#erase-submit").click()
    expect(page.locator("#erase-error")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#back-button").click()
    row(page, told).click()
    page.locator("#erase-button").click()
    expect(page.locator("#erase-words")).to_have_value(WHY)
    page.keyboard.press("Escape")
    page.locator("#lock-button").click()
    assert WHY not in page.content() + page.locator("#erase-words").input_value()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_everything_fits(page: Page, house: House, told: str, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    send(house, told)
    enter(page, house, REGION, language=language)
    read(page, told)
    page.locator("#erase-button").click()
    expect(page.locator("#erase-reasons input")).to_have_count(3)
    assert complaints(page) == []
    page.keyboard.press("Escape")
    propose(page)
    expect(page.locator("#erasure")).to_be_visible()
    assert complaints(page) == []
    assert not page.evaluate(TOO_WIDE)
