"""At the desk text stands out at 7 to 1 (4.5 when large): the gate, the inbox, an appeal, the answer and every dialog."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk.child import send
from tests.browser.desk.officer import enter, picture, read, row, try_to_enter
from tests.browser.house import House
from tests.browser.reporter.test_contrast import SCHEMES, weak
from tests.browser.reporter.walking import Scheme

DESK = "KZ-63"
TOLD = "жусан"


@pytest.fixture(scope="module")
def told(chromium: Browser, house: House) -> str:
    """Appeals with every mark there is: not safe, unsure, a picture, sealed by the server."""
    plainly(chromium, house, f"{TOLD} үшінші")
    send(house, f"{TOLD} бірінші", region=DESK, safe="no", reasons=["r01"], files=[("photo", "image/jpeg", picture())])
    send(house, f"{TOLD} екінші", region=DESK, safe="unsure", age="10_13", who="self")
    return TOLD


def plainly(chromium: Browser, house: House, text: str) -> None:
    """A letter through the plain form, which the server seals."""
    context = chromium.new_context(base_url=house.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/plain/")
    page.locator("#region").select_option(DESK)
    page.locator("#text").fill(text)
    page.locator("form .main").click()
    expect(page.locator(".receipt ol li")).to_have_count(6)
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_view_of_the_desk_stands_out(
    chromium: Browser, house: House, told: str, language: str, scheme: Scheme, width: int
) -> None:
    context = chromium.new_context(
        base_url=house.url, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page, found = context.new_page(), {}
    page.goto(f"/desk/in/{language}/")
    expect(page.locator("#gate-submit")).to_be_enabled()
    found["gate"] = weak(page)
    try_to_enter(page, "nobody", "wrong words entirely")
    expect(page.locator("#gate-error")).to_be_visible(timeout=30_000)
    found["refused"] = weak(page)
    enter(page, house, DESK, language=language)
    row(page, f"{told} бірінші")
    found["inbox"] = weak(page)
    page.locator("[data-folder=answered]").click()
    found["empty"] = weak(page)
    page.locator("[data-folder=all]").click()
    page.keyboard.press("?")
    expect(page.locator("#help-dialog")).to_be_visible()
    found["help"] = weak(page)
    page.keyboard.press("Escape")
    read(page, f"{told} бірінші")
    found["appeal"] = weak(page)
    page.locator(".photo-cover").click()
    expect(page.locator("#messages canvas")).to_be_visible()
    page.locator("#answer-button").click()
    found["answer"] = weak(page)
    page.locator("#pass-button").click()
    expect(page.locator("#pass-dialog")).to_be_visible()
    found["pass"] = weak(page)
    page.keyboard.press("Escape")
    page.locator("#back-button").click()
    read(page, f"{told} үшінші")
    found["sealed by the server"] = weak(page)
    page.locator("#lock-button").click()
    expect(page.locator("#gate-locked")).to_be_visible()
    found["locked"] = weak(page)
    context.close()
    assert {view: what for view, what in found.items() if what} == {}
