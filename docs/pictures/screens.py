"""Takes the desk's screens for docs/reference/screens.md: `python docs/pictures/screens.py http://localhost:8080 FOLDER`.

FOLDER is the example country's, whose passphrases open the desk; `make.py` beside this file sends the appeals that are shown.
Each picture has a row for each language, a phone in light and a laptop in dark; the last is the paper of an appeal.
"""

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent / "screens"
LANGUAGES = ("kk", "ru", "en")
PHONE, LAPTOP = {"width": 390, "height": 780}, {"width": 1280, "height": 780}
HEIGHT = 520
GAP = 12


def inbox(page: Page) -> None:
    """The list, every row opened."""
    page.locator("#rows .row:not(.is-sealed)").nth(2).wait_for(timeout=60_000)


def appeal(page: Page) -> None:
    """What a child wrote."""
    page.locator("#rows .row").first.click()
    page.locator("#messages .message").first.wait_for(timeout=30_000)


def answer(page: Page) -> None:
    """The form under it, with a first word."""
    page.locator("#answer-button").click()
    page.locator("#answer-text").fill("Сәлем! Хатыңды оқыдық.")


def templates(page: Page) -> None:
    """What can be put in."""
    page.locator("#templates-button").click()


def help_(page: Page) -> None:
    """The keyboard and the marks."""
    close(page)
    page.locator("#help-button").click()


def account(page: Page) -> None:
    """Ways in, and sessions."""
    close(page)
    page.locator("#account-button").click()
    page.locator("#account-visits .account-row").first.wait_for()


def keys(page: Page) -> None:
    """Who has the desk's key."""
    close(page)
    page.locator("#keys-page").click()
    page.locator(".desk-card").first.wait_for(timeout=30_000)


def waking(page: Page) -> None:
    """Mail and duty."""
    page.goto("/desk/waking/")


def close(page: Page) -> None:
    """The dialog that is open."""
    page.keyboard.press("Escape")
    page.wait_for_timeout(200)


SCREENS: dict[str, Callable[[Page], None]] = {
    "inbox": inbox,
    "appeal": appeal,
    "answer": answer,
    "templates": templates,
    "help": help_,
    "account": account,
    "keys": keys,
    "waking": waking,
}


def sign_in(browser: Browser, url: str, officer: dict[str, str], language: str, *, is_phone: bool) -> Page:
    """A browser with the desk open."""
    screen, colours = (PHONE, "light") if is_phone else (LAPTOP, "dark")
    page = browser.new_context(base_url=url, viewport=screen, color_scheme=colours).new_page()  # type: ignore[arg-type]
    page.goto(f"/desk/in/{language}/")
    page.locator("#gate-username").fill(officer["username"])
    page.locator("#gate-passphrase").fill(officer["passphrase"])
    page.locator("#gate-submit").click()
    page.locator("#desk").wait_for(timeout=60_000)
    return page


def shots(page: Page) -> tuple[dict[str, Image.Image], Image.Image]:
    """Every screen, and the paper of the appeal."""
    found, paper = {}, Image.new("RGB", (1, 1))
    for name, go in SCREENS.items():
        go(page)
        page.wait_for_timeout(500)
        found[name] = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        if name == "appeal":
            paper = pypdfium2.PdfDocument(page.pdf(format="A4"))[0].render(scale=0.8).to_pil().convert("RGB")
    return found, paper


def rows(pictures: list[list[Image.Image]]) -> Image.Image:
    """Pictures of one height in rows."""
    lines = [[one.resize((one.width * HEIGHT // one.height, HEIGHT)) for one in line] for line in pictures]
    width = max(sum(one.width + GAP for one in line) for line in lines) - GAP
    sheet = Image.new("RGB", (width, (HEIGHT + GAP) * len(lines) - GAP), "white")
    for number, line in enumerate(lines):
        left = 0
        for one in line:
            sheet.paste(one, (left, number * (HEIGHT + GAP)))
            left += one.width + GAP
    return sheet


def main(url: str, folder: Path) -> None:
    """Every sheet."""
    officers = json.loads((folder / "example-officers.json").read_text(encoding="utf-8"))
    officer = next(one for one in officers if one["desk"] == "KZ-10")
    found: dict[str, list[list[Image.Image]]] = {name: [] for name in SCREENS}
    papers: list[Image.Image] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        for language in LANGUAGES:
            phone, _ = shots(sign_in(browser, url, officer, language, is_phone=True))
            laptop, paper = shots(sign_in(browser, url, officer, language, is_phone=False))
            papers.append(paper)
            for name in SCREENS:
                found[name].append([phone[name], laptop[name]])
        browser.close()
    HERE.mkdir(exist_ok=True)
    for name, pictures in {**found, "paper": [papers]}.items():
        rows(pictures).save(HERE / f"{name}.webp", quality=72, method=6)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
