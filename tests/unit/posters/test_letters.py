"""What the fonts can draw, and how wide."""

import json
from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from balaqorgau.places.posters.letters import FONTS, LONGEST_WORD, breakable, undrawable, width, widths
from balaqorgau.places.posters.opentype import advances, basic_map, table

KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
PATHS = sorted(FONTS.glob("*.ttf"))
WEIGHTS = {"NotoSans-Medium": 500, "NotoSans-Bold": 700, "NotoSans-Black": 900}
MEASURE = """
#let letters = json(bytes(sys.inputs.letters))
#context [#metadata(letters.map(letter => measure(
  text(font: "Noto Sans", weight: int(sys.inputs.weight), size: 1000pt, kerning: false, ligatures: false, letter),
).width.pt())) <widths>]
"""


def typst_widths(letters: list[str], weight: int, source: Path) -> list[float]:
    """How wide the typesetter sets each letter, in thousandths of an em."""
    source.write_text(MEASURE, encoding="utf-8")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    inputs = {"letters": json.dumps(letters), "weight": str(weight)}
    found = typst.query(str(source), "<widths>", field="value", one=True, font_paths=fonts, sys_inputs=inputs)
    return list(json.loads(found))


def test_every_kazakh_letter_is_in_every_font() -> None:
    for path in PATHS:
        assert set(KAZAKH + "«»№—·") <= set(advances(path.read_bytes()))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_widths_are_those_that_the_typesetter_sets(path: Path, tmp_path: Path) -> None:
    """FreeType is no judge here: for a composite such as ө it takes the advance of its base, not the letter's own."""
    ours = {
        letter: em for letter, em in advances(path.read_bytes()).items() if letter.isalnum() and letter.isprintable()
    }
    seen = typst_widths(list(ours), WEIGHTS[path.stem], tmp_path / "measure.typ")
    assert len(ours) > 900
    wrong = {x: (em * 1000, pt) for (x, em), pt in zip(ours.items(), seen, strict=True) if abs(em * 1000 - pt) > 0.5}
    assert wrong == {}


@given(st.text(alphabet=sorted(widths()), max_size=80))
def test_a_line_is_as_wide_as_its_letters(text: str) -> None:
    assert width(text) == pytest.approx(sum(width(letter) for letter in text))
    assert undrawable(text) == ""


def test_letters_that_would_print_as_boxes_are_named() -> None:
    assert set(undrawable("Мектеп ⅷ 学校")) == set("学校ⅷ")


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
