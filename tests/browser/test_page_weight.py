"""What the child's page weighs: requests and bytes with headers, without TLS, as `bench/page.py` counts them."""

import pytest
from bench.counting import Relay
from bench.page import first_load, sending
from playwright.sync_api import Browser

from tests.browser.house import House

MOST_REQUESTS = 6
MOST_BYTES_FIRST = 14_600  # Ten segments: what a server may send before it hears from a phone again.
MOST_BYTES_UNTIL_SENT = 55_500  # The goal is 60,000. Here and below: what was measured, and a little room for texts.
MOST_BYTES_WITH_MEDIA = 59_200
# These two are over the goal: docs/reference/figures.md says why.
MOST_BYTES_OLD = 68_100
MOST_BYTES_OLD_WITH_MEDIA = 71_800


def test_the_form_is_usable_after_few_requests_and_bytes(chromium: Browser, house: House) -> None:
    requests, down, _ = first_load(chromium, Relay(house.port).start())
    assert requests <= MOST_REQUESTS
    assert down <= MOST_BYTES_FIRST


def test_everything_until_the_six_words_fits_into_sixty_kilobytes(chromium: Browser, house: House) -> None:
    down, _, _ = sending(chromium, Relay(house.port).start())
    assert down <= MOST_BYTES_UNTIL_SENT


@pytest.mark.parametrize(
    ("old", "media", "most"),
    [
        (False, True, MOST_BYTES_WITH_MEDIA),
        (True, False, MOST_BYTES_OLD),
        (True, True, MOST_BYTES_OLD_WITH_MEDIA),
    ],
    ids=["photo and voice", "old phone", "old phone, photo and voice"],
)
def test_an_old_phone_and_the_tools_for_photo_and_voice_cost_no_more_than_is_said(
    chromium: Browser, house: House, old: bool, media: bool, most: int
) -> None:
    down, _, _ = sending(chromium, Relay(house.port).start(), old=old, media=media)
    assert down <= most
