"""What happened to a letter and when: every step and every letter with its moment, in the child's words and on its clock."""

import secrets
import time
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.desk.officer import answer, enter, pass_on, read
from tests.browser.house import House
from tests.browser.reporter.walking import HOMES, REGION, SEALING_MS, Child
from tests.browser.reporter.words import moment, texts

ZONE = "Pacific/Marquesas"
STEPS = ["received", "opened", "replied", "referred", "written"]
SLACK_SECONDS = 90


@pytest.fixture
def traveller(chromium: Browser, house: House) -> Iterator[Child]:
    """A child whose clock is nine and a half hours behind Greenwich."""
    context = chromium.new_context(base_url=house.url, timezone_id=ZONE)
    yield Child(context.new_page())
    context.close()


def moments(page: Page, selector: str) -> list[tuple[float, str]]:
    """What every <time> says to machines, as Unix time, and to people."""
    found = page.locator(f"{selector} time").evaluate_all("all => all.map(one => [one.dateTime, one.textContent])")
    return [(datetime.fromisoformat(machine).timestamp(), people) for machine, people in found]


def test_every_step_is_told_with_its_moment_in_every_language(
    traveller: Child, office: BrowserContext, house: House
) -> None:
    told, began = f"уақыт{secrets.randbelow(10**9)}", time.time()
    words = traveller.open().write(told).send()
    handled(office.new_page(), house, told)
    page = traveller.page
    traveller.read(" ".join(words))
    expect(traveller.thread).to_have_count(2, timeout=SEALING_MS)
    page.locator("#reply").fill("Рақмет")
    page.locator("#after section .main").click()
    expect(traveller.thread).to_have_count(3, timeout=SEALING_MS)
    for language in ("kk", "ru", "en"):
        page.locator(f".tools a[lang={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert_told(page, house, language, began)


def handled(page: Page, house: House, told: str) -> None:
    """An officer reads the letter, answers it and passes it on."""
    enter(page, house, REGION)
    read(page, told)
    answer(page, "Көмектесеміз")
    pass_on(page, "committee")
    page.close()


def assert_told(page: Page, house: House, language: str, began: float) -> None:
    """The steps in their order, none before the letter was written or after now, and the letters likewise."""
    said = texts(house, language)
    shown = page.locator("#after .events li span").all_text_contents()
    assert shown == [said[f"thread.{step}"] for step in STEPS]
    for place, count in ((".events", len(STEPS)), (".letters", 3)):
        found = moments(page, place)
        assert len(found) == count
        for at, people in found:
            assert began - SLACK_SECONDS <= at <= time.time() + SLACK_SECONDS
            assert people == moment(house, language, at, ZONE)
        assert [at for at, _ in found] == sorted(at for at, _ in found)


@pytest.mark.parametrize("language", HOMES)
def test_a_wish_to_erase_says_the_day_on_which_it_is_done(traveller: Child, house: House, language: str) -> None:
    said, page = texts(house, language), traveller.page
    traveller.read(" ".join(traveller.open(language).write("Өшірілсін").send()), language)
    page.get_by_role("button", name=said["erase.title"]).click()
    page.get_by_role("button", name=said["erase.yes"]).click()
    undo = page.get_by_role("button", name=said["erase.undo"])
    expect(undo).to_be_visible(timeout=SEALING_MS)
    due = page.locator("#after [data-t='erase.due']").inner_text()
    assert any(due == said["erase.due"].format(date=day) for day in due_days(said))
    undo.click()
    expect(traveller.thread).to_have_count(1, timeout=SEALING_MS)
    expected = ["received", "erase_asked", "erase_withdrawn"]
    assert page.locator("#after .events li span").all_text_contents() == [said[f"thread.{one}"] for one in expected]


def due_days(said: dict[str, str]) -> list[str]:
    """The day in a fortnight, and its neighbour when midnight is near."""
    from zoneinfo import ZoneInfo

    days = [datetime.fromtimestamp(time.time() + 14 * 86_400 + slack, ZoneInfo(ZONE)) for slack in (-SLACK_SECONDS, 0)]
    months = said["date.months"].split(" ")
    return [said["date.day"].format(day=one.day, month=months[one.month - 1], year=one.year) for one in days]
