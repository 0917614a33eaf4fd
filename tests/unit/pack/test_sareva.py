"""The same program reads a country that does not exist."""

from datetime import date

import pytest

from balaqorgau.pack import MissingText, Pack, load
from tests.unit.pack.sareva import build


@pytest.fixture(scope="module")
def sareva(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load(build(tmp_path_factory.mktemp("pack") / "sareva"))


def test_its_languages_come_first_and_one_is_written_from_right_to_left(sareva: Pack) -> None:
    assert [(language.code, language.direction) for language in sareva.spoken] == [("qsa", "rtl"), ("qlo", "ltr")]
    assert sareva.best_language("qlo-Latn") == "qlo"
    assert sareva.best_language("en") == "qsa"


def test_its_week_and_its_holidays_are_its_own(sareva: Pack) -> None:
    """Only Wednesdays are free, 7 July 2026 by decree; Wednesday the 8th is worked instead; 10 July is New Zealand's Matariki."""
    assert sareva.calendar.is_working(date(2026, 7, 4))
    assert not sareva.calendar.is_working(date(2026, 7, 7))
    assert sareva.calendar.is_working(date(2026, 7, 8))
    assert not sareva.calendar.is_working(date(2026, 7, 15))
    assert not sareva.calendar.is_working(date(2026, 2, 6))
    assert sareva.answer_due(date(2026, 7, 6)) == date(2026, 7, 18)


def test_its_terms_are_its_own(sareva: Pack) -> None:
    terms = sareva.deadlines
    assert (terms.answer_days, terms.urgent_minutes, terms.erase_days) == (9, 45, 21)


def test_its_words_can_make_receipts(sareva: Pack) -> None:
    for language in sareva.languages:
        assert len(set(sareva.words(language))) == 2048


def test_unknown_texts_languages_and_values_are_said(sareva: Pack) -> None:
    with pytest.raises(MissingText, match=r"no text reasons\.w9 in qlo"):
        sareva.text("qlo", "reasons.w9")
    with pytest.raises(MissingText, match="no language xx"):
        sareva.text("xx", "reasons.w1")
    with pytest.raises(MissingText, match=r"needs a value for \{n\}"):
        sareva.text("qlo", "places.refused")
    with pytest.raises(LookupError, match="does not know QS-X"):
        sareva.region_name("QS-X", "qlo")
