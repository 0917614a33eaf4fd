"""What an officer waits for with 10,000 open appeals: the list, the first titles, the index, a search.

The page runs at a quarter of this machine's speed; its worker, which opens the appeals, does not (a browser slows its main
thread only). `list_ms` is the first page of 500 lines as the page asks for it, `search_ms` from the last key to the rows, the
pause after typing included, `longest_task_ms` the longest task of the main thread from unlocking until everything is indexed.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, sync_playwright
from tests.browser.conftest import FLAGS
from tests.browser.desk.officer import credentials, try_to_enter
from tests.browser.house import House

from bench.appeals import sealed_requests, target
from bench.load import send_all

APPEALS: Final = int(os.environ.get("APPEALS", "10000"))
SLOWER: Final = 4
LISTS: Final = 9
SEARCHES: Final = 9
TITLES: Final = 50
PATIENCE: Final = 1_800_000
WATCH: Final = """
window.longest = 0;
new PerformanceObserver(list => {
  for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
}).observe({type: "longtask"});
"""
LIST: Final = """async () => {
  const began = performance.now();
  await (await fetch("/desk/api/inbox?after=", {headers: {"X-Background": "1"}})).arrayBuffer();
  return performance.now() - began;
}"""
SEARCH: Final = """words => new Promise(done => {
  const field = document.querySelector("#find-query"), result = document.querySelector("#find-result");
  const began = performance.now();
  new MutationObserver((_, seen) => { seen.disconnect(); done(performance.now() - began); })
    .observe(result, {childList: true, characterData: true, subtree: true});
  field.value = words;
  field.dispatchEvent(new Event("input", {bubbles: true}));
})"""
READABLE: Final = "count => document.querySelectorAll('#rows .row:not(.is-sealed)').length >= count"
UNLOCKED: Final = "() => document.querySelector('#gate').hidden"
INDEXED: Final = "total => new RegExp(`: ${total}$`).test(document.querySelector('#inbox-status').textContent)"


def fill(house: House) -> str:
    """Send the appeals; the desk that they went to."""
    to = target(house.url)
    outcome = asyncio.run(send_all(house.port, list(sealed_requests(to, APPEALS)), at_once=8))
    if set(outcome.statuses) - {200, 201}:
        raise RuntimeError(f"appeals were refused: {outcome.statuses}")
    return to.recipients[0].desk


def median(found: list[float]) -> float:
    """The middle one, whole."""
    return round(sorted(found)[len(found) // 2])


def slowed(page: Page) -> None:
    """A quarter of the speed from now on."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def unlock(page: Page, house: House, desk: str) -> float:
    """Open the desk; when that was."""
    page.goto("/desk/in/en/")
    slowed(page)
    try_to_enter(page, *credentials(house, desk))
    page.wait_for_function(UNLOCKED, timeout=PATIENCE)
    return time.perf_counter()


def measure(page: Page, house: House, desk: str) -> dict[str, Any]:
    """All figures."""
    page.add_init_script(WATCH)
    began = unlock(page, house, desk)
    page.wait_for_function(READABLE, arg=min(TITLES, APPEALS), timeout=PATIENCE)
    first = time.perf_counter() - began
    page.wait_for_function(INDEXED, arg=APPEALS, timeout=PATIENCE)
    index = time.perf_counter() - began
    longest = page.evaluate("() => window.longest")
    searches = [page.evaluate(SEARCH, f"мектеп {'мені ' * (turn % 2)}күнде{turn}") for turn in range(SEARCHES)]
    return {
        "appeals": APPEALS,
        "list_ms": median([page.evaluate(LIST) for _ in range(LISTS)]),
        "first_ms": round(first * 1000),
        "index_s": round(index, 1),
        "search_ms": median(searches),
        "longest_task_ms": round(longest),
    }


def figures(house: House, desk: str) -> dict[str, Any]:
    """Measure in a browser of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["TEST_CHROMIUM"], args=FLAGS)
        page = browser.new_page(base_url=house.url, viewport={"width": 1280, "height": 800})
        found = measure(page, house, desk)
        browser.close()
    return found


if __name__ == "__main__":
    if "TEST_CHROMIUM" not in os.environ:
        sys.exit("TEST_CHROMIUM does not say where Chromium is: use ./dev bench desk")
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "var").start()
        try:
            print(json.dumps(figures(house, fill(house))))
        finally:
            house.stop()
