"""Kazakh letters as the typesetter draws them: each one itself, in every weight, and none a box."""

import json
from itertools import combinations
from pathlib import Path

import pytest
import typst
from PIL import Image, ImageChops

from balaqorgau.places.posters.letters import FONTS
from tests.integration.posters.shop import picture
from tests.unit.posters.test_letters import KAZAKH, WEIGHTS

PAGE = """
#set page(width: 60pt, height: 60pt, margin: 10pt)
#set text(font: "Noto Sans", weight: int(sys.inputs.weight), size: 30pt, fallback: false)
#for letter in json(bytes(sys.inputs.letters)) [#letter #pagebreak(weak: true)]
"""
BOX = "\N{CUNEIFORM SIGN A}"  # Which the fonts do not have.


def drawn(letters: str, weight: int, folder: Path) -> list[Image.Image]:
    """A picture of each letter."""
    source = folder / "letters.typ"
    source.write_text(PAGE, encoding="utf-8")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    inputs = {"letters": json.dumps(list(letters)), "weight": str(weight)}
    pdf = typst.compile(str(source), font_paths=fonts, sys_inputs=inputs)
    return [picture(pdf, 144, number) for number in range(len(letters))]


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures show the same."""
    return ImageChops.difference(one, other).getbbox() is None


@pytest.mark.parametrize("weight", WEIGHTS.values(), ids=WEIGHTS)
def test_every_kazakh_letter_is_drawn_as_itself_and_not_as_a_box(weight: int, tmp_path: Path) -> None:
    *letters, box = drawn(KAZAKH + BOX, weight, tmp_path)
    assert [letter for letter, seen in zip(KAZAKH, letters, strict=True) if alike(seen, box)] == []
    assert [pair for pair in combinations(range(len(letters)), 2) if alike(letters[pair[0]], letters[pair[1]])] == []
    assert all(seen.convert("L").getextrema()[0] < 100 for seen in letters)
