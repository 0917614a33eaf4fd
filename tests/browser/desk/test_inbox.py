"""Two officers and one inbox: searching, filters, what each has read, who else is there, and who wrote first."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk.child import send
from tests.browser.desk.conftest import watch
from tests.browser.desk.officer import SLOW, complaints, enter, read, row
from tests.browser.house import House


@pytest.fixture
def other(chromium: Browser, house: House, faults: list[str]) -> Iterator[Page]:
    """Another officer's computer."""
    context = chromium.new_context(base_url=house.url, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    watch(page, faults)
    yield page
    context.close()


def test_words_are_found_with_any_ending_and_keyboard_and_escape_shows_all(page: Page, house: House, told: str) -> None:
    send(house, f"Мұғалім мектептегі {told}", region="KZ-59")
    send(house, "Басқа сөз", region="KZ-59")
    enter(page, house, "KZ-59", language="en")
    row(page, told)
    page.keyboard.press("/")
    expect(page.locator("#find-query")).to_be_focused()
    page.keyboard.type("мугалим мектеп")
    expect(page.locator("#find-result")).to_have_text("Shown: 1 of 2")
    expect(page.locator("#rows .row")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#rows .row")).to_have_count(2)


def test_nothing_that_is_searched_for_leaves_the_browser(page: Page, house: House, told: str) -> None:
    send(house, f"Іздеу {told}", region="KZ-23")
    enter(page, house, "KZ-23")
    row(page, told)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data or ''}"))
    page.locator("#find-query").fill(told)
    expect(page.locator("#find-result")).to_be_visible()
    assert not [one for one in asked if told in one]
    kept = page.evaluate("async () => [localStorage.length, (await indexedDB.databases()).length]")
    assert kept == [0, 0]


def test_filters_that_need_the_words_work_on_opened_appeals(page: Page, house: House, told: str) -> None:
    send(house, f"with {told}", region="KZ-27", reasons=["r01"])
    send(house, f"without {told}", region="KZ-27")
    enter(page, house, "KZ-27", language="en")
    row(page, f"with {told}")
    page.locator("#find-filters summary").click()
    page.locator("#find-reason").select_option("r01")
    expect(page.locator("#rows .row")).to_have_count(1)
    expect(page.locator("#rows .row")).to_contain_text("with ")
    page.locator("#find-clear").click()
    expect(page.locator("#rows .row")).to_have_count(2)
    page.locator("#find-protection").select_option("server")
    expect(page.locator("#inbox-empty")).to_be_visible()


def test_each_officer_has_their_own_unread_mark_and_can_put_it_back(
    page: Page, other: Page, house: House, told: str
) -> None:
    send(house, f"Оқу {told}", region="KZ-31")
    enter(page, house, "KZ-31", language="en")
    read(page, told)
    page.keyboard.press("g")
    page.keyboard.press("i")
    expect(row(page, told).locator(".dot")).to_be_hidden()
    enter(other, house, "ombudsman", language="en")
    expect(row(other, told).locator(".dot")).to_be_visible()
    page.keyboard.press("u")
    expect(row(page, told).locator(".dot")).to_be_visible()


def test_somebody_else_in_an_appeal_is_shown(page: Page, other: Page, house: House, told: str) -> None:
    send(house, f"Бірге {told}", region="KZ-33")
    enter(page, house, "KZ-33", language="en")
    read(page, told)
    enter(other, house, "ombudsman", language="en")
    mark = row(other, told).get_by_role("img", name="In it within the last minutes")
    expect(mark).to_have_count(1)
    expect(mark).to_have_attribute("title", "In it within the last minutes: somebody of another desk")


def test_whoever_writes_second_is_told_who_was_first_and_keeps_their_words(
    page: Page, other: Page, house: House, told: str
) -> None:
    send(house, f"Екеу {told}", region="KZ-39")
    enter(page, house, "KZ-39", language="en")
    read(page, told)
    enter(other, house, "ombudsman", language="en")
    read(other, told)
    page.keyboard.press("r")
    page.keyboard.type("the slower answer")
    other.keyboard.press("r")
    other.keyboard.type("the faster answer")
    other.locator("#answer-send").click()
    expect(other.locator("#messages .message")).to_have_count(2, timeout=SLOW)
    page.locator("#answer-send").click()
    conflict = page.locator("#answer-conflict")
    expect(conflict).to_contain_text("answered", timeout=SLOW)
    expect(conflict).to_contain_text("your words are still here")
    expect(page.locator("#messages")).to_contain_text("the faster answer")
    expect(page.locator("#answer-text")).to_have_value("the slower answer")
    page.locator("#answer-send").click()
    expect(page.locator("#messages .message")).to_have_count(3, timeout=SLOW)


def test_the_open_filters_have_no_fault_that_axe_finds(page: Page, house: House) -> None:
    enter(page, house, "KZ-43", language="ru")
    page.locator("#find-filters summary").click()
    assert complaints(page) == []


def test_a_row_keeps_the_focus_when_the_list_is_drawn_anew(page: Page, house: House, told: str) -> None:
    for name in ("бір", "екі"):
        send(house, f"{name} {told}", region="KZ-39")
    enter(page, house, "KZ-39", language="en")
    mine = row(page, f"бір {told}")
    row(page, f"екі {told}")
    mine.focus()
    with page.expect_response(lambda answer: "/api/inbox" in answer.url, timeout=60_000):
        send(house, f"үш {told}", region="KZ-39")
    row(page, f"үш {told}")
    expect(mine).to_be_focused()
