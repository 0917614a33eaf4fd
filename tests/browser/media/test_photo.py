"""A photo leaves the phone as a drawing of itself: nothing that was written into the file, and nothing that a bomb wants."""

import base64
import io
import random
import struct
import zlib
from typing import Any

import pytest
from PIL import ExifTags, Image, PngImagePlugin
from playwright.sync_api import Page

from tests.browser.media.conftest import run

MARKER = b"Semey-50.41N-80.25E"
TAKE = """
    const bytes = Uint8Array.from(atob(a.data), (letter) => letter.charCodeAt(0));
    const file = new Blob([bytes, new Uint8Array(a.behind)], { type: "image/whatever" });
    const text = (data) => Array.from(data, (byte) => String.fromCharCode(byte)).join("");
    try {
      const photo = await media.disguisePhoto(file);
      return { ...photo, bytes: btoa(text(photo.bytes)) };
    } catch (error) {
      return { code: error.code ?? String(error) };
    }
"""


def taken(page: Page, data: bytes, behind: int = 0) -> dict[str, Any]:
    """What becomes of a file with zeros behind it; its bytes where it was taken, a code where it was not."""
    found = dict(run(page, TAKE, {"data": base64.b64encode(data).decode(), "behind": behind}))
    if "bytes" in found:
        found["bytes"] = base64.b64decode(found["bytes"])
    return found


def scene(width: int = 640, height: int = 480, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new(mode, (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def telling() -> Image.Exif:
    """Metadata as a phone writes it: place, time, phone, owner."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = MARKER.decode()
    exif[ExifTags.Base.DateTime] = "2026:11:23 09:00:00"
    exif[ExifTags.Base.Artist] = MARKER.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSAreaInformation] = MARKER
    return exif


def text_chunk() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", MARKER.decode())
    info.add_itxt("XML:com.adobe.xmp", MARKER.decode())
    return info


TELLING = {
    "jpeg": lambda: saved(scene(), "JPEG", exif=telling(), comment=MARKER, icc_profile=MARKER * 9, xmp=MARKER),
    "png": lambda: saved(scene(), "PNG", pnginfo=text_chunk(), exif=telling()),
    "webp": lambda: saved(scene(), "WEBP", exif=telling(), xmp=MARKER, icc_profile=MARKER * 9),
    "gif": lambda: saved(scene().convert("P"), "GIF", comment=MARKER),
    "a second file behind the picture": lambda: saved(scene(), "JPEG") + b"PK\x03\x04" + MARKER,
}


@pytest.mark.parametrize("kind", TELLING)
def test_nothing_that_was_written_into_a_file_stays(page: Page, kind: str) -> None:
    data = TELLING[kind]()
    assert MARKER in data
    photo = taken(page, data)
    assert photo["type"] == "image/jpeg"
    assert MARKER not in photo["bytes"]
    image = Image.open(io.BytesIO(photo["bytes"]))
    assert not image.getexif()
    assert not {"icc_profile", "comment", "jfif", "exif", "xmp"} & set(image.info)
    assert photo["bytes"][-2:] == b"\xff\xd9"
    assert segments(photo["bytes"]) <= {0xDB, 0xC0, 0xC2, 0xC4, 0xDD}


def segments(jpeg: bytes) -> set[int]:
    """The kinds of segment before the picture's data."""
    found, at = set(), 2
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def test_a_photo_stands_as_the_camera_was_held(page: Page) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    photo = taken(page, saved(scene(400, 200), "JPEG", exif=exif))
    image = Image.open(io.BytesIO(photo["bytes"])).convert("RGB")
    assert (photo["width"], photo["height"]) == image.size == (200, 400)
    assert image.getpixel((100, 40))[0] > 200
    assert image.getpixel((100, 360))[2] > 200


def test_what_can_be_seen_through_becomes_white(page: Page) -> None:
    photo = taken(page, saved(Image.new("RGBA", (80, 80), (0, 0, 0, 0)), "PNG"))
    assert min(Image.open(io.BytesIO(photo["bytes"])).convert("RGB").getpixel((40, 40))) > 250


def noise(side: int) -> Image.Image:
    """The worst that compression can meet."""
    return Image.frombytes("RGB", (side, side), random.Random(7).randbytes(3 * side * side))


def test_even_noise_becomes_small_enough_to_send(page: Page) -> None:
    photo = taken(page, saved(noise(2400), "JPEG", quality=95))
    assert len(photo["bytes"]) <= 400_000
    assert max(photo["width"], photo["height"]) <= 1600


def test_a_photo_of_a_phone_becomes_1600_wide_and_300_kilobytes_at_most(page: Page) -> None:
    sky = Image.linear_gradient("L").resize((4000, 3000)).convert("RGB")
    photo = taken(page, saved(sky, "JPEG", quality=92))
    assert (photo["width"], photo["height"]) == (1600, 1200)
    assert len(photo["bytes"]) <= 300_000


def test_a_tiny_photo_is_not_made_larger(page: Page) -> None:
    photo = taken(page, saved(scene(1, 3), "PNG"))
    assert (photo["width"], photo["height"]) == (1, 3)


def png(width: int, height: int, body: bytes) -> bytes:
    """A PNG that says it is so large, whatever its body is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    """A JPEG whose frame says it is so large."""
    data = bytearray(saved(scene(16, 16), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


REFUSED = {
    "a PNG bomb": (lambda: png(30_000, 30_000, zlib.compress(bytes(3_000_000))), "too_big"),
    "a PNG as wide as it gets": (lambda: png(2**31 - 1, 1, b""), "too_big"),
    "a JPEG bomb": (lambda: jpeg(65_000, 65_000), "too_big"),
    "a photo of no size": (lambda: png(0, 10, b""), "broken"),
    "half a head": (lambda: saved(scene(), "PNG")[:20], "broken"),
    "a body that is none": (lambda: png(100, 100, b"nothing"), "broken"),
    "a picture of a phone that this browser cannot open": (lambda: b"\0\0\0\x18ftypheic" + bytes(40), "heic"),
    "a drawing with a script": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        "not_picture",
    ),
    "a program": (lambda: b"MZ\x90\0" + bytes(60), "not_picture"),
    "a page": (lambda: b"<!doctype html><img src=x onerror=alert(1)>", "not_picture"),
    "nothing": (lambda: b"", "not_picture"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused_with_a_reason(page: Page, name: str) -> None:
    make, code = REFUSED[name]
    assert taken(page, make()) == {"code": code}


def test_a_file_of_more_than_thirty_megabytes_is_refused(page: Page) -> None:
    assert taken(page, saved(scene(), "JPEG"), behind=31 * 1024 * 1024) == {"code": "too_big"}
