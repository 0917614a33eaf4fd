"""Somebody is removed with an old tab open: it closes, the others go on with the next key, and open appeals with them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import child
from tests.browser.desk.conftest import watch
from tests.browser.desk.officer import SLOW, answer, complaints, read, try_to_enter
from tests.browser.house import House

DESK = "ombudsman"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An example country of this story's own: it changes the keys."""
    built = House(tmp_path_factory.mktemp("removal") / "var")
    try:
        yield built.start()
    finally:
        built.stop()


def at_desk(chromium: Browser, house: House, number: int, faults: list[str]) -> Page:
    """One of the desk's officers, signed in."""
    page = chromium.new_context(base_url=house.url, viewport={"width": 1280, "height": 800}).new_page()
    watch(page, faults)
    page.goto("/desk/in/en/")
    try_to_enter(page, *of(house, number))
    expect(page.locator("#gate")).to_be_hidden(timeout=SLOW)
    return page


def test_a_removed_officer_s_tab_closes_and_the_others_answer_old_and_new_appeals(
    chromium: Browser, house: House, told: str, faults: list[str]
) -> None:
    stayer, leaver = (at_desk(chromium, house, number, faults) for number in (0, 1))
    for letter in ("бұрынғы хат", told):
        child.send(house, letter)
    leaver.reload()
    try_to_enter(leaver, *of(house, 1))
    read(leaver, told)
    gone = of(house, 1)[0]

    stayer.locator("#keys-page").click()
    line = stayer.locator(f"[data-member='{gone}']")
    line.locator("[data-slot=remove]").click()
    line.locator("[data-slot=remove-now]").click()
    expect(stayer.locator("#renewal")).to_have_attribute("data-state", "done", timeout=SLOW)
    first = stayer.locator("#history-periods .key-row").first
    expect(first.locator("[data-slot=username]")).to_have_text(gone)
    expect(first.locator("[data-slot=appeals] li")).to_have_count(2)
    assert complaints(stayer) == []
    expect(leaver.locator("#gate")).to_be_visible(timeout=SLOW)
    expect(leaver.locator("#messages .message")).to_have_count(0)

    later = "кейінгі хат"
    house.operator("sweep", "--only-waking")
    child.send(house, later)
    stayer.locator("#history-close").click()
    stayer.locator("#keys-back").click()
    for letter in (told, later):
        read(stayer, letter)
        answer(stayer, "Біз осындамыз")
        stayer.locator("#back-button").click()


def of(house: House, number: int) -> tuple[str, str]:
    """Name and passphrase of one of the desk's officers."""
    theirs = [one for one in house.officers() if one["desk"] == DESK][number]
    return theirs["username"], theirs["passphrase"]
