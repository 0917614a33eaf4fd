"""Somebody who was invited to look after schools, in front of a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk.conftest import faults, watch
from tests.browser.desk.newcomer import Newcomer
from tests.browser.desk.officer import SLOW, try_to_enter
from tests.browser.house import House

__all__ = ["faults"]
ROOT = "/desk/admin/"


@pytest.fixture(scope="module")
def account(chromium: Browser, house: House) -> Newcomer:
    """An administrator who took the operator's link and made their own words."""
    link = house.operator("administrators", "invite", "Дана", "--language", "kk").splitlines()[-1]
    context = chromium.new_context(base_url=house.url)
    person = Newcomer(context.new_page())
    person.take(link)
    context.close()
    return person


@pytest.fixture
def admin(chromium: Browser, house: House, account: Newcomer, faults: list[str]) -> Iterator[Page]:
    """Their tab, signed in, in English."""
    context = chromium.new_context(base_url=house.url, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    watch(page, faults)
    enter(page, account, "en")
    yield page
    context.close()
    assert not faults


def enter(page: Page, account: Newcomer, language: str) -> None:
    """Sign in at the gate that officers use; it leads on to administration."""
    page.goto(f"/desk/in/{language}/")
    try_to_enter(page, account.username, account.passphrase)
    page.wait_for_url(f"**{ROOT}", timeout=SLOW)
    expect(page.locator("html")).to_have_attribute("lang", language)
