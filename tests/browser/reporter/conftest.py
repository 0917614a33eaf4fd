"""A child with a phone, and an installation of its own: these stories send many letters."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize

from tests.browser.house import House
from tests.browser.reporter.walking import Child

NARROW: ViewportSize = {"width": 320, "height": 640}


@pytest.fixture
def child(phone: BrowserContext) -> Child:
    """A child whose phone shows nothing yet; fails the test when the browser complained about the page."""
    return Child(phone.new_page())


@pytest.fixture
def narrow(chromium: Browser, house: House) -> Iterator[Child]:
    """A child with the narrowest phone, or a page at 400 % zoom."""
    context = chromium.new_context(base_url=house.url, viewport=NARROW, reduced_motion="reduce")
    yield Child(context.new_page())
    context.close()
