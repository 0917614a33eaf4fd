"""Text stands out at 7 to 1 (4.5 when large), in every view of the child's page, the plain form and what adults read."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.house import House
from tests.browser.reporter.test_fit import AXE, views
from tests.browser.reporter.test_plain import filled, read, send
from tests.browser.reporter.walking import HOMES, REGION, Child, Scheme

SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PAGES = ("privacy", "privacy-adults", "operator", "accessibility")
RULE = "color-contrast-enhanced"
MEASURED = f"""async () => {{
    const {{violations, passes}} = await axe.run(document, {{
        runOnly: {{type: "rule", values: ["{RULE}"]}}, rules: {{"{RULE}": {{enabled: true}}}},
    }});
    const weak = violations.flatMap(found => found.nodes)
        .map(node => node.target + " " + node.html.slice(0, 60) + " " + node.any.map(one => one.message).join());
    return [passes.flatMap(found => found.nodes).length, weak];
}}"""


def weak(page: Page) -> list[str]:
    """What does not stand out of what is shown now; a page without any text was not measured."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    strong, found = page.evaluate(MEASURED)
    assert strong or found
    return list(found)


@pytest.fixture(params=SCHEMES)
def context(request: pytest.FixtureRequest, chromium: Browser, house: House) -> Iterator[BrowserContext]:
    """A small phone in the light and in the dark."""
    context = chromium.new_context(
        base_url=house.url, viewport={"width": 360, "height": 640}, color_scheme=request.param, bypass_csp=True
    )
    yield context
    context.close()


@pytest.mark.parametrize("language", HOMES)
def test_every_view_of_the_child_s_page_stands_out(context: BrowserContext, language: str) -> None:
    child = Child(context.new_page())
    found = {view: weak(child.page) for view in views(child, language)}
    assert {view: what for view, what in found.items() if what} == {}


@pytest.mark.parametrize("language", HOMES)
def test_the_helplines_and_every_panel_stand_out(context: BrowserContext, language: str) -> None:
    child = Child(context.new_page())
    page, found = child.open(language).page, {}
    page.locator("#help summary").click()
    found["help"] = weak(page)
    page.locator("#help summary").click()
    child.go_to("where").forward()
    found["no region"] = weak(page)
    child.go_to("tell")
    for panel in ("photo", "voice"):
        page.locator(f"#attach .{panel}").click()
        expect(page.locator("#attach .card")).to_be_visible()
        found[panel] = weak(page)
    page.locator("#easy").click()
    found["easy"] = weak(page)
    child.go_to("about")
    for office in ("region", "committee", "ombudsman"):
        child.choose(office)
    child.go_to("send")
    expect(page.locator("#summary [role=alert]").first).to_be_visible()
    found["nobody"] = weak(page)
    assert {view: what for view, what in found.items() if what} == {}


@pytest.mark.parametrize("language", HOMES)
def test_trouble_stands_out(context: BrowserContext, language: str) -> None:
    child = Child(context.new_page())
    page = child.open(language).write("Хат").page
    page.route("**/api/appeals", lambda route: route.abort())
    child.go_to("send").forward()
    expect(page.locator("#after [role=alert]")).to_be_visible(timeout=60_000)
    assert weak(page) == []


@pytest.mark.parametrize("language", HOMES)
def test_the_plain_form_stands_out(context: BrowserContext, language: str) -> None:
    page, found = context.new_page(), {}
    filled(page, "Хат", language)
    found["form"] = weak(page)
    page.locator("#region").select_option("")
    page.locator("form .main").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    found["mistake"] = weak(page)
    page.locator("#region").select_option(REGION)
    words = send(page)
    found["receipt"] = weak(page)
    read(page, "a b c")
    expect(page.locator("[role=alert]")).to_be_visible()
    found["wrong words"] = weak(page)
    read(page, " ".join(words))
    expect(page.locator("article")).to_be_visible()
    found["thread"] = weak(page)
    assert {view: what for view, what in found.items() if what} == {}


@pytest.mark.parametrize("language", HOMES)
def test_the_pages_about_it_and_the_tour_stand_out(context: BrowserContext, language: str) -> None:
    page, found = context.new_page(), {}
    for path in (*(f"/about/{name}/" for name in PAGES), "/tour/", "/ui/"):
        page.goto(f"{path}{language}/")
        found[path] = weak(page)
    assert {path: what for path, what in found.items() if what} == {}
