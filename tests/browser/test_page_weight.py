"""What the child's page weighs: requests and bytes with headers, without TLS, as `bench/page.py` counts them."""

from bench.counting import Relay
from bench.page import first_load, sending
from playwright.sync_api import Browser

from tests.browser.house import House

MOST_REQUESTS = 6
MOST_BYTES_FIRST = 14_600  # Ten segments: what a server may send before it hears from a phone again.
MOST_BYTES_UNTIL_SENT = 60_000


def test_the_form_is_usable_after_few_requests_and_bytes(chromium: Browser, house: House) -> None:
    requests, down, _ = first_load(chromium, Relay(house.port).start())
    assert requests <= MOST_REQUESTS
    assert down <= MOST_BYTES_FIRST


def test_everything_until_the_six_words_fits_into_sixty_kilobytes(chromium: Browser, house: House) -> None:
    down, _, _ = sending(chromium, Relay(house.port).start())
    assert down <= MOST_BYTES_UNTIL_SENT
