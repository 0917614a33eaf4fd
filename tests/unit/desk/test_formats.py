"""What a browser needs to write dates in a language that it does not know."""

import re

import pytest

from balaqorgau import pack
from balaqorgau.desk.formats import formats


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_pattern_has_the_parts_that_the_island_knows(language: str) -> None:
    found = formats(language)
    bare = re.sub(r"'[^']*'", "", found["date"])
    assert set(re.findall(r"[A-Za-z]+", bare)) <= {"y", "MMM", "MMMM", "d", "dd"}
    assert len(set(found["months"])) == 12


def test_kazakh_dates_are_kazakh() -> None:
    found = formats("kk")
    assert (found["months"][5], found["decimal"]) == ("мау.", ",")
    assert "ж" in found["date"]


def test_every_language_of_the_pack_has_its_formats() -> None:
    for language in pack.current().languages:
        assert formats(language)["months"]
