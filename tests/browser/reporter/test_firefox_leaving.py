"""Firefox ESR: a voice is disguised, sent and heard again; the exit and a double Escape leave nothing to go back to."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.house import House
from tests.browser.reporter.firefox import Firefox
from tests.browser.reporter.test_firefox import REMEMBERED, WORDS, forward

MICROPHONE = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
}
NEUTRAL = "data:text/html,<title>neutral</title>"
ESCAPE = "\ue00c"
KEPT_TRACKS = """
    const real = MediaDevices.prototype.getUserMedia;
    window.tracks = [];
    MediaDevices.prototype.getUserMedia = async function (wish) {
        const stream = await real.call(this, wish);
        window.tracks.push(...stream.getTracks());
        return stream;
    };
"""
LET_GO = "window.wrappedJSObject?.tracks ?? window.tracks"
HEARD = """document.querySelector('.letters audio')?.readyState > 0
    && document.querySelector('.letters audio').duration > 1"""


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    """The installed Firefox ESR with a microphone that plays a tone."""
    program = os.environ.get("TEST_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, "Firefox ESR is not installed; name it with TEST_FIREFOX"
    with Firefox(program, tmp_path / "profile", MICROPHONE) as browser:
        yield browser


def begin(firefox: Firefox, house: House) -> None:
    """The page, in a tab that was somewhere else before."""
    firefox.go("about:blank")
    firefox.go(f"{house.url}/#KZ-10")
    firefox.wait("document.querySelector('#attach .voice') !== null")
    forward(firefox, "where")
    firefox.click("#poster-yes")
    forward(firefox, "tell")


def test_a_voice_is_recorded_disguised_sent_and_heard_in_firefox(firefox: Firefox, house: House) -> None:
    begin(firefox, house)
    firefox.run(KEPT_TRACKS)
    firefox.click("#attach .voice")
    firefox.wait("document.querySelector('#attach .card .main') !== null")
    firefox.click("#attach .card .main")
    firefox.wait("/2/.test(document.querySelector('#attach .card .big')?.textContent)")
    firefox.click("#attach .card .main")
    firefox.wait("document.querySelector('#attach figure audio') !== null")
    assert firefox.run("return window.tracks.length > 0 && window.tracks.every(one => one.readyState === 'ended')")
    forward(firefox, "send")
    firefox.click("#next")
    words = firefox.wait(f"(words => words.length === 6 && words)({WORDS})")
    assert firefox.run(REMEMBERED) == ["", 0, 0]
    firefox.go(f"{house.url}/answer/")
    firefox.wait("!document.querySelector('#next').disabled")
    firefox.type("#words", " ".join(words))
    firefox.click("#next")
    firefox.wait("document.querySelector('.letters .files button') !== null")
    firefox.click(".letters .files button")
    assert firefox.wait(HEARD)


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
