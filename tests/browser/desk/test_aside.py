"""An appeal that is no real one goes to a list of its own, and comes back at a key's press."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.child import REGION, send
from tests.browser.desk.officer import complaints, enter, read, row
from tests.browser.house import House


def set_aside(page: Page, why: str) -> None:
    """Choose a reason for the appeal that is open."""
    page.locator("#aside-button").click()
    page.locator(f"#aside-reasons input[value={why}]").check()
    page.locator("#aside-submit").click()
    expect(page.locator("#aside-dialog")).to_be_hidden()


def test_an_appeal_is_set_aside_and_taken_back(page: Page, house: House, told: str) -> None:
    send(house, f"Ха-ха {told}")
    enter(page, house, REGION, language="en")
    read(page, told)
    set_aside(page, "play")
    expect(page.locator("#thread-notices")).to_contain_text("set this appeal aside: A game or a joke.")
    expect(page.locator("#trail")).to_contain_text("set it aside")
    page.locator("#back-button").click()
    expect(page.locator("#rows .row", has_text=told)).to_have_count(0)
    page.locator("[data-folder=aside]").click()
    row(page, told).click()
    page.locator("#aside-back").click()
    expect(page.locator("#thread-notices")).not_to_contain_text("aside")
    page.locator("#back-button").click()
    page.locator("[data-folder=all]").click()
    row(page, told)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_axe_finds_nothing_in_the_dialog(page: Page, house: House, told: str, language: str) -> None:
    send(house, told)
    enter(page, house, REGION, language=language)
    read(page, told)
    page.locator("#aside-button").click()
    expect(page.locator("#aside-reasons input")).to_have_count(5)
    assert complaints(page) == []


def test_it_is_done_and_undone_by_keyboard(page: Page, house: House, told: str) -> None:
    send(house, f"Байқап көру {told}")
    enter(page, house, REGION, language="en")
    read(page, told)
    page.keyboard.press("a")
    expect(page.locator("#aside-reasons input").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#aside-dialog")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#aside-dialog")).to_be_hidden()
    expect(page.locator("#thread-notices")).to_contain_text("set this appeal aside: Advertising.")
    page.keyboard.press("a")
    expect(page.locator("#aside-button")).to_be_visible()
    page.keyboard.press("Escape")
    row(page, told)
