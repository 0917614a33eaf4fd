"""An officer whose computer's clock is wrong by years opens the desk and reads."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.child import REGION, send
from tests.browser.desk.officer import enter, row
from tests.browser.house import House
from tests.browser.reporter.test_clock import DAYS, shifted


@pytest.mark.parametrize("days", [-DAYS, DAYS])
def test_a_computer_s_wrong_clock_keeps_nobody_from_reading(page: Page, house: House, told: str, days: int) -> None:
    send(house, f"Мен {told}")
    page.add_init_script(shifted(days))
    enter(page, house, REGION)
    row(page, told).click()
    expect(page.locator("#messages .message-text").first).to_contain_text(told, timeout=30_000)
