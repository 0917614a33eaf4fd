"""Everything at the desk can be done by keyboard, and letters are letters wherever somebody writes."""

from playwright.sync_api import Page, Route, expect

from tests.browser.desk.child import send
from tests.browser.desk.officer import credentials, enter, row
from tests.browser.house import House

DESK = "KZ-61"


def test_a_day_by_keyboard_alone(page: Page, house: House, told: str) -> None:
    send(house, f"first {told}", region=DESK, safe="no")
    send(house, f"second {told}", region=DESK)
    page.goto("/desk/in/en/")
    username, passphrase = credentials(house, DESK)
    expect(page.locator("#gate-username")).to_be_focused()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(passphrase)
    page.keyboard.press("Enter")
    row(page, f"second {told}")
    page.keyboard.press("j")
    expect(page.locator("#rows .row").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#thread-title")).to_be_focused()
    expect(page.locator("#messages .message-text").first).to_contain_text(f"first {told}")
    page.keyboard.press("e")
    expect(page.locator("#answer-text")).to_be_focused()
    page.keyboard.type("just jel? plain text")
    expect(page.locator("#answer-text")).to_have_value("just jel? plain text")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages .message")).to_have_count(2, timeout=30_000)
    expect(page.locator("#messages .message").last).to_contain_text("just jel? plain text")
    page.locator("#thread-title").focus()
    page.keyboard.press("p")
    expect(page.locator("#pass-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#pass-dialog")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#inbox")).to_be_visible()
    expect(page.locator("#rows .row", has_text=f"first {told}")).to_be_focused()
    page.keyboard.press("l")
    expect(page.locator("#gate-locked")).to_be_visible()


def test_j_and_k_walk_from_appeal_to_appeal(page: Page, house: House, told: str) -> None:
    for name in ("one", "two"):
        send(house, f"{name} {told}", region="KZ-62")
    enter(page, house, "KZ-62")
    row(page, f"one {told}")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    text = page.locator("#messages .message-text").first
    expect(text).to_contain_text(told)
    before = text.inner_text()
    page.keyboard.press("j")
    expect(text).not_to_have_text(before)
    expect(text).to_contain_text(told)


def test_the_help_shows_every_key(page: Page, house: House) -> None:
    enter(page, house, DESK, language="en")
    page.keyboard.press("?")
    expect(page.locator("#help-dialog")).to_be_visible()
    keys = page.locator("#help-dialog kbd").all_text_contents()
    going = [key for place in "isnwax" for key in ("g", place)]
    assert keys == ["j", "k", "Enter", "o", "Esc", "r", "e", "Ctrl", "Enter", "p", "a", "u", "/", *going, "l", "?"]


def test_a_skip_link_is_the_first_stop(page: Page, house: House) -> None:
    enter(page, house, DESK)
    first = page.locator("#console :is(a, button, input, select, textarea)").first
    expect(first).to_have_class("skip")
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_j_goes_on_when_the_answered_appeal_has_left_the_list(page: Page, house: House, told: str) -> None:
    for name in ("one", "two", "three"):
        send(house, f"{name} {told}", region="KZ-62")
    enter(page, house, "KZ-62")
    page.locator("[data-folder=waiting]").click()
    for name in ("one", "two", "three"):
        row(page, f"{name} {told}")
    listed = page.locator("#rows .row .row-text").all_text_contents()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    text = page.locator("#messages .message-text").first
    expect(text).to_contain_text(listed[1])
    page.keyboard.press("e")
    page.keyboard.type("We are here")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages .message")).to_have_count(2, timeout=30_000)
    page.locator("#thread-title").focus()
    page.keyboard.press("j")
    expect(text).to_contain_text(listed[2])


def test_whoever_writes_at_once_keeps_the_cursor_while_the_server_is_slow(page: Page, house: House, told: str) -> None:
    send(house, f"slow {told}", region="KZ-62")
    enter(page, house, "KZ-62", language="en")
    row(page, f"slow {told}")
    waiting: list[Route] = []
    page.route("**/opened", lambda route: waiting.append(route))  # noqa: PLW0108 (Playwright marks its handlers)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#messages .message-text").first).to_contain_text(f"slow {told}")
    page.keyboard.press("e")
    page.keyboard.type("just ")
    page.wait_for_timeout(500)
    waiting[0].continue_()
    expect(page.locator("#trail")).to_contain_text("opened it", timeout=30_000)
    page.keyboard.type("like that")
    expect(page.locator("#answer-text")).to_have_value("just like that")
