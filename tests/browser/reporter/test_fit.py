"""The page fits every child: 320 px, 200 % zoom, reduced motion, easy reading; and axe finds nothing to complain about."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.house import House
from tests.browser.reporter.walking import ANSWERS, HOMES, STEPS, Child, Scheme

AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
NARROW: ViewportSize = {"width": 320, "height": 640}
SMALLEST_TARGET = 48
SMALLEST_LETTERS = 18
SPILL = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """smallest => [...document.querySelectorAll(
    "button, a, select, textarea, summary, input, label.choice, .tiles label")]
    .filter(one => one.offsetParent && !one.closest(".unseen"))
    .filter(one => !one.matches("label input"))
    .filter(one => Math.round(one.getBoundingClientRect().height) < smallest)
    .map(one => one.outerHTML.slice(0, 80))"""
SMALL_LETTERS = """smallest => [...document.querySelectorAll("body *")]
    .filter(one => one.offsetParent && !one.closest(".unseen"))
    .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .filter(one => Math.round(parseFloat(getComputedStyle(one).fontSize) * 10) < smallest * 10)
    .map(one => one.outerHTML.slice(0, 80))"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FINDINGS = f"""async () => (await axe.run(document, {{runOnly: {RULES}}})).violations
    .map(found => found.id + ": " + found.nodes.map(node => node.target + " " + node.failureSummary).join("; "))"""


def views(child: Child, language: str) -> Iterator[str]:
    """Every view a child comes by, one after the other, with something in it."""
    child.open(language)
    for step in STEPS:
        child.go_to(step)
        if step == "what":
            child.choose("r01")
        if step == "tell":
            child.page.locator("textarea[name=text]").fill("я хочу умереть " * 20)
            expect(child.page.locator("#danger .calls")).to_be_visible()
        if step == "safe":
            child.choose("no")
        yield step
    words = child.send()
    yield "receipt"
    child.page.locator("#after .steps button").nth(1).click()
    yield "digits"
    child.page.locator("#after .steps button").first.click()
    yield "repeat"
    child.page.locator("#after .steps button").last.click()
    yield "done"
    child.page.goto(ANSWERS[language])
    expect(child.page.locator("#easy")).to_be_visible()
    yield "answer"
    child.unlock("a b c")
    expect(child.page.locator("#answer-error")).not_to_be_empty()
    yield "wrong words"
    child.unlock(" ".join(words))
    expect(child.thread).to_have_count(1, timeout=60_000)
    yield "thread"


@pytest.mark.parametrize("language", HOMES)
def test_nothing_spills_sideways_on_the_narrowest_phone(narrow: Child, language: str) -> None:
    for view in views(narrow, language):
        assert narrow.page.evaluate(SPILL) <= 0, view
    assert [fault for fault in narrow.faults if "404" not in fault] == []


@pytest.mark.parametrize("language", HOMES)
def test_nothing_spills_sideways_with_letters_of_twice_the_size(narrow: Child, language: str) -> None:
    narrow.page.set_viewport_size({"width": 640, "height": 900})
    for view in views(narrow, language):
        narrow.page.evaluate("document.documentElement.style.setProperty('font-size', '225%')")
        assert narrow.page.evaluate(SPILL) <= 0, view


@pytest.mark.parametrize("language", HOMES)
def test_every_target_is_big_enough_for_a_thumb(narrow: Child, language: str) -> None:
    for view in views(narrow, language):
        assert narrow.page.evaluate(SMALL_TARGETS, SMALLEST_TARGET) == [], view
        assert narrow.page.evaluate(SMALL_LETTERS, SMALLEST_LETTERS) == [], view


def test_nothing_moves_for_those_who_asked_for_less_motion(narrow: Child) -> None:
    page = narrow.open().page
    page.route("**/api/appeals", lambda route: None)
    narrow.write("Хат").go_to("send").forward()
    expect(page.locator(".busy")).to_be_visible()
    moving = "() => document.getAnimations().filter(one => one.playState === 'running').length"
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) == 1


def test_easy_reading_puts_every_sentence_on_a_line_and_can_be_switched_off(narrow: Child) -> None:
    page = narrow.open().page
    size = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"
    before = page.evaluate(size)
    page.locator("#easy").click()
    expect(page.locator("#start .lead .line")).to_have_count(2)
    assert page.evaluate(size) > before
    assert page.evaluate(SPILL) <= 0
    page.locator("#easy").click()
    expect(page.locator("#start .line")).to_have_count(0)
    assert page.evaluate(size) == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", HOMES)
def test_axe_finds_nothing_in_any_view(chromium: Browser, house: House, language: str, scheme: Scheme) -> None:
    context = chromium.new_context(
        base_url=house.url, viewport={"width": 360, "height": 640}, color_scheme=scheme, bypass_csp=True
    )
    child = Child(context.new_page())
    found = {view: findings(child.page) for view in views(child, language)}
    context.close()
    assert {view: what for view, what in found.items() if what} == {}


def findings(page: Page) -> list[str]:
    """What axe complains about in what is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(FINDINGS))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", HOMES)
def test_the_gallery_of_the_child_s_parts_fits_too(
    chromium: Browser, house: House, language: str, scheme: Scheme
) -> None:
    context = chromium.new_context(base_url=house.url, viewport=NARROW, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"/ui/child/{language}/")
    assert page.evaluate(SPILL) <= 0
    assert findings(page) == []
    context.close()
