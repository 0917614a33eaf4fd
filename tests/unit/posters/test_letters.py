"""What the fonts can draw, and how wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from balaqorgau.places.posters.letters import FONTS, LONGEST_WORD, breakable, undrawable, width, widths
from balaqorgau.places.posters.opentype import advances, basic_map, table

KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
PATHS = sorted(FONTS.glob("*.ttf"))


def test_every_kazakh_letter_is_in_every_font() -> None:
    for path in PATHS:
        assert set(KAZAKH + "«»№—·") <= set(advances(path.read_bytes()))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_widths_are_those_that_freetype_sees(path: object) -> None:
    free = ImageFont.truetype(path, 1000, layout_engine=ImageFont.Layout.BASIC)
    ours = advances(path.read_bytes())
    for letter in KAZAKH + "AWijё№.,0123456789":
        assert free.getlength(letter) == pytest.approx(ours[letter] * 1000, abs=1)


@given(st.text(alphabet=sorted(widths()), max_size=80))
def test_a_line_is_as_wide_as_its_letters(text: str) -> None:
    assert width(text) == pytest.approx(sum(width(letter) for letter in text))
    assert undrawable(text) == ""


def test_letters_that_would_print_as_boxes_are_named() -> None:
    assert undrawable("Мектеп ⅷ 学校") == "学校ⅷ" or set(undrawable("Мектеп ⅷ 学校")) == set("学校ⅷ")


@given(st.text(alphabet="абвWi ", max_size=200))
def test_no_part_is_longer_than_the_longest_word_and_nothing_is_lost(text: str) -> None:
    broken = breakable(text)
    parts = broken.replace("\u200b", " ").split(" ")
    assert all(len(part) <= LONGEST_WORD for part in parts)
    assert broken.replace("\u200b", "") == " ".join(text.split())


def test_a_file_that_is_no_such_font_is_refused() -> None:
    with pytest.raises(ValueError, match="no table cmap"):
        table(b"\0\1\0\0\0\0", b"cmap")
    with pytest.raises(ValueError, match="no map of format 4"):
        basic_map(b"\0\0\0\0")


def test_the_licence_lies_beside_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
