"""Firefox ESR: the exit and a double Escape leave nothing to go back to."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.house import House
from tests.browser.reporter.firefox import Firefox
from tests.browser.reporter.test_firefox import REMEMBERED, forward

ESCAPE = "\ue00c"


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    """The installed Firefox ESR."""
    program = os.environ.get("TEST_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, "Firefox ESR is not installed; name it with TEST_FIREFOX"
    with Firefox(program, tmp_path / "profile") as browser:
        yield browser


def begin(firefox: Firefox, house: House) -> None:
    """The page, in a tab that was somewhere else before."""
    firefox.go("about:blank")
    firefox.go(f"{house.url}/#KZ-10")
    firefox.wait("document.querySelector('#attach .voice') !== null")
    forward(firefox, "where")
    firefox.click("#poster-yes")
    forward(firefox, "tell")


@pytest.mark.parametrize("way", ["button", "escape"])
def test_leaving_replaces_the_page_and_back_never_shows_it_in_firefox(firefox: Firefox, house: House, way: str) -> None:
    begin(firefox, house)
    firefox.type("textarea[name=text]", "Менің құпиям")
    firefox.run("document.querySelector('#exit').dataset.to = arguments[0]", f"{house.url}/healthz")
    if way == "button":
        firefox.click("#exit")
    else:
        firefox.type("textarea[name=text]", ESCAPE + ESCAPE)
    firefox.wait("location.pathname === '/healthz'")
    firefox.ask("WebDriver:Back", {})
    assert firefox.run("return location.href") == "about:blank"
    firefox.ask("WebDriver:Forward", {})
    assert firefox.run("return location.pathname") == "/healthz"
    firefox.go(f"{house.url}/")
    firefox.wait("document.querySelector('#attach .voice') !== null")
    assert firefox.run("return document.querySelector('textarea[name=text]').value") == ""
    assert firefox.run(REMEMBERED) == ["", 0, 0]
