"""axe finds nothing at the desk, in any language, in the light and in the dark; nothing is wider than the screen."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk.child import send
from tests.browser.desk.officer import complaints, enter, picture, read, row
from tests.browser.house import House

DESK = "KZ-63"
LANGUAGES = ("kk", "ru", "en")
PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
READ = ("/tour/", "/ui/", *(f"/about/{name}/" for name in ("privacy", "privacy-adults", "operator", "accessibility")))
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def told(house: House) -> str:
    """A word of the one appeal that every page shows."""
    word = "ақжелкен"
    photo = [("photo", "image/jpeg", picture())]
    send(house, f"{word} менің хатым", region=DESK, safe="no", reasons=["r01"], age="10_13", files=photo)
    return word


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing(
    chromium: Browser, house: House, told: str, language: str, colours: str, screen: dict[str, int]
) -> None:
    context = chromium.new_context(base_url=house.url, viewport=screen, color_scheme=colours)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"/desk/in/{language}/")
    found = {"gate": complaints(page)}
    wide = {"gate": page.evaluate(TOO_WIDE)}
    enter(page, house, DESK, language=language)
    row(page, told)
    found["inbox"], wide["inbox"] = complaints(page), page.evaluate(TOO_WIDE)
    read(page, told)
    page.locator(".photo-cover").click()
    expect(page.locator("#messages canvas")).to_be_visible()
    page.locator("#answer-button").click()
    found["thread"], wide["thread"] = complaints(page), page.evaluate(TOO_WIDE)
    page.locator("#pass-button").click()
    found["pass"], wide["pass"] = complaints(page), page.evaluate(TOO_WIDE)
    context.close()
    assert found == {place: [] for place in found}
    assert wide == dict.fromkeys(wide, False)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", READ)
def test_axe_finds_nothing_on_pages_that_are_read(
    chromium: Browser, house: House, language: str, colours: str, path: str
) -> None:
    context = chromium.new_context(base_url=house.url, viewport=PHONE, color_scheme=colours)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{path}{language}/")
    found, wide = complaints(page), page.evaluate(TOO_WIDE)
    context.close()
    assert found == []
    assert not wide


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_twice_the_size_nothing_is_cut(chromium: Browser, house: House, told: str, language: str) -> None:
    context = chromium.new_context(base_url=house.url, viewport={"width": 640, "height": 400})
    page = context.new_page()
    enter(page, house, DESK, language=language)
    read(page, told)
    assert not page.evaluate(TOO_WIDE)
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_are_written_as_the_language_writes_them(
    chromium: Browser, house: House, told: str, language: str
) -> None:
    context = chromium.new_context(base_url=house.url)
    page = context.new_page()
    enter(page, house, DESK, language=language)
    said = read(page, told).locator("time").inner_text()
    context.close()
    assert {"kk": " ж. ", "ru": " г.", "en": ", 20"}[language] in " ".join(said.split())
    assert "M1" not in said
