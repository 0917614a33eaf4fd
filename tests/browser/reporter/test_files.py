"""Photos and voices: a word first, then shown as they will go, removable; what a photo knew about its place stays behind."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.browser.reporter.walking import Child

CAMERA = b"Telephone-Maker"
KEEP_SHOWN = """() => {
    const real = URL.createObjectURL;
    URL.createObjectURL = (blob) => real((window.shown = blob));
}"""
SHOWN_BYTES = "async () => [...new Uint8Array(await window.shown.arrayBuffer())]"
MICROPHONES = """() => {
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    window.tracks = [];
    navigator.mediaDevices.getUserMedia = async (wish) => {
        const stream = await real(wish);
        window.tracks.push(...stream.getTracks());
        return stream;
    };
}"""


def photo() -> bytes:
    """A JPEG that knows where, when and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = CAMERA.decode()
    exif[0x0132] = "2026:11:23 10:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 24.0, 36.0), 3: "E", 4: (80.0, 15.0, 0.0)})
    written = io.BytesIO()
    Image.effect_noise((900, 700), 60).convert("RGB").save(written, "JPEG", exif=exif, comment=b"made at home")
    return written.getvalue()


def bomb() -> bytes:
    """A PNG of some kilobytes that says it is 60,000 by 60,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(7501 * 2000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>document.title="seen"</script></svg>'
HTML = b"<!doctype html><script>document.title='seen'</script>"
REFUSED = {
    "bomb": ("bomb.png", "image/png", bomb(), "тым үлкен"),
    "svg": ("drawing.jpg", "image/jpeg", SVG, "сурет емес"),
    "html": ("page.png", "image/png", HTML, "сурет емес"),
    "half": ("half.jpg", "image/jpeg", photo()[:3000], "ашылмайды"),
    "heic": ("phone.heic", "image/heic", b"\0\0\0\x18ftypheic" + bytes(500), "аша алмайды"),
}


def offer(child: Child, name: str, kind: str, data: bytes) -> None:
    """Reads the warning, then chooses a file."""
    page = child.page
    page.locator("#attach .photo").click()
    expect(page.locator("#attach .card .strong")).to_contain_text("Шешінген")
    expect(page.locator("#attach .card .calls a").first).to_be_visible()
    with page.expect_file_chooser() as chooser:
        page.locator("#attach .card .main").click()
    chooser.value.set_files(FilePayload(name=name, mimeType=kind, buffer=data))


def test_a_photo_is_shown_without_what_it_knew_and_can_be_removed(child: Child) -> None:
    child.page.add_init_script(f"({KEEP_SHOWN})()")
    page = child.open().page
    child.go_to("tell")
    original = photo()
    assert CAMERA in original
    offer(child, "../../me.jpg", "image/jpeg", original)
    expect(page.locator("#attach figure img")).to_be_visible()
    shown = bytes(page.evaluate(SHOWN_BYTES))
    picture = Image.open(io.BytesIO(shown))
    assert picture.size == (900, 700)
    assert not picture.getexif()
    assert not {"comment", "icc_profile", "exif"} & set(picture.info)
    assert CAMERA not in shown
    assert b"Exif" not in shown
    page.locator("#attach .files button").click()
    expect(page.locator("#attach figure")).to_have_count(0)
    expect(page.locator("#next span:not([hidden])")).to_have_text("Өткізіп жіберу")


def test_a_photo_alone_is_a_letter_and_survives_a_change_of_language(child: Child) -> None:
    page = child.open().page
    child.go_to("tell")
    offer(child, "me.jpg", "image/jpeg", photo())
    expect(page.locator("#attach figure img")).to_be_visible()
    page.locator(".tools a[lang=ru]").click()
    expect(page.locator("#attach figcaption")).to_contain_text("Фото")
    words = child.send()
    child.read(" ".join(words))
    expect(child.thread).to_have_count(1, timeout=60_000)
    child.thread.locator(".files button").click()
    expect(child.thread.locator("img")).to_be_visible()
    assert child.thread.locator("img").evaluate("one => one.decode().then(() => one.naturalWidth)") == 900


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused_kindly_and_the_text_stays(child: Child, name: str) -> None:
    file, kind, data, reason = REFUSED[name]
    page = child.open().page
    child.write("Суретім бар")
    offer(child, file, kind, data)
    expect(page.locator("#attach .wrong")).to_contain_text(reason)
    expect(page.locator("#attach figure")).to_have_count(0)
    assert page.locator("textarea[name=text]").input_value() == "Суретім бар"
    assert page.title() == "Бет"
    assert child.faults == []


def test_no_more_photos_than_fit_are_taken(child: Child, tmp_path: Path) -> None:
    page = child.open().page
    child.go_to("tell")
    small = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(small, "JPEG")
    for count in range(1, 7):
        offer(child, f"{count}.jpg", "image/jpeg", small.getvalue())
        expect(page.locator("#attach figure")).to_have_count(count)
    page.locator("#attach .photo").click()
    expect(page.locator("#attach .wrong")).to_contain_text("Файл саны толды")


def test_a_voice_is_recorded_disguised_heard_and_sent_and_the_microphone_let_go(child: Child) -> None:
    child.page.add_init_script(f"({MICROPHONES})()")
    page = child.open().page
    child.go_to("tell")
    page.locator("#attach .voice").click()
    expect(page.locator("#attach .card")).to_contain_text("3 минутқа дейін")
    page.locator("#attach .card .main").click()
    expect(page.locator("#attach .card .big")).to_contain_text("2 секунд")
    page.locator("#attach .card .main").click()
    expect(page.locator("#attach figure audio")).to_be_visible()
    assert page.evaluate("window.tracks.length && window.tracks.every(one => one.readyState === 'ended')")
    words = child.send()
    child.read(" ".join(words))
    expect(child.thread).to_have_count(1, timeout=60_000)
    child.thread.locator(".files button").click()
    expect(child.thread.locator("audio")).to_be_visible()


def test_a_recording_that_is_given_up_leaves_nothing_and_lets_the_microphone_go(child: Child) -> None:
    child.page.add_init_script(f"({MICROPHONES})()")
    page = child.open().page
    child.go_to("tell")
    page.locator("#attach .voice").click()
    page.locator("#attach .card .main").click()
    expect(page.locator("#attach .card .big")).to_contain_text("секунд")
    page.locator("#attach .card button").last.click()
    expect(page.locator("#attach .card")).to_have_count(0)
    page.wait_for_function("window.tracks.every(one => one.readyState === 'ended')")
    expect(page.locator("#attach figure")).to_have_count(0)
