"""The second step: an app on a phone, a passkey that opens the lock too, sessions ended from elsewhere."""

import time
from base64 import b32decode
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from balaqorgau.signin.totp import STEP, code_at
from tests.browser.desk.officer import SLOW, authenticator, complaints, credentials, enter, try_to_enter
from tests.browser.house import House

APP_DESK, PASSKEY_DESK, PLAIN_KEY_DESK, VISITS_DESK = "KZ-11", "KZ-15", "KZ-19", "KZ-23"
"""Desks of regions that no other story visits: whoever signs in there later needs the second step."""


def digits(key: str, *, later: int = 0) -> str:
    """What the app shows so many half minutes from now."""
    return code_at(b32decode(key), int(time.time()) // STEP + later)


def open_account(page: Page) -> None:
    """The dialog with the ways in."""
    page.locator("#account-button").click()
    expect(page.locator("#account-dialog")).to_be_visible()


def begin_adding(page: Page, house: House, desk: str, way: str, label: str) -> None:
    """Open the form for one more second step and fill in what both ways ask."""
    page.locator("#account-add").click()
    page.locator(f"#add-form input[value={way}]").check()
    page.locator("#add-label").fill(label)
    page.locator("#add-passphrase").fill(credentials(house, desk)[1])


def add_app(page: Page, house: House, desk: str) -> str:
    """Add an app as its picture says; the secret it scanned."""
    begin_adding(page, house, desk, "totp", "Phone")
    expect(page.locator("#add-picture path")).to_have_count(1)
    key = page.locator("#add-typed").inner_text().replace(" ", "")
    page.locator("#add-code").fill(digits(key))
    page.locator("#add-submit").click()
    expect(page.locator("#add-dialog")).to_be_hidden(timeout=SLOW)
    return key


def add_passkey(page: Page, house: House, desk: str) -> None:
    """Add the passkey that this computer has."""
    begin_adding(page, house, desk, "passkey", "Laptop")
    page.locator("#add-submit").click()
    expect(page.locator("#add-dialog")).to_be_hidden(timeout=SLOW)


@pytest.fixture
def key(page: Page) -> Iterator[tuple[CDPSession, str]]:
    """A passkey that can compute."""
    devtools, name = authenticator(page, computes=True)
    yield devtools, name
    devtools.detach()


def test_with_an_app_the_passphrase_asks_for_its_digits(page: Page, house: House) -> None:
    enter(page, house, APP_DESK, language="kk")
    open_account(page)
    secret = add_app(page, house, APP_DESK)
    expect(page.locator("#account-factors .account-row")).to_have_count(1)
    page.locator("#account-dialog").press("Escape")
    page.locator("#sign-out-button").click()
    try_to_enter(page, *credentials(house, APP_DESK))
    expect(page.locator("#second-code")).to_be_focused(timeout=SLOW)
    page.keyboard.type("123456")
    page.keyboard.press("Enter")
    expect(page.locator("#second-error")).not_to_be_empty()
    page.locator("#second-code").fill(digits(secret, later=1))
    page.locator("#second-submit").click()
    expect(page.locator("#desk")).to_be_visible(timeout=SLOW)


def test_a_wrong_passphrase_adds_nothing_and_what_was_typed_stays(page: Page, house: House, faults: list[str]) -> None:
    enter(page, house, VISITS_DESK, language="en")
    open_account(page)
    begin_adding(page, house, VISITS_DESK, "totp", "My phone")
    expect(page.locator("#add-picture path")).to_have_count(1)
    page.locator("#add-passphrase").fill("six other words than the right")
    page.locator("#add-code").fill("123456")
    page.locator("#add-submit").click()
    expect(page.locator("#add-error")).to_have_text("The passphrase is wrong.", timeout=SLOW)
    assert page.locator("#add-label").input_value() == "My phone"
    page.locator("#add-dialog").press("Escape")
    expect(page.locator("#account-factors .account-row")).to_have_count(0)
    assert [fault for fault in faults if "403 (Forbidden)" in fault] == faults
    faults.clear()


def test_a_passkey_is_the_second_step_and_opens_the_lock(page: Page, house: House, key: tuple[CDPSession, str]) -> None:
    enter(page, house, PASSKEY_DESK, language="kk")
    open_account(page)
    add_passkey(page, house, PASSKEY_DESK)
    expect(page.locator("#account-factors .badge")).to_be_visible()
    page.locator("#account-dialog").press("Escape")
    page.locator("#lock-button").click()
    page.locator("#gate-passkey").click()
    expect(page.locator("#desk")).to_be_visible(timeout=SLOW)
    page.reload()
    page.locator("#gate-passkey").click()
    expect(page.locator("#desk")).to_be_visible(timeout=SLOW)
    page.locator("#sign-out-button").click()
    expect(page.locator("#gate-passkey")).to_be_hidden()
    page.goto("/desk/in/kk/")
    try_to_enter(page, *credentials(house, PASSKEY_DESK))
    page.locator("#second-passkey").click(timeout=SLOW)
    expect(page.locator("#desk")).to_be_visible(timeout=SLOW)


def test_another_passkey_does_not_open_the_lock(page: Page, house: House) -> None:
    devtools, name = authenticator(page, computes=False)
    enter(page, house, PLAIN_KEY_DESK, language="en")
    open_account(page)
    add_passkey(page, house, PLAIN_KEY_DESK)
    expect(page.locator("#account-factors .account-row")).to_have_count(1)
    expect(page.locator("#account-factors .badge")).to_be_hidden()
    page.locator("#account-dialog").press("Escape")
    page.locator("#lock-button").click()
    expect(page.locator("#gate-passkey")).to_be_hidden()
    page.locator("#gate-other").click()
    try_to_enter(page, *credentials(house, PLAIN_KEY_DESK))
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": name, "isUserVerified": False})
    page.locator("#second-passkey").click(timeout=SLOW)
    expect(page.locator("#second-error")).not_to_be_empty(timeout=SLOW)
    page.locator("#second-back").click()
    expect(page.locator("#gate-passphrase")).to_be_visible()


def test_a_session_ends_from_another_browser(office: BrowserContext, page: Page, house: House) -> None:
    lost = office.browser.new_context(base_url=house.url).new_page()
    enter(lost, house, VISITS_DESK)
    enter(page, house, VISITS_DESK, language="en")
    open_account(page)
    rows = page.locator("#account-visits .account-row")
    expect(rows.first).to_be_visible()
    before = rows.count()
    page.locator("#account-visits button:visible").first.click()
    expect(rows).to_have_count(before - 1)
    lost.evaluate("location.hash = '#00000000-0000-4000-8000-000000000000'")
    expect(lost.locator("#gate")).to_be_visible(timeout=SLOW)
    lost.context.close()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_axe_finds_nothing_in_the_dialogs(page: Page, house: House, language: str) -> None:
    enter(page, house, VISITS_DESK, language=language)
    open_account(page)
    assert not complaints(page)
    begin_adding(page, house, VISITS_DESK, "totp", "Phone")
    expect(page.locator("#add-picture path")).to_have_count(1)
    assert not complaints(page)
