"""Every question can be heard, and what is heard is what is written."""

import pytest
import yaml
from tools.read_aloud import fingerprint, questions

from tests.unit.reporter.country import LANGUAGES, PACK

MOST_BYTES = 700_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_was_read_aloud_as_it_is_written_now(language: str) -> None:
    spoken = yaml.safe_load((PACK / "audio" / "spoken.yaml").read_text(encoding="utf-8"))[language]
    written = {key: fingerprint(text) for key, text in questions(PACK, language)}
    assert spoken == written, "run: python tools/read_aloud.py packs/kz"


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_recording_of_every_question_and_no_other(language: str) -> None:
    recordings = {path.stem for path in (PACK / "audio" / language).glob("*.webm")}
    assert recordings == {key for key, _ in questions(PACK, language)}


def test_the_recordings_are_small_enough_to_be_carried_along() -> None:
    assert sum(path.stat().st_size for path in PACK.glob("audio/*/*.webm")) <= MOST_BYTES
