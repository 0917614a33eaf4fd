"""What a phone pays for the child's page: requests, bytes and seconds until it can be used, and from Send to the six words.

Bytes are the server's, with headers, without TLS, counted by a relay. Slow 3G is 400 kbit/s with 400 ms of round trip at a
quarter of this machine's speed; sending is at a sixth of it on a fast network. The browser slows its main thread only, so the
time that WebCrypto took is added five times more. A child reads the last step for two seconds before the tap. An old phone is
one without what browsers learned after Chromium 87, so it loads its cryptography; media is a journey that loads both tools, for
photos and for the voice.
"""

import io
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright
from tests.browser.conftest import FLAGS, SMALL_PHONE
from tests.browser.house import House
from tests.browser.reporter.test_old_phone import NEWER_THAN_CHROMIUM_87

from bench.counting import Relay

LOADS = 5
SENDS = 20
SLOW_3G = {"offline": False, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8, "latency": 400}
USABLE = "() => { const next = document.querySelector('#next'); return next && !next.disabled }"
CLOCK = """
window.cryptoSeconds = 0;
for (const name of Object.getOwnPropertyNames(SubtleCrypto.prototype)) {
  const real = SubtleCrypto.prototype[name];
  if (typeof real !== "function" || name === "constructor") continue;
  SubtleCrypto.prototype[name] = async function (...given) {
    const began = performance.now();
    try { return await real.apply(this, given); } finally { window.cryptoSeconds += (performance.now() - began) / 1000; }
  };
}
"""
TEXT = "Мектепте мені күнде мазақтайды. Не істерімді білмеймін. " * 6


def fresh(browser: Browser, relay: Relay, rate: float, network: dict[str, Any] | None = None) -> Page:
    """A page in a profile of its own, slowed."""
    context = browser.new_context(
        base_url=f"http://localhost:{relay.port}", viewport=SMALL_PHONE, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    if network:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", network)
    return page


def first_load(browser: Browser, relay: Relay) -> tuple[int, int, float]:
    """Requests, bytes and seconds until the form can be used."""
    page = fresh(browser, relay, 4, SLOW_3G)
    relay.reset()
    page.goto("/", wait_until="commit")
    page.wait_for_function(USABLE)
    seconds = page.evaluate("() => performance.now() / 1000")
    requests, down = len(relay.requests), relay.down
    page.context.close()
    return requests, down, float(seconds)


def load_tools(page: Page) -> None:
    """Both tools of the letter's step: a photo is taken along, the panel of the voice opened and put away."""
    small = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(small, "JPEG")
    page.locator("#attach .photo").click()
    with page.expect_file_chooser() as chooser:
        page.locator("#attach .card .main").click()
    chooser.value.set_files(FilePayload(name="1.jpg", mimeType="image/jpeg", buffer=small.getvalue()))
    page.locator("#attach figure").wait_for(state="visible")
    page.locator("#attach .voice").click()
    page.locator("#attach .card button").last.click()


def to_the_last_step(page: Page, *, media: bool = False) -> None:
    """Everything before Send: a region, a reason, some sentences, the rest skipped."""
    page.goto("/")
    page.wait_for_function(USABLE)
    page.locator("#next").click()
    page.locator("#region").select_option("KZ-10")
    page.locator("#next").click()
    page.locator("#what label").first.click()
    page.locator("#next").click()
    page.locator("textarea[name=text]").fill(TEXT)
    if media:
        load_tools(page)
    for _ in range(4):
        page.locator("#next").click()
    page.locator("#send").wait_for(state="visible")
    page.wait_for_timeout(2000)


def sending(browser: Browser, relay: Relay, *, old: bool = False, media: bool = False) -> tuple[int, int, float]:
    """Bytes down and up until the six words, and seconds from the tap to them."""
    page = fresh(browser, relay, 6)
    if old:
        page.add_init_script(f"({NEWER_THAN_CHROMIUM_87})()")
    page.add_init_script(CLOCK)
    relay.reset()
    to_the_last_step(page, media=media)
    before = page.evaluate("() => [performance.now(), window.cryptoSeconds]")
    page.evaluate("() => document.querySelector('#next').click()")
    page.wait_for_function("() => document.querySelectorAll('.receipt ol li').length === 6", timeout=120_000)
    after = page.evaluate("() => [performance.now(), window.cryptoSeconds]")
    seconds = (after[0] - before[0]) / 1000 + 5 * (after[1] - before[1])
    down, up = relay.down, relay.up
    page.context.close()
    return down, up, float(seconds)


def slowest(sends: list[tuple[int, int, float]]) -> float:
    """Seconds from Send to the six words, 95th percentile."""
    seconds = sorted(one[2] for one in sends)
    return round(seconds[int(0.95 * (len(seconds) - 1))], 2)


def measure(house: House) -> dict[str, Any]:
    """All figures of a running house."""
    relay = Relay(house.port).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["TEST_CHROMIUM"], args=FLAGS)
        loads = [first_load(browser, relay) for _ in range(LOADS)]
        sends = [sending(browser, relay) for _ in range(SENDS)]
        olds = [sending(browser, relay, old=True) for _ in range(SENDS)]
        media, old_media = (sending(browser, relay, old=old, media=True) for old in (False, True))
        browser.close()
    return {
        "requests": max(one[0] for one in loads),
        "bytes_first": max(one[1] for one in loads),
        "bytes_total": max(one[0] for one in sends),
        "bytes_total_old": max(one[0] for one in olds),
        "bytes_total_media": media[0],
        "bytes_total_old_media": old_media[0],
        "bytes_up": max(one[1] for one in sends),
        "usable_s": round(statistics.median(one[2] for one in loads), 2),
        "send_s": slowest(sends),
        "send_s_old": slowest(olds),
        "send_median_s": round(statistics.median(one[2] for one in sends), 2),
    }


if __name__ == "__main__":
    if "TEST_CHROMIUM" not in os.environ:
        sys.exit("TEST_CHROMIUM does not say where Chromium is: use ./dev bench page")
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "var").start()
        try:
            print(json.dumps(measure(house)))
        finally:
            house.stop()
