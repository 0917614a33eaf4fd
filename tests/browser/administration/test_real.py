"""An administrator of a new installation: the second step is asked for, and every empty page says what to do first."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.administration.conftest import ROOT
from tests.browser.administration.test_schools import PAGES, look
from tests.browser.desk.conftest import watch
from tests.browser.desk.newcomer import Newcomer
from tests.browser.desk.officer import SLOW, try_to_enter
from tests.browser.desk.real import RealHouse


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHouse]:
    """A real installation, empty."""
    built = RealHouse(tmp_path_factory.mktemp("real") / "var")
    try:
        yield built.start()
    finally:
        built.stop()


@pytest.fixture
def tab(chromium: Browser, real: RealHouse, faults: list[str]) -> Iterator[Page]:
    """A tab in a fresh profile."""
    context = chromium.new_context(base_url=real.url, viewport={"width": 360, "height": 640})
    page = context.new_page()
    watch(page, faults)
    yield page
    context.close()
    assert not faults


def test_from_the_link_to_pages_that_say_what_to_do_first(tab: Page, real: RealHouse) -> None:
    person = Newcomer(tab)
    person.take(real.operator("administrators", "invite", "Дана", "--language", "en").splitlines()[-1])
    tab.goto("/desk/in/en/")
    try_to_enter(tab, person.username, person.passphrase)
    person.second_step()
    tab.wait_for_url(f"**{ROOT}", timeout=SLOW)
    expect(tab.locator("ol.admin-list")).to_contain_text("Desks that are not open yet: 22.")
    expect(tab.locator("ol.admin-list")).to_contain_text("There are no schools yet.")
    assert {path: look(tab, ROOT + path) for path in PAGES} == {path: ([], False) for path in PAGES}

    tab.goto(f"{ROOT}schools/")
    expect(tab.get_by_role("heading", name="No schools yet")).to_be_visible()
    tab.get_by_role("link", name="Take a list of schools").click()
    expect(tab.locator("#file")).to_be_visible()
    tab.goto(f"{ROOT}desks/")
    expect(tab.get_by_text("No desk is open yet.")).to_be_visible()
    expect(tab.locator("[data-desk=ombudsman]")).to_contain_text("balaqorgau officers invite --desk ombudsman")
    tab.goto(f"{ROOT}health/")
    expect(tab.locator("[data-check=mail]")).to_have_attribute("data-level", "bad")
    real.operator("sweep")
    tab.reload()
    for name in ("waking", "sweep"):
        expect(tab.locator(f"[data-check={name}]")).to_have_attribute("data-level", "good")

    tab.get_by_role("button", name="Sign out").click()
    expect(tab.locator("#gate")).to_be_visible()
    try_to_enter(tab, person.username, person.passphrase)
    tab.locator("#second-passkey").click()
    tab.wait_for_url(f"**{ROOT}", timeout=SLOW)
