"""Kazakh letters are drawn as letters: no boxes, and no word whose ә or қ comes from another face than its neighbours."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.desk.officer import enter
from tests.browser.house import House
from tests.browser.reporter.walking import STEPS, Child

LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
WORD = f"Қазақ{LETTERS}тіл"
#: Every face, weight and slant in which something is shown now, as a hidden list of one word each.
SHOW_EVERY_FONT = """word => {
    document.querySelector("#every-font")?.remove();
    const shown = [...document.querySelectorAll("body *")].filter(one => one.offsetParent)
        .filter(one => !one.matches("[type=checkbox], [type=radio]"))
        .filter(one => one.matches("input, textarea, select") || [...one.childNodes].some(node => node.data?.trim()));
    const fonts = new Map(shown.map(one => {
        const {fontFamily, fontWeight, fontStyle} = getComputedStyle(one);
        return [[fontFamily, fontWeight, fontStyle].join("|"), {fontFamily, fontWeight, fontStyle}];
    }));
    const list = document.createElement("div");
    list.id = "every-font";
    for (const font of fonts.values()) {
        const line = document.createElement("p");
        Object.assign(line.style, font, {letterSpacing: "0"});
        line.textContent = word;
        list.append(line);
    }
    document.body.append(list);
    return new Promise(painted => requestAnimationFrame(() => setTimeout(() => painted([...fonts.keys()]))));
}"""
#: Each letter as a picture, and the box that a font draws for what it has not.
DRAWN = """letters => [...document.querySelectorAll("#every-font p")].map(line => {
    const {fontFamily, fontWeight, fontStyle} = getComputedStyle(line);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 48;
    const pen = canvas.getContext("2d", {willReadFrequently: true});
    pen.font = `${fontStyle} ${fontWeight} 32px ${fontFamily}`;
    return [...letters, "\\u{10FFFE}"].map(letter => {
        pen.clearRect(0, 0, 48, 48);
        pen.fillText(letter, 6, 36);
        return pen.getImageData(0, 0, 48, 48).data.join("");
    });
})"""


def faces_of(line: CDPSession, page: Page) -> dict[str, list[dict[str, object]]]:
    """Which faces the browser took for the word in each font of the page, and how many glyphs of each."""
    fonts = page.evaluate(SHOW_EVERY_FONT, WORD)
    root = line.send("DOM.getDocument")["root"]["nodeId"]
    nodes = line.send("DOM.querySelectorAll", {"nodeId": root, "selector": "#every-font p"})["nodeIds"]
    taken = [line.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in nodes]
    return dict(zip(fonts, taken, strict=True))


def assert_letters(page: Page, view: str) -> None:
    """Every font of what is shown now has every Kazakh letter in one face, and draws each as itself."""
    line = page.context.new_cdp_session(page)
    line.send("DOM.enable")
    line.send("CSS.enable")
    found = faces_of(line, page)
    assert found, view
    for font, taken in found.items():
        assert [face["glyphCount"] for face in taken] == [len(WORD)], (view, font, taken)
    for drawn in page.evaluate(DRAWN, LETTERS):
        *letters, box = drawn
        assert box not in letters, view
        assert len({*letters, "0" * len(box)}) >= len(set(LETTERS)), view
    line.detach()


@pytest.fixture
def page(chromium: Browser, house: House) -> Iterator[Page]:
    """A page of any kind, on which a test may draw."""
    context = chromium.new_context(base_url=house.url, bypass_csp=True)
    yield context.new_page()
    context.close()


def test_the_child_s_page_draws_every_letter_in_every_font(page: Page) -> None:
    child = Child(page).open()
    for step in STEPS:
        child.go_to(step)
        if step == "tell":
            page.locator("textarea[name=text]").fill(WORD)
        assert_letters(page, step)
    words = child.send()
    assert_letters(page, "receipt")
    page.locator("#after .steps button").nth(1).click()
    assert_letters(page, "digits")
    child.read(" ".join(words))
    expect(child.thread).to_have_count(1, timeout=60_000)
    assert_letters(page, "thread")


@pytest.mark.parametrize(
    "address", ["/plain/", "/plain/answer/", "/about/privacy/kk/", "/tour/", "/ui/", "/ui/child/", "/desk/"]
)
def test_every_other_page_draws_every_letter_in_every_font(page: Page, address: str) -> None:
    page.goto(address)
    assert_letters(page, address)


def test_the_desk_draws_every_letter_in_every_font(page: Page, house: House) -> None:
    enter(page, house, "KZ-10", language="kk")
    assert_letters(page, "desk")


def test_a_font_without_a_letter_would_be_noticed(page: Page) -> None:
    page.goto("/plain/")
    page.add_style_tag(
        content="@font-face { font-family: holes; src: local('DejaVu Sans'), local('Liberation Sans');"
        " unicode-range: U+410-44F } body * { font-family: holes, monospace !important }"
    )
    with pytest.raises(AssertionError):
        assert_letters(page, "holes")
