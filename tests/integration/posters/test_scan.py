"""A camera in front of the printed page."""

import math

import pytest
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from tests.integration.posters.shop import PAIRS, picture, poster, press, read

MM = 25.4
URL = "https://balaqorgau.example/#KZ-10.7K3MQX9T"


@pytest.mark.parametrize("languages", PAIRS, ids="-".join)
@pytest.mark.parametrize("sheet", ["poster", "plaque"])
def test_the_printed_symbol_opens_the_schools_address(sheet: str, languages: tuple[str, str]) -> None:
    assert read(picture(press(sheet, languages).print([poster()]), 300)) == [URL]


def test_each_of_the_twelve_stickers_opens_the_schools_address() -> None:
    assert read(picture(press("stickers").print([poster()]), 300)) == [URL] * 12


def test_every_page_has_its_own_schools_symbol() -> None:
    codes = ["7K3MQX9T", "00000000", "ZZZZZZZZ"]
    pdf = press().print([poster(code) for code in codes])
    assert [read(picture(pdf, 100, number)) for number in range(3)] == [
        [f"https://balaqorgau.example/#KZ-10.{code}"] for code in codes
    ]


def worn(image: Image.Image) -> Image.Image:
    """A faded grey print on a wall, photographed slightly blurred and askew."""
    grey = ImageOps.grayscale(image).point(lambda shade: 90 + shade * 110 // 255)
    return grey.rotate(11, expand=True, fillcolor=150).filter(ImageFilter.GaussianBlur(1.2))


@pytest.mark.parametrize("languages", PAIRS, ids="-".join)
def test_a_cheap_camera_reads_a_faded_grey_print_from_one_metre(languages: tuple[str, str]) -> None:
    """60 dots an inch is what a picture 2,700 dots wide has left of a poster at one metre."""
    assert read(worn(picture(press("poster", languages).print([poster()]), 60))) == [URL]


def test_a_very_cheap_camera_reads_the_poster_from_one_metre() -> None:
    """30 dots an inch: a video picture of 1,080 dots across a metre."""
    small = picture(press().print([poster()]), 30).filter(ImageFilter.GaussianBlur(0.6))
    assert read(small.resize((small.width * 2, small.height * 2), Image.Resampling.BICUBIC)) == [URL]


@pytest.mark.parametrize("sheet", ["plaque", "stickers"])
def test_the_small_sheets_are_read_from_half_their_distance(sheet: str) -> None:
    assert URL in read(worn(picture(press(sheet).print([poster()]), 120)))


@pytest.mark.parametrize(("sheet", "least"), [("poster", 60), ("plaque", 40), ("stickers", 28)])
def test_the_symbol_is_large_enough(sheet: str, least: float) -> None:
    for found in zxingcpp.read_barcodes(picture(press(sheet).print([poster()]), 300)):
        corners = found.position.top_left, found.position.top_right
        pixels = math.dist(*((corner.x, corner.y) for corner in corners))
        assert pixels / 300 * MM >= least


@pytest.mark.parametrize("sheet", ["poster", "plaque", "stickers"])
def test_nothing_enters_the_quiet_zone(sheet: str) -> None:
    image = ImageOps.grayscale(picture(press(sheet).print([poster()]), 300))
    for found in zxingcpp.read_barcodes(image):
        corners = [found.position.top_left, found.position.bottom_right]
        module = (corners[1].x - corners[0].x) / 33
        quiet = 3.7 * module
        box = [corners[0].x - quiet, corners[0].y - quiet, corners[1].x + quiet, corners[1].y + quiet]
        around = image.crop(tuple(round(side) for side in box))
        inside = round(quiet - module / 2)
        around.paste(255, (inside, inside, around.width - inside, around.height - inside))
        assert around.getextrema() == (255, 255)
