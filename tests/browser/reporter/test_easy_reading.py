"""Easy reading keeps what it promises in every view and language: larger, airier, a sentence on a line, nothing lost or cut."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.reporter.test_fit import SMALL_TARGETS, SMALLEST_TARGET, SPILL, views
from tests.browser.reporter.walking import HOMES, SEALING_MS, STEPS, Child
from tests.browser.reporter.words import texts

SENTENCE = re.compile(r"(?<=[.!?…»”\"])[ \n]+(?=[^a-zа-яёәіңғүұқөһ])")
END = re.compile(r"[.!?…][»”\"]?$")
VALUE = re.compile(r"\\\{\w+\\\}")
LARGER = 1.2
AIRY = 1.7
SHOWN = """() => [...document.querySelectorAll("main [data-t]")].filter(one => one.offsetParent).map(one => ({
    key: one.dataset.t,
    whole: one.textContent,
    lines: [...one.querySelectorAll(":scope > .line")].map(line => line.textContent),
    tops: [...one.querySelectorAll(":scope > .line")].map(line => line.getBoundingClientRect().top),
}))"""
CUT = """() => [...document.querySelectorAll("main [data-t]")].filter(one => one.offsetParent && one.tagName !== "OPTION")
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(one => one.dataset.t)"""
LETTERS = """() => [...document.querySelectorAll("main [data-t]")].filter(one => one.offsetParent && one.tagName !== "OPTION")
    .map(one => [one.dataset.t, parseFloat(getComputedStyle(one).fontSize)])"""
AIR = """() => [...document.querySelectorAll("main p[data-t], main li[data-t]")].filter(one => one.offsetParent)
    .map(one => parseFloat(getComputedStyle(one).lineHeight) / parseFloat(getComputedStyle(one).fontSize))"""


def sentences(whole: str) -> list[str]:
    """The sentences of a text as a person parts them: at a full stop before a capital letter, a digit or the end."""
    pieces = SENTENCE.split(whole)
    joined = [pieces[0]]
    for piece in pieces[1:]:
        if END.search(joined[-1]):
            joined.append(piece)
        else:
            joined[-1] += f" {piece}"
    return joined


def pattern(text: str) -> str:
    """A text of the pack as a pattern in which every value may be anything."""
    return VALUE.sub(".*", re.escape(text))


def assert_promised(page: Page, said: dict[str, str], view: str) -> None:
    """Every visible text is whole, and as many lines as it has sentences, one below the other."""
    shown: list[dict[str, Any]] = page.evaluate(SHOWN)
    assert shown
    for one in shown:
        expected = sentences(said[one["key"]])
        if len(expected) == 1:
            assert one["lines"] == [], (view, one)
            continue
        assert len(one["lines"]) == len(expected), (view, one)
        for line, sentence in zip(one["lines"], expected, strict=True):
            assert re.fullmatch(pattern(sentence), line), (view, one)
        assert all(above < below for above, below in zip(one["tops"], one["tops"][1:], strict=False)), (view, one)
    assert page.evaluate(SPILL) <= 0, view
    assert page.evaluate(CUT) == [], view
    assert page.evaluate(SMALL_TARGETS, SMALLEST_TARGET) == [], view
    assert min(page.evaluate(AIR), default=AIRY) >= AIRY, view


def easy(page: Page, wanted: bool) -> None:
    """The switch, as wanted."""
    button = page.locator("#easy")
    if (button.get_attribute("aria-pressed") == "true") != wanted:
        button.click()
    expect(button).to_have_attribute("aria-pressed", str(wanted).lower())


@pytest.mark.parametrize("language", HOMES)
def test_every_view_keeps_the_promise_of_easy_reading(narrow: Child, house: House, language: str) -> None:
    said, seen = texts(house, language), set()
    for view in views(narrow, language):
        easy(narrow.page, True)
        assert_promised(narrow.page, said, view)
        seen.add(view)
    assert seen > set(STEPS)


@pytest.mark.parametrize("language", HOMES)
def test_every_text_of_a_step_is_larger_and_comes_back_as_it_was(narrow: Child, language: str) -> None:
    page = narrow.open(language).page
    for step in STEPS:
        narrow.go_to(step)
        easy(page, False)
        before, whole = dict(page.evaluate(LETTERS)), page.locator("main").inner_text()
        easy(page, True)
        for key, size in page.evaluate(LETTERS):
            assert size >= before[key] * LARGER, (step, key)
        easy(page, False)
        assert dict(page.evaluate(LETTERS)) == before
        assert page.locator("main").inner_text() == whole


@pytest.mark.parametrize("language", HOMES)
def test_it_stays_when_the_language_changes_and_with_every_step(narrow: Child, house: House, language: str) -> None:
    page = narrow.open(language).page
    easy(page, True)
    for step in STEPS:
        narrow.go_to(step)
        for other in HOMES:
            page.locator(f".tools a[lang={other}]").click()
            expect(page.locator("html")).to_have_attribute("lang", other)
            assert_promised(page, texts(house, other), f"{step} in {other}")


@pytest.mark.parametrize("language", HOMES)
def test_the_day_of_erasing_is_not_broken(narrow: Child, house: House, language: str) -> None:
    said, page = texts(house, language), narrow.page
    narrow.read(" ".join(narrow.open(language).write("Хат").send()), language)
    easy(page, True)
    page.locator("#after [data-t='erase.title']").click()
    page.locator("#after [data-t='erase.yes']").click()
    expect(page.locator("[data-t='erase.undo']")).to_be_visible(timeout=SEALING_MS)
    assert_promised(page, said, "erased")


def test_it_is_forgotten_with_the_page(narrow: Child) -> None:
    page = narrow.open().page
    easy(page, True)
    page.reload()
    narrow.ready()
    expect(page.locator("#easy")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".line")).to_have_count(0)
