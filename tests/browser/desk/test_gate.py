"""The door of the console: wrong words say so, the keys go when they are locked, and nothing of the passphrase leaves."""

import json

from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.desk.child import REGION, send
from tests.browser.desk.officer import credentials, enter, read, row, try_to_enter
from tests.browser.house import House


def test_a_wrong_passphrase_says_so_and_the_right_one_opens(page: Page, house: House) -> None:
    username, passphrase = credentials(house, REGION)
    page.goto("/desk/in/en/")
    try_to_enter(page, username, "six words that are not right")
    expect(page.locator("#gate-error")).to_have_text(
        "This name and this passphrase do not belong together. Check both."
    )
    expect(page.locator("#gate-passphrase")).to_be_focused()
    page.locator("#gate-passphrase").fill(f"  {passphrase.upper().replace(' ', '   ')} ")
    page.locator("#gate-submit").click()
    expect(page.locator("#desk")).to_be_visible(timeout=30_000)


def test_nothing_that_is_sent_holds_the_passphrase_or_a_word_of_it(page: Page, house: House) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(everything(request)))
    enter(page, house, REGION)
    assert len(sent) > 5
    _, passphrase = credentials(house, REGION)
    assert not [word for word in passphrase.split() for one in sent if word in one]


def everything(request: Request) -> str:
    """Address, headers and body of a request as one text."""
    return f"{request.url} {json.dumps(request.headers, ensure_ascii=False)} {request.post_data or ''}"


def test_nothing_is_kept_in_the_browser(page: Page, house: House, told: str) -> None:
    send(house, f"Мен {told}")
    enter(page, house, REGION)
    read(page, told)
    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,"
        " (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"
    )
    assert kept == [0, 0, 0, 0, 0]


def test_locking_takes_every_word_out_of_the_page_and_the_passphrase_brings_it_back(
    page: Page, house: House, told: str
) -> None:
    send(house, f"Мен {told}")
    enter(page, house, REGION)
    read(page, told)
    page.locator("#lock-button").click()
    expect(page.locator("#gate-locked")).to_be_visible()
    assert told not in page.content()
    page.locator("#gate-passphrase").fill(credentials(house, REGION)[1])
    page.locator("#gate-submit").click()
    expect(page.locator("#messages .message-text").first).to_contain_text(told, timeout=30_000)


def test_locking_one_tab_locks_the_others(office: BrowserContext, page: Page, house: House) -> None:
    other = office.new_page()
    for tab in (page, other):
        enter(tab, house, REGION)
    page.keyboard.press("l")
    expect(other.locator("#gate")).to_be_visible()
    other.close()


def test_a_quarter_of_an_hour_of_nothing_locks(page: Page, house: House) -> None:
    page.clock.install()
    enter(page, house, REGION)
    page.clock.fast_forward("16:00")
    expect(page.locator("#gate-locked")).to_be_visible(timeout=30_000)


def test_signing_out_ends_the_session_and_asks_for_a_name_again(page: Page, house: House) -> None:
    enter(page, house, REGION)
    page.locator("#sign-out-button").click()
    expect(page.locator("#gate-username")).to_be_visible()
    expect(page.locator("#gate-username")).to_have_value("")
    assert page.evaluate("fetch('/desk/api/me').then(answer => answer.status)") == 401


def test_a_session_that_ended_on_the_server_locks_at_the_next_step(page: Page, house: House, told: str) -> None:
    send(house, f"Мен {told}")
    enter(page, house, REGION)
    found = row(page, told)
    page.context.clear_cookies()
    found.click()
    expect(page.locator("#gate-locked")).to_be_visible()
    assert told not in page.content()


def test_the_network_going_away_says_so_and_keeps_the_passphrase(page: Page, house: House) -> None:
    page.goto("/desk/in/en/")
    expect(page.locator("#gate-submit")).to_be_enabled()
    page.context.set_offline(True)
    try_to_enter(page, *credentials(house, REGION))
    expect(page.locator("#gate-error")).to_contain_text("The server does not answer")
    page.context.set_offline(False)
    page.locator("#gate-submit").click()
    expect(page.locator("#desk")).to_be_visible(timeout=30_000)


def test_too_many_tries_count_down_and_the_right_words_need_not_wait(page: Page, house: House) -> None:
    username, passphrase = credentials(house, "KZ-79")
    page.goto("/desk/in/en/")
    for _ in range(4):
        try_to_enter(page, username, "six words that are not right")
        expect(page.locator("#gate-submit")).to_be_enabled(timeout=30_000)
    try_to_enter(page, username, "six words that are not right")
    expect(page.locator("#gate-error")).to_contain_text("it starts by itself")
    expect(page.locator("#gate-submit")).to_be_enabled(timeout=30_000)
    try_to_enter(page, username, passphrase)
    expect(page.locator("#desk")).to_be_visible(timeout=30_000)


def test_when_the_script_does_not_arrive_nothing_that_is_typed_leaves(office: BrowserContext, house: House) -> None:
    sent: list[str] = []
    page = office.new_page()
    page.route("**/*.js", lambda route: route.abort())
    page.on("request", lambda request: sent.append(everything(request)))
    page.goto("/desk/in/en/")
    page.locator("#gate-username").fill("somebody")
    page.locator("#gate-passphrase").fill("secret")
    page.keyboard.press("Enter")
    page.locator("#gate-submit").click(force=True)
    page.wait_for_timeout(500)
    assert page.url.endswith("/desk/in/en/")
    assert not [one for one in sent if "secret" in one or "somebody" in one]
    page.close()


def test_without_scripts_the_gate_says_what_is_missing(page: Page, house: House) -> None:
    browser = page.context.browser
    assert browser
    plain = browser.new_context(base_url=house.url, java_script_enabled=False)
    tab = plain.new_page()
    tab.goto("/desk/in/en/")
    expect(tab.locator("noscript .notice")).to_contain_text("Please allow scripts")
    plain.close()
