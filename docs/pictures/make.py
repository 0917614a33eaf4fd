"""Takes the pictures of the README from a running example country: `python docs/pictures/make.py http://localhost:8080 FOLDER`.

FOLDER is the installation's, whose example passphrases open the desk. Chromium must be installed; nothing else is needed.
"""

import io
import json
import os
import sys
import urllib.request
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
PHONE = {"width": 390, "height": 780}
DESKTOP = {"width": 1280, "height": 760}
STORIES = (
    ("r01", "Сыныптастарым күнде мазақтайды, сөмкемді жасырып қояды. Мұғалім көрсе де үндемейді.", "no"),
    ("r21", "Телефонды қоя алмаймын, түнде ұйықтамаймын. Не істесем болады?", "yes"),
    ("r18", "Мектептің артындағы құдықтың қақпағы жоқ, кішкентайлар сонда ойнайды.", "yes"),
)


def child(browser: Browser, url: str) -> Page:
    """A phone."""
    return browser.new_context(base_url=url, viewport=PHONE, device_scale_factor=2, locale="kk").new_page()


def letter(page: Page, reason: str, text: str, safe: str) -> None:
    """One whole appeal; the first one's steps are the README's pictures."""
    page.goto("/")
    page.locator("#next:not([disabled])").wait_for()
    shoot(page, "child-start")
    page.locator("#next").click()
    page.locator("#region").select_option("KZ-10")
    page.locator("#next").click()
    page.locator(f'#what input[value="{reason}"]').check(force=True)
    shoot(page, "child-what")
    page.locator("#next").click()
    page.locator("textarea[name=text]").fill(text)
    page.locator("#next").click()
    page.locator("#next").click()
    page.locator(f'#safe input[value="{safe}"]').check(force=True)
    for _ in range(3):
        page.locator("#next").click()
    page.locator(".receipt ol li").nth(5).wait_for(timeout=60_000)


def shoot(page: Page, name: str) -> None:
    """Keep a picture, the first time that it is taken."""
    file = HERE / f"{name}.png"
    if not file.exists():
        page.wait_for_timeout(400)
        page.screenshot(path=file)


def desk(browser: Browser, url: str, folder: Path) -> None:
    """The inbox and the first appeal of the region's desk."""
    officers = json.loads((folder / "example-officers.json").read_text(encoding="utf-8"))
    officer = next(one for one in officers if one["desk"] == "KZ-10")
    page = browser.new_context(base_url=url, viewport=DESKTOP).new_page()
    page.goto("/desk/")
    page.locator("#gate-username").fill(officer["username"])
    page.locator("#gate-passphrase").fill(officer["passphrase"])
    page.locator("#gate-submit").click()
    page.locator("#rows .row").nth(2).wait_for(timeout=60_000)
    page.wait_for_timeout(1500)
    shoot(page, "desk")
    page.locator("#rows .row").first.click()
    page.locator("#messages .message").first.wait_for(timeout=30_000)
    shoot(page, "desk-appeal")


def poster(url: str) -> None:
    """The poster of the tour."""
    data = urllib.request.urlopen(f"{url}/tour/poster.pdf").read()
    picture = pypdfium2.PdfDocument(io.BytesIO(data))[0].render(scale=1.1).to_pil()
    picture.save(HERE / "poster.png", optimize=True)


def main(url: str, folder: Path) -> None:
    """Every picture."""
    for old in HERE.glob("*.png"):
        old.unlink()
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=flags
        )
        for story in STORIES:
            letter(child(browser, url), *story)
        desk(browser, url, folder)
        browser.close()
    poster(url)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
