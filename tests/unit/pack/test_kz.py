"""The example country, as its pack says it: territories through time, the working calendar, everything in every language."""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from balaqorgau.kernel.workdays import BeyondCalendar
from balaqorgau.pack import Pack, load

FOLDER = Path(__file__).resolve().parents[3] / "packs" / "kz"
TODAY = date(2026, 11, 23)
BEFORE, AFTER = date(2022, 3, 1), date(2022, 6, 8)


@pytest.fixture(scope="module")
def kz() -> Pack:
    return load(FOLDER)


def test_there_are_20_regions_and_224_districts_today(kz: Pack) -> None:
    assert len(kz.regions(TODAY)) == 20
    assert len(kz.districts(on=TODAY)) == 224
    assert len({place.id for place in kz.regions(TODAY)}) == 20
    assert len({place.id for place in kz.districts(on=TODAY)}) == 224


def test_there_were_17_regions_in_early_2022(kz: Pack) -> None:
    assert len(kz.regions(BEFORE)) == 17
    assert not {"KZ-10", "KZ-33", "KZ-62"} & {place.id for place in kz.regions(BEFORE)}
    assert len(kz.regions(AFTER - timedelta(days=1))) == 17
    assert len(kz.regions(AFTER)) == 20


def test_new_regions_name_the_ones_they_came_from(kz: Pack) -> None:
    came_from = {place.id: place.predecessors for place in kz.regions(TODAY) if place.predecessors}
    assert {code: came_from[code] for code in ("KZ-10", "KZ-33", "KZ-62")} == {
        "KZ-10": ("KZ-63",),
        "KZ-33": ("KZ-19",),
        "KZ-62": ("KZ-35",),
    }


def test_every_region_has_districts_or_is_a_city(kz: Pack) -> None:
    counted = Counter(place.parent for place in kz.districts(on=TODAY))
    assert set(counted) == {place.id for place in kz.regions(TODAY)}


def test_every_name_is_there_in_every_language(kz: Pack) -> None:
    assert kz.languages == ("kk", "ru", "en")
    for place in kz.territories:
        assert set(place.names) == set(kz.languages)
    for language in kz.languages:
        assert len(set(kz.region_names(language).values())) == 20


KAZAKH_LETTERS = set("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
OFFICIALLY_SO = {"область Жетісу", "область Ұлытау"}
MISBUILT = re.compile(r"(ск|цк)ий.*(ск|цк)ий|иский$")
"""Endings that no Russian adjective has: a suffix twice, or one put on a name without its «й»."""


def test_names_are_spelled_in_their_own_language(kz: Pack) -> None:
    """Two regions have Kazakh letters in their official Russian names; the city of a region carries an English remark."""
    for place in kz.territories:
        russian, english = place.names["ru"], place.names["en"]
        assert russian in OFFICIALLY_SO or not KAZAKH_LETTERS & set(russian), russian
        assert not MISBUILT.search(russian), russian
        assert re.fullmatch(r"[A-Z][A-Za-z -]*( \(city\))?", english), english
        assert not re.search("q|iev|yy", english.lower()), english


@pytest.mark.parametrize("misbuilt", ["Енбекшинскийский", "Каратаускийский", "Аль-Фарабиский"])
def test_misbuilt_adjectives_are_found(misbuilt: str) -> None:
    assert MISBUILT.search(misbuilt)


def test_no_region_has_two_districts_of_one_name(kz: Pack) -> None:
    """A city and the district around it are told apart, in a list and in a file of schools."""
    for language in kz.languages:
        named = Counter((place.parent, place.names[language]) for place in kz.districts(on=TODAY))
        assert [name for name, times in named.items() if times > 1] == []


@pytest.mark.parametrize(
    ("number", "names"),
    [
        ("591000000", ("Петропавл", "Петропавловск", "Petropavlovsk")),
        ("593600000", ("Мағжан Жұмабаев", "Магжана Жумабаева", "Magzhan Zhumabaev")),
        ("613800000", ("Жетісай", "Жетысайский", "Zhetisay")),
        ("634800000", ("Алтай", "Алтай", "Altay")),
        ("711210000", ("Есіл", "Есиль", "Esil")),
        ("791310000", ("Әл-Фараби", "Аль-Фарабийский", "Al-Farabi")),
        ("791510000", ("Еңбекші", "Енбекшинский", "Enbekshi")),
    ],
)
def test_districts_bear_their_official_names(kz: Pack, number: str, names: tuple[str, str, str]) -> None:
    (place,) = (place for place in kz.districts(on=TODAY) if place.id == number)
    assert tuple(place.names[language] for language in kz.languages) == names


def test_fifteen_working_days_across_nauryz(kz: Pack) -> None:
    """2026-03-08 is a Sunday, so the 9th is free; Nauryz is 21–23 March, of which two are a weekend, so 24 and 25 are free."""
    free = [day for day in (date(2026, 3, 6) + timedelta(days=n) for n in range(24)) if not kz.calendar.is_working(day)]
    weekdays = [day.day for day in free if day.weekday() < 5]
    assert weekdays == [9, 23, 24, 25]
    assert kz.answer_due(date(2026, 3, 6)) == date(2026, 4, 2)


def test_weekend_days_that_the_government_moved_are_working_days(kz: Pack) -> None:
    """The transfers of 2022 to 2025 as the `holidays` library knows them."""
    days = (date(2022, 1, 1) + timedelta(days=n) for n in range(5 * 365))
    worked = [day for day in days if day.weekday() >= 5 and kz.calendar.is_working(day)]
    assert [day.isoformat() for day in worked] == [
        *("2022-03-05", "2022-08-27", "2022-10-22", "2023-07-01", "2024-05-04", "2025-01-05"),
    ]
    assert not kz.calendar.is_working(date(2022, 3, 7))


def test_the_calendar_does_not_guess_beyond_its_years(kz: Pack) -> None:
    with pytest.raises(BeyondCalendar, match="covers 2022-01-01 to 2030-12-31"):
        kz.calendar.is_working(date(2031, 1, 1))


def test_helplines_are_the_known_ones_and_only_one_is_said_to_answer_always(kz: Pack) -> None:
    assert [line.number for line in kz.helplines] == ["111", "112", "102", "103", "150"]
    assert [line.number for line in kz.helplines if line.always] == ["111"]
    assert kz.main_helpline.number == "111"


def test_reasons_cover_a_dangerous_place_gambling_and_the_phone(kz: Pack) -> None:
    pictures = {reason.picture for reason in kz.offered_reasons}
    assert {"place", "gambling", "phone", "bullying", "thanks", "question"} <= pictures


def test_loading_twice_gives_the_same(kz: Pack) -> None:
    assert load(FOLDER) == kz


def test_dates_and_numbers_are_written_as_each_language_writes_them(kz: Pack) -> None:
    day = date(2022, 6, 8)
    assert kz.format_day("kk", day) == "2022\u202fж. 8 маусым"
    assert kz.format_day("ru", day).startswith("8 июня 2022")
    assert kz.format_number("en", 7687) == "7,687"
