"""Whatever a stranger writes is text: no markup, no script, no address, no picture of theirs comes to life at the desk."""

import struct
import zlib
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk.child import REGION, send
from tests.browser.desk.officer import enter, read, row, take_copy
from tests.browser.house import House

MARKUP = (
    "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    "<svg onload=document.title='taken'><a href=\"javascript:document.title='taken'\">press</a>"
    "'; DROP TABLE appeals_thread; -- {{ 7*7 }} ${7*7} %s &lt;b&gt;"
)
SCRIPT = b"<script>document.title='taken'</script>"


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 30,000 pixels wide and high."""
    size = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 6, 0, 0, 0)
    parts = [(b"IHDR", size), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_markup_in_every_field_is_shown_as_text(page: Page, house: House, told: str) -> None:
    said = f"{told} {MARKUP}"
    hostile: dict[str, Any] = {
        "language": MARKUP[:30],
        "reasons": [MARKUP],
        "age": MARKUP,
        "who": MARKUP,
        "school": f"{REGION}.{MARKUP}",
    }
    send(house, said, files=[("file", "text/html", SCRIPT)], names=[f"{MARKUP}.html"], **hostile)
    enter(page, house, REGION)
    title = page.title()
    first = read(page, told)
    assert first.locator(".message-text").inner_text() == said
    expect(page.locator("#facts")).to_contain_text("<script>")
    expect(page.locator("#thread-title")).to_contain_text("<script>")
    assert page.locator("#thread script, #thread img, #thread a, #thread svg:not(.icon)").count() == 0
    assert page.title() == title


WRONG_KINDS: dict[str, Any] = {"reasons": {"a": "<b>"}, "age": ["<b>"], "school": 5, "who": None}


@pytest.mark.parametrize("field", WRONG_KINDS)
def test_a_field_of_the_wrong_kind_is_called_broken_and_breaks_nothing(
    page: Page, house: House, told: str, field: str
) -> None:
    send(house, f"sound {told}", region="KZ-71")
    send(house, f"broken {told}", region="KZ-71", **{field: WRONG_KINDS[field]})
    enter(page, house, "KZ-71", language="en")
    row(page, f"sound {told}")
    expect(page.locator("#rows .row.is-broken").first).to_contain_text("Cannot be trusted", timeout=30_000)


def test_a_letter_that_names_a_thousand_tiny_files_that_it_has_not_is_called_broken(
    page: Page, house: House, told: str
) -> None:
    send(house, f"sound {told}", region="KZ-79", files=[("file", "text/plain", b"x")])
    send(house, f"liar {told}", region="KZ-79", lies=1000)
    enter(page, house, "KZ-79", language="en")
    row(page, f"sound {told}")
    expect(page.locator("#rows .row.is-broken")).to_have_count(1, timeout=30_000)
    expect(page.locator("#rows")).not_to_contain_text(f"liar {told}")
    page.locator("#rows .row.is-broken").click()
    expect(page.locator("#thread-notices")).to_contain_text("trusted")
    assert page.locator("#messages .file").count() == 0


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd", "etc passwd"),
        ("invoice\u202egpj.exe", "invoice gpj.exe"),
        ("<img src=x onerror=alert(1)>.svg", "img src=x onerror=alert(1) .svg"),
        ("con\x00\n\r.txt", "con .txt"),
        ("javascript:alert(1)", "javascript alert(1)"),
    ],
)
def test_a_hostile_file_name_becomes_a_harmless_one(page: Page, house: House, told: str, name: str, shown: str) -> None:
    send(house, f"Файл {told}", files=[("file", "text/html", SCRIPT)], names=[name])
    enter(page, house, REGION)
    read(page, told)
    expect(page.locator("#messages .file-name")).to_have_text(shown)
    with page.expect_download() as saved:
        take_copy(page, page.locator("#messages .document"))
    assert "/" not in saved.value.suggested_filename
    assert "\u202e" not in saved.value.suggested_filename


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("a script", SCRIPT),
        ("an svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload=\"document.title='taken'\"/>"),
        ("nothing", b"\x00"),
        ("half a jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        ("a gif", b"GIF89a\x01\x00\x01\x00"),
    ],
)
def test_a_photo_that_is_none_is_refused_in_words(page: Page, house: House, told: str, kind: str, data: bytes) -> None:
    send(house, f"{kind} {told}", files=[("photo", "image/jpeg", data)])
    enter(page, house, REGION, language="en")
    read(page, told)
    page.locator(".photo-cover").click()
    expect(page.locator("#messages .file .error")).to_contain_text("not a picture that can be opened safely")
    expect(page.locator("#messages canvas")).to_be_hidden()


def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header(page: Page, house: House, told: str) -> None:
    send(house, f"Бомба {told}", files=[("photo", "image/png", bomb())])
    enter(page, house, REGION, language="en")
    read(page, told)
    page.locator(".photo-cover").click()
    expect(page.locator("#messages .file .error")).to_contain_text("too large to open safely: 30000 × 30000")


def test_a_voice_that_is_none_is_refused_in_words(page: Page, house: House, told: str) -> None:
    send(house, f"Дауыс {told}", files=[("voice", "audio/ogg", SCRIPT)])
    enter(page, house, REGION, language="en")
    read(page, told)
    page.locator(".voice [data-slot=open]").click()
    expect(page.locator("#messages .file .error")).to_have_text("This recording cannot be played here.")


def test_letters_from_right_to_left_stay_in_their_place(page: Page, house: House, told: str) -> None:
    send(house, f"\u202e{told} \u202etxet\u2066")
    enter(page, house, REGION)
    row(page, told)
    place = page.locator("#rows .row", has_text=told).locator(".row-text")
    assert place.evaluate("element => getComputedStyle(element).unicodeBidi") == "plaintext"


def test_a_very_long_word_breaks_no_layout(page: Page, house: House, told: str) -> None:
    send(house, f"{told}{'ұ' * 5000}")
    enter(page, house, REGION)
    read(page, told)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('#main').scrollWidth <= document.querySelector('#main').clientWidth")
