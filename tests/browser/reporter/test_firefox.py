"""One journey in Firefox ESR: a letter with a photo goes, its words open it. Safari is untested."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.house import House
from tests.browser.reporter.firefox import Firefox

STEP = "document.querySelector('form > section:not([hidden])').id"
WORDS = "[...document.querySelectorAll('.receipt ol li')].map(one => one.textContent)"
REMEMBERED = "return [document.cookie, localStorage.length, sessionStorage.length]"


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    """The installed Firefox ESR."""
    program = os.environ.get("TEST_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, "Firefox ESR is not installed; name it with TEST_FIREFOX"
    with Firefox(program, tmp_path / "profile") as browser:
        yield browser


def forward(firefox: Firefox, step: str) -> None:
    """The big button, until a step is shown."""
    while firefox.run(f"return {STEP}") != step:
        firefox.click("#next")


def test_a_letter_goes_from_firefox_and_is_read_in_it(firefox: Firefox, house: House, tmp_path: Path) -> None:
    firefox.go(f"{house.url}/#KZ-10")
    firefox.wait("document.querySelector('#attach .photo') !== null")
    assert firefox.run("return location.hash") == ""
    forward(firefox, "where")
    firefox.click("#poster-yes")
    forward(firefox, "tell")
    firefox.type("textarea[name=text]", "Firefox арқылы жаздым")
    photo = tmp_path / "photo.jpg"
    Image.new("RGB", (800, 600), "teal").save(photo)
    firefox.click("#attach .photo")
    firefox.type("#attach input[type=file]", str(photo))
    firefox.wait("document.querySelector('#attach figure img')?.complete")
    forward(firefox, "send")
    firefox.click("#next")
    words = firefox.wait(f"(words => words.length === 6 && words)({WORDS})")
    assert firefox.run(REMEMBERED) == ["", 0, 0]
    firefox.go(f"{house.url}/ru/answer/")
    firefox.wait("!document.querySelector('#next').disabled")
    firefox.type("#words", " ".join(words))
    firefox.click("#next")
    firefox.wait("document.querySelector('.letters > li p')?.textContent === 'Firefox арқылы жаздым'")
    firefox.click(".letters .files button")
    assert firefox.wait("document.querySelector('.letters img')?.naturalWidth") == 800
