"""What the page says of its limits is what holds: the numbers in the texts are those that the code refuses by."""

import re

import pytest

from balaqorgau.appeals import limits
from balaqorgau.appeals.plain.typed import MAX_TEXT
from balaqorgau.appeals.publish import VOICE_SECONDS
from balaqorgau.sealed.appeal import Letter
from balaqorgau.sealed.padding import TextTooLong, pad_payload
from tests.unit.reporter.country import LANGUAGES
from tests.unit.reporter.test_texts import ROOT, texts

MEDIA = ROOT / "frontend" / "reporter" / "media"
MB = 1024 * 1024


def constant(file: str, name: str) -> int:
    """A number that a script is built with."""
    found = re.search(rf"const {name} = ([\d_* ]+);", (MEDIA / file).read_text(encoding="utf-8"))
    assert found, name
    product = 1
    for factor in found[1].replace("_", "").split("*"):
        product *= int(factor)
    return product


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_limit_is_in_a_text(language: str) -> None:
    said = texts(language)
    assert {"{files}", "{letters}"} <= set(re.findall(r"\{\w+\}", said["tell.limits"]))
    assert "{minutes}" in said["voice.limit"]
    assert "{photo_mb}" in said["photo.limit"]
    assert "{photo_mb}" in said["photo.too_big"]
    assert "{n}" in said["tell.left"]


def test_the_largest_photo_is_the_one_that_is_said() -> None:
    assert constant("photo.ts", "MAX_FILE_BYTES") == limits.PHOTO_MB * MB


def test_a_letter_of_the_said_length_fits_both_pages_in_two_byte_letters() -> None:
    fullest = {"language": "kk", "reasons": ["r01"] * 33, "about": ["ombudsman"] * 9, "text": "ұ" * limits.LETTERS}
    pad_payload(Letter(fullest).as_bytes())
    assert len(("ұ" * limits.LETTERS).encode()) <= MAX_TEXT
    with pytest.raises(TextTooLong):
        pad_payload(("ұ" * 33_000).encode())


def test_a_voice_of_the_longest_time_fits_a_file_several_times() -> None:
    assert VOICE_SECONDS % 60 == 0
    assert 4 * VOICE_SECONDS * constant("voice.ts", "BITS_PER_SECOND") // 8 < limits.MAX_FILE_BYTES


def test_the_longest_voices_that_a_letter_may_have_fit_a_request() -> None:
    whole = limits.MAX_FILES * VOICE_SECONDS * constant("voice.ts", "BITS_PER_SECOND") // 8
    assert whole * 1.13 < limits.MAX_REQUEST_BYTES * 0.95


def test_a_large_number_is_written_in_groups_that_no_line_parts() -> None:
    assert limits.written(30_000) == "30\N{NO-BREAK SPACE}000"
