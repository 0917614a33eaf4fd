"""A voice in Firefox ESR on a machine without a loudspeaker, where no sound ever starts: said, and nothing is lost.

Recording itself is not tested in Firefox: its sound needs a real loudspeaker to run, which machines for tests lack.
"""

import os
import shutil
from pathlib import Path

from tests.browser.house import House
from tests.browser.reporter.firefox import Firefox
from tests.browser.reporter.test_firefox_leaving import begin
from tests.browser.reporter.test_limits import said

MICROPHONE = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.cubeb.backend": "alsa",
    "media.cubeb.sandbox": False,
}


def firefox(folder: Path) -> Firefox:
    """The installed Firefox ESR with a made-up microphone, on a machine that has no loudspeaker."""
    program = os.environ.get("TEST_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, "Firefox ESR is not installed; name it with TEST_FIREFOX"
    sound = folder / "asound.conf"
    sound.write_text("")
    return Firefox(program, folder / "profile", MICROPHONE, {"ALSA_CONFIG_PATH": str(sound)})


def test_without_a_loudspeaker_firefox_says_that_no_sound_starts_and_keeps_the_text(
    house: House, tmp_path: Path
) -> None:
    with firefox(tmp_path) as browser:
        begin(browser, house)
        browser.type("textarea[name=text]", "Бұл хат жоғалмайды")
        browser.click("#attach .voice")
        browser.wait("document.querySelector('#attach .card .main') !== null")
        browser.click("#attach .card .main")
        browser.wait("document.querySelector('#attach .wrong')?.textContent")
        assert browser.run("return document.querySelector('#attach .wrong').textContent") == said("kk", "voice.stuck")
        assert browser.run("return document.querySelector('textarea[name=text]').value") == "Бұл хат жоғалмайды"
        assert browser.run("return document.querySelector('#attach .card')") is None
