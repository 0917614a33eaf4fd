"""Nothing stays: no cookie, storage, worker, foreign address or referrer, no receipt in an address, nothing to go Back to."""

from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.reporter.walking import Child

KEPT = """async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    state: history.state,
    title: document.title,
})"""
NOTHING = {
    "cookie": "",
    "local": 0,
    "session": 0,
    "databases": 0,
    "caches": 0,
    "workers": 0,
    "state": None,
    "title": "Бет",
}


def leave_for_here(page: Page) -> None:
    """The neutral page is somebody else's; here a page of this test stands in for it."""
    page.route("https://**", lambda route: route.fulfill(body="<title>neutral</title>", content_type="text/html"))


def test_a_whole_visit_leaves_nothing_on_the_phone_and_asks_nobody_else(child: Child, house: House) -> None:
    words = child.open(fragment="#KZ-10").write("Менің құпиям").send()
    digits = child.page.locator(".digits").inner_text().replace(" ", "")
    assert child.page.evaluate(KEPT) == NOTHING
    child.finish()
    child.page.locator("#after a.button").click()
    expect(child.page.locator("#easy")).to_be_visible()
    child.unlock(" ".join(words))
    expect(child.thread).to_have_count(1, timeout=60_000)
    assert child.page.evaluate(KEPT) == NOTHING
    assert child.page.context.cookies() == []
    assert all(address.startswith((house.url, "blob:")) for address in child.asked)
    assert not [headers for headers in child.headers if headers.get("referer") or headers.get("cookie")]
    for address in map(unquote, child.asked):
        assert not urlsplit(address).query, address
        assert not any(secret in address for secret in (*words, digits)), address
    assert child.page.url == f"{house.url}/answer/"
    assert child.faults == []


def test_the_posters_fragment_is_taken_out_of_the_address_at_once(child: Child, house: House) -> None:
    child.open(fragment="#KZ-10.0123ABCD")
    assert child.page.url == f"{house.url}/"
    assert not [url for url in child.asked[1:] if "0123" in url]
    child.forward()
    expect(child.page.locator("#poster-region")).to_have_text("Абай облысы")


@pytest.mark.parametrize("way", ["button", "escape"])
@pytest.mark.parametrize("stage", ["start", "tell", "receipt", "thread"])
def test_leaving_replaces_the_page_and_back_never_shows_it(child: Child, house: House, way: str, stage: str) -> None:
    page = child.page
    leave_for_here(page)
    page.goto("about:blank")
    reach(child, stage)
    if way == "button":
        page.locator("#exit").click()
    else:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.wait_for_url(lambda url: not url.startswith(house.url))
    assert page.title() == "neutral"
    page.go_back()
    assert not page.url.startswith(house.url)


def reach(child: Child, stage: str) -> None:
    """Goes to a place that must not be seen by whoever comes into the room."""
    child.open()
    if stage == "tell":
        child.write("Менің құпиям")
    if stage in ("receipt", "thread"):
        words = child.write("Менің құпиям").send()
    if stage == "thread":
        child.page.evaluate("location.replace('/answer/')")
        child.page.wait_for_url("**/answer/")
        expect(child.page.locator("#easy")).to_be_visible()
        child.unlock(" ".join(words))
        expect(child.thread).to_have_count(1, timeout=60_000)


def test_one_escape_does_nothing(child: Child, house: House) -> None:
    child.open().write("Менің құпиям")
    child.page.keyboard.press("Escape")
    child.page.wait_for_timeout(900)
    child.page.keyboard.press("Escape")
    child.page.wait_for_timeout(200)
    assert child.page.url.startswith(house.url)
    assert child.page.locator("textarea[name=text]").input_value() == "Менің құпиям"


def test_the_way_between_the_pages_leaves_no_history(child: Child, house: House) -> None:
    page = child.page
    page.goto("about:blank")
    child.open()
    before = page.evaluate("history.length")
    page.locator("#to-answer").click()
    page.wait_for_url("**/answer/")
    assert page.evaluate("history.length") == before
    page.go_back()
    assert page.url == "about:blank"


def test_a_reload_finds_an_empty_form(child: Child) -> None:
    child.open().write("Менің құпиям")
    child.page.reload()
    child.ready()
    assert child.page.locator("textarea[name=text]").input_value() == ""
    assert child.step == "start"


def test_every_answer_about_a_letter_is_never_to_be_stored(child: Child) -> None:
    answers: dict[str, str] = {}
    child.page.on("response", lambda one: answers.update({one.url: one.headers.get("cache-control", "")}))
    child.read(" ".join(child.open().write("Хат").send()))
    expect(child.thread).to_have_count(1, timeout=60_000)
    about = {url: cache for url, cache in answers.items() if "/api/" in url}
    assert len(about) >= 2
    assert all("no-store" in cache for cache in about.values())
