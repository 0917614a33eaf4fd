"""The colours, on paper and on a copier that knows only grey."""

import re
from itertools import pairwise

import pytest

from balaqorgau.places.posters.typesetting import HERE
from tests.integration.posters.shop import picture, poster, press

HOUSE = (HERE / "layout" / "house.typ").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r'#let (\w+) = rgb\("#([0-9a-f]{6})"\)', HOUSE))
COLOURS["white"] = "ffffff"


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio."""
    low, high = sorted(luminance(COLOURS[name]) for name in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("letters", "paper"),
    [("ink", "white"), ("blue", "white"), ("white", "blue"), ("ink", "sky"), ("ink", "label")],
)
def test_small_letters_have_the_contrast_of_aaa(letters: str, paper: str) -> None:
    assert contrast(letters, paper) >= 7


def test_large_letters_have_the_contrast_of_aaa() -> None:
    assert contrast("sun", "blue") >= 4.5
    assert contrast("blue", "sky") >= 4.5


def test_in_black_and_white_the_parts_stay_apart() -> None:
    image = picture(press().print([poster()]), 72).convert("L")
    dot = 72 / 25.4
    shades = sorted(image.getpixel((round(x * dot), round(y * dot))) for x, y in ((6, 100), (100, 88), (6, 290)))
    assert all(later - earlier >= 15 for earlier, later in pairwise(shades))
