"""Whatever goes into the disguise, what comes out has the carrier's pitch."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.media.conftest import run

CARRIER = 110
STEADY = {
    "man 80 Hz a": 80,
    "man 98 Hz o": 98,
    "man 123 Hz e": 123,
    "woman 175 Hz u": 175,
    "woman 215 Hz i": 215,
    "child 262 Hz a": 262,
    "child 330 Hz e": 330,
    "child 400 Hz o": 400,
    "sine 220 Hz": 220,
}
MOVING = [
    "glide up 90 to 380 Hz",
    "glide down 400 to 100 Hz",
    "vibrato 300 Hz",
    "singing a scale",
    "breathy 190 Hz",
    "whisper",
    "chord of C",
    "two voices 140 and 310 Hz",
]
SPEECH = sorted(file.name for file in (Path(__file__).parent / "speech").glob("*.ogg"))


def test_there_are_at_least_twenty_inputs_in_three_languages() -> None:
    assert len(STEADY) + len(MOVING) + len(SPEECH) >= 20
    assert {name[:2] for name in SPEECH} == {"kk", "ru", "en"}


@pytest.mark.parametrize("name", [*STEADY, *MOVING])
def test_a_made_voice_leaves_at_the_carriers_pitch(page: Page, name: str) -> None:
    found = run(page, "return media.measure(media.SOUNDS[a].samples, 110)", name)
    check_disguised(found["after"])


@pytest.mark.parametrize("name", SPEECH)
def test_speech_leaves_at_the_carriers_pitch(page: Page, name: str) -> None:
    found = run(page, "return media.measure(await media.speech(a), 110)", name)
    check_disguised(found["after"])
    assert found["before"]["farthest"] > 15, "the control: before it, speech wanders"


@pytest.mark.parametrize(("name", "hertz"), STEADY.items())
def test_the_same_measure_finds_the_pitch_that_went_in(page: Page, name: str, hertz: int) -> None:
    before = run(page, "return media.heard(media.SOUNDS[a].samples, media.RATE, 110)", name)
    assert before["hertz"] == pytest.approx(hertz, rel=0.02)


def check_disguised(after: dict[str, float]) -> None:
    """Nine frames in ten are loud enough to be measured, and each of them is within 2 Hz of the carrier."""
    assert after["frames"] >= 20
    assert after["loudest"] > 0.05
    assert after["hertz"] == pytest.approx(CARRIER, abs=2)
    assert after["farthest"] <= 2
