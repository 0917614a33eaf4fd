"""The QR symbol."""

import re

import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from balaqorgau.places.posters.symbol import QUIET, make, symbol

CODES = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=8, max_size=8)
HOSTS = st.from_regex(r"[a-z][a-z0-9]{2,20}\.[a-z]{2,12}", fullmatch=True)
BAR = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def drawn(svg: str, scale: int = 4) -> Image.Image:
    """The symbol as a picture, drawn from its path as a printer would."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    picture = Image.new("L", (side, side), 255)
    for x, y, length, back in BAR.findall(svg):
        assert length == back
        picture.paste(0, (int(x), int(y), int(x) + int(length), int(y) + 1))
    return picture.resize((side * scale, side * scale), Image.Resampling.NEAREST)


@given(host=HOSTS, code=CODES)
def test_every_symbol_reads_back_as_its_address(host: str, code: str) -> None:
    url = f"https://{host}/#ZZ-10.{code}"
    assert [found.text for found in zxingcpp.read_barcodes(drawn(symbol(url)))] == [url]


def test_a_quarter_of_the_symbol_may_be_damaged() -> None:
    for length in range(1, 60):
        assert make("https://" + "a" * length + ".example/#ZZ-10.7K3MQX9T").error in {"Q", "H"}


def test_the_quiet_zone_is_four_modules_on_every_side() -> None:
    picture = drawn(symbol("https://host.example/#ZZ-10.7K3MQX9T"), scale=1)
    left, top, right, bottom = picture.point(lambda shade: 255 - shade).getbbox()
    assert QUIET == 4
    assert (left, top, picture.width - right, picture.height - bottom) == (4, 4, 4, 4)


def test_the_mask_is_fixed_so_that_no_time_goes_into_a_search() -> None:
    masks = {make(f"https://host.example/#ZZ-10.{code:08d}").mask for code in range(20)}
    assert len(masks) == 1
