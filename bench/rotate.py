"""What it costs to remove an officer: every open appeal is brought to the desk's next key in a colleague's browser.

The page is loaded anew in the middle, as when a computer is closed, and goes on from there. `failed` is how many appeals the
next key does not open afterwards, asked of the database; `seconds` is the time that the browser worked, both parts together.
"""

import asyncio
import json
import os
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tests.browser.conftest import FLAGS
from tests.browser.desk.officer import try_to_enter
from tests.browser.house import House

from bench.appeals import sealed_requests, target
from bench.load import send_all

APPEALS = 2000
DESK = "ombudsman"
LONGEST = 1_800_000
WAITING = """
select count(*) from appeals_thread t where not exists
  (select 1 from appeals_grant g where g.thread_id = t.id and g.desk = ? and g.epoch = 2)
"""


def waiting(house: House) -> int:
    """How many appeals the next key does not open."""
    with sqlite3.connect(house.folder / "balaqorgau.sqlite3") as database:
        return int(database.execute(WAITING, (DESK,)).fetchone()[0])


def enter(page: Page, house: House) -> str:
    """Sign in as the desk's first officer, go to the keys; the second officer's name."""
    first, second = [one for one in house.officers() if one["desk"] == DESK]
    page.goto(f"{house.url}/desk/in/en/")
    try_to_enter(page, first["username"], first["passphrase"])
    page.locator("#keys-page").click(timeout=LONGEST)
    page.locator(".desk-card").wait_for(timeout=LONGEST)
    return second["username"]


def remove(page: Page, username: str) -> None:
    """Remove the other officer."""
    line = page.locator(f"[data-member='{username}']")
    line.locator("[data-slot=remove]").click()
    line.locator("[data-slot=remove-now]").click()


def rotate(page: Page, house: House, appeals: int) -> float:
    """Remove, break off half way, go on; the seconds of work."""
    leaver = enter(page, house)
    began = time.perf_counter()
    remove(page, leaver)
    while waiting(house) > appeals // 2:
        page.wait_for_timeout(200)
    worked = time.perf_counter() - began
    enter(page, house)
    began = time.perf_counter()
    page.locator("[data-slot=renew]").click()
    page.locator("#renewal[data-state=done]").wait_for(timeout=LONGEST)
    return worked + time.perf_counter() - began


def measure(appeals: int) -> dict[str, float]:
    """A house with so many open appeals, from which somebody is removed."""
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "var").start()
        try:
            asyncio.run(send_all(house.port, list(sealed_requests(target(house.url), appeals)), 16))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=os.environ["TEST_CHROMIUM"], args=FLAGS)
                seconds = rotate(browser.new_page(), house, appeals)
            return {"appeals": appeals, "seconds": round(seconds, 1), "failed": waiting(house)}
        finally:
            house.stop()


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else APPEALS)))
