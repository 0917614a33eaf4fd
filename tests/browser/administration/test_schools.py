"""An administrator takes a list with a bad row, corrects it, changes a code, and sends a school its poster by a one-time link."""

import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.administration.conftest import ROOT, enter
from tests.browser.desk.newcomer import Newcomer
from tests.browser.desk.officer import complaints, credentials, try_to_enter
from tests.browser.house import House

HEAD = "number,region,district,name_kk,name_ru,name_en\n"
GOOD = "S-900,KZ-10,,Қарағаш мектебі,Школа Карагаш,Karagash School\n"
WRONG = "S-901,KZ-99,,Самал мектебі,Школа Самал,Samal School\n"
RIGHT = WRONG.replace("KZ-99", "KZ-10")
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
PHONE = {"width": 360, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
PAGES = ("", "schools/", "schools/import/", "desks/", "health/", "audit/", "pack/")


def choose(page: Page, folder: Path, rows: str) -> None:
    """Choose a list and have it checked."""
    file = folder / "schools.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Check").click()


def search(page: Page, words: str) -> None:
    """Look for a school."""
    page.goto(f"{ROOT}schools/")
    page.locator("#q").fill(words)
    page.locator("#q").press("Enter")


def open_school(page: Page, words: str) -> None:
    """Open the one school with these words."""
    search(page, words)
    page.locator(".admin-list a").click()
    expect(page.locator("#school-code")).to_be_visible()


def test_a_list_a_code_and_a_link(admin: Page, chromium: Browser, house: House, tmp_path: Path) -> None:
    admin.get_by_role("link", name="Schools").click()
    admin.get_by_role("link", name="Take a list of schools").click()
    choose(admin, tmp_path, GOOD + WRONG)
    expect(admin.locator("#admin-error")).to_contain_text("Row 3: there is no region “KZ-99”.")
    search(admin, "карагаш")
    expect(admin.get_by_text("There is no such school")).to_be_visible()

    admin.goto(f"{ROOT}schools/import/")
    choose(admin, tmp_path, GOOD + RIGHT)
    expect(admin.locator("#import-checked")).to_contain_text("Would be added: 2.")
    admin.get_by_role("button", name="Take the list").click()
    expect(admin.locator("#import-done")).to_contain_text("Added: 2.")

    open_school(admin, "карагаш")
    before = admin.locator("#school-code").inner_text()
    admin.get_by_label("Somebody hung a false poster").check()
    admin.get_by_label("I understand").check()
    admin.get_by_role("button", name="Change the code").click()
    expect(admin.get_by_role("status")).to_contain_text("The school has a new code")
    code = admin.locator("#school-code").inner_text()
    assert code != before

    admin.get_by_role("button", name="Make a link").click()
    link = admin.locator("#made-link").inner_text()
    contact(chromium, link, school="Қарағаш мектебі")
    open_school(admin, "карагаш")
    expect(admin.locator("[data-state=used]")).to_have_count(1)
    expect(admin.get_by_text(link)).to_have_count(0)


def contact(chromium: Browser, link: str, *, school: str) -> None:
    """The school's contact opens the link on a telephone: once it gives the poster, the second time it says kindly why not."""
    context = chromium.new_context(viewport=PHONE, accept_downloads=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(link)
    expect(page.locator(".reading-lead")).to_have_text(school)
    with page.expect_download() as saved:
        page.get_by_role("button").click()
    assert saved.value.suggested_filename == "S-900.pdf"
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_role("button").click()
    expect(page.locator("main[data-state=used]")).to_contain_text("жаңасын сұраңыз")
    assert context.cookies() == []
    page.goto(link)
    expect(page.locator("main[data-state=used]")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    context.close()


def test_a_poster_is_saved(admin: Page) -> None:
    admin.goto(f"{ROOT}schools/?region=KZ-11")
    admin.locator(".admin-list a").first.click()
    with admin.expect_download() as saved:
        admin.get_by_role("button", name="Poster (A4)").click()
    assert io.BytesIO(Path(saved.value.path()).read_bytes()).read(4) == b"%PDF"


def test_everything_is_reached_by_keyboard_alone(admin: Page) -> None:
    admin.goto(f"{ROOT}schools/")
    admin.keyboard.press("Tab")
    expect(admin.locator(".skip")).to_be_focused()
    admin.keyboard.press("Enter")
    admin.keyboard.press("Tab")
    expect(admin.locator("#q")).to_be_focused()
    admin.keyboard.type("KZ-10-1")
    admin.keyboard.press("Enter")
    expect(admin.locator(".admin-list a")).to_have_count(1)


def test_an_officer_who_comes_here_is_told_and_an_administrator_has_no_console(
    chromium: Browser, house: House, account: Newcomer
) -> None:
    context = chromium.new_context(base_url=house.url)
    page = context.new_page()
    page.goto("/desk/in/en/")
    try_to_enter(page, *credentials(house, "KZ-62"))
    expect(page.locator("#gate")).to_be_hidden(timeout=30_000)
    page.goto(ROOT)
    expect(page.get_by_role("heading")).to_have_text("This page is for administrators")
    context.clear_cookies()
    enter(page, account, "ru")
    page.goto("/desk/")
    expect(page.locator("#gate")).to_be_visible()
    assert page.evaluate("fetch('/desk/api/inbox').then(answer => answer.status)") == 403
    context.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    chromium: Browser, house: House, account: Newcomer, language: str, colours: str, screen: dict[str, int]
) -> None:
    context = chromium.new_context(base_url=house.url, viewport=screen, color_scheme=colours)  # type: ignore[arg-type]
    page = context.new_page()
    enter(page, account, language)
    found = {path: look(page, ROOT + path) for path in (*PAGES, "schools/?region=KZ-10")}
    page.locator(".admin-list a").first.click()
    page.locator("form[action$=link] button").click()
    found["school"] = problems(page)
    found["contact"] = look(page, page.locator("#made-link").inner_text().replace("/kk/", f"/{language}/"))
    found["nothing"] = look(page, f"/poster/{language}/nothing/")
    context.close()
    assert found == {place: ([], False) for place in found}


def look(page: Page, address: str) -> tuple[list[str], bool]:
    """What is wrong with a page."""
    page.goto(address)
    return problems(page)


def problems(page: Page) -> tuple[list[str], bool]:
    """What axe finds on the page as it is, and whether it is wider than the screen."""
    return complaints(page), page.evaluate(TOO_WIDE)
