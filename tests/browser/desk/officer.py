"""An officer in front of a browser: signs in, opens, answers, passes on."""

import io
import re
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.house import House

SPEECH = Path(__file__).parents[1] / "media" / "speech" / "kk-woman.ogg"
AXE = (Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
SLOW = 30_000


def picture(colour: str = "red") -> bytes:
    """A JPEG of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def credentials(house: House, desk: str) -> tuple[str, str]:
    """Name and passphrase of the first example officer of a desk."""
    officer = next(one for one in house.officers() if one["desk"] == desk)
    return officer["username"], officer["passphrase"]


def try_to_enter(page: Page, username: str, passphrase: str) -> None:
    """Fill in the gate and push; a tab of somebody who is signed in knows the name."""
    if page.locator("#console").get_attribute("data-username") != username:
        page.locator("#gate-username").fill(username)
    page.locator("#gate-passphrase").fill(passphrase)
    page.locator("#gate-submit").click()


def enter(page: Page, house: House, desk: str, *, language: str = "") -> None:
    """Sign in and open the desk's key."""
    page.goto(f"/desk/in/{language}/" if language else "/desk/")
    try_to_enter(page, *credentials(house, desk))
    expect(page.locator("#gate")).to_be_hidden(timeout=SLOW)


def row(page: Page, text: str) -> Locator:
    """The line of the appeal with these words, opened by the vault; further down when many stories filled the desk."""
    found, more = page.locator("#rows .row", has_text=text), page.locator("#rows-more")
    until = time.monotonic() + SLOW / 1000
    while not found.count() and time.monotonic() < until:
        if more.is_visible():
            more.click()
        page.wait_for_timeout(250)
    expect(found).to_have_count(1)
    return found


def read(page: Page, text: str) -> Locator:
    """Open the appeal with these words; its first message."""
    row(page, text).click()
    first = page.locator("#messages .message").first
    expect(first.locator(".message-text")).to_contain_text(text)
    return first


def answer(page: Page, text: str, *files: Path) -> None:
    """Write, seal, send."""
    before = page.locator("#messages .message").count()
    page.locator("#answer-button").click()
    page.locator("#answer-text").fill(text)
    for file in files:
        page.locator("#answer-file").set_input_files(file)
    expect(page.locator("#answer-files .file")).to_have_count(len(files))
    page.locator("#answer-send").click()
    expect(page.locator("#messages .message")).to_have_count(before + 1, timeout=SLOW)


def take_copy(page: Page, file: Locator) -> None:
    """Take a file out of the console, as a court asked for it."""
    file.locator("[data-slot=save]").click()
    page.locator("#save-reasons input[value=court]").check()
    page.locator("#save-submit").click()


def pass_on(page: Page, desk: str) -> None:
    """Give the open appeal to one more desk."""
    page.locator("#pass-button").click()
    page.locator(f"#pass-desks input[value={desk}]").check()
    page.locator("#pass-submit").click()
    expect(page.locator("#pass-dialog")).to_be_hidden(timeout=SLOW)


def complaints(page: Page) -> list[str]:
    """What axe finds on the page as it is now."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules}).then(result => result.violations)", RULES)
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


def thread_id(page: Page) -> str:
    """The id of the appeal that is open."""
    found = re.search(r"#([0-9a-f-]{36})$", page.url)
    assert found
    return found[1]


def authenticator(page: Page, *, computes: bool = True) -> tuple[CDPSession, str]:
    """Plug a passkey in: whoever holds it is always verified."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "hasPrf": computes,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, made["authenticatorId"]
