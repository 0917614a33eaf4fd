"""Every limit is said before anybody comes upon it, and coming upon it says why and loses nothing."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from balaqorgau.appeals import limits
from balaqorgau.appeals.publish import VOICE_SECONDS
from balaqorgau.pack import load
from tests.browser.reporter.test_files import MICROPHONES, offer
from tests.browser.reporter.walking import HOMES, Child

KZ = load(Path(__file__).parents[3] / "packs" / "kz")
TEXT = "Бұл хат жоғалмайды"
NUMBERS = {
    "files": limits.MAX_FILES,
    "letters": limits.written(limits.LETTERS),
    "photo_mb": limits.PHOTO_MB,
    "minutes": VOICE_SECONDS // 60,
}
HUGE_DRAWING = """() => {
    const real = HTMLCanvasElement.prototype.toBlob;
    HTMLCanvasElement.prototype.toBlob = function (done, type, quality) {
        const more = [new Uint8Array(4e6), new Uint8Array([0xff, 0xd9])];
        real.call(this, drawn => done(window.huge ? new Blob([drawn, ...more], {type}) : drawn), type, quality);
    };
}"""
FAST_CLOCK = "(() => { const real = performance.now.bind(performance); performance.now = () => real() * 60; })()"
NEVER_AWAKE = "AudioContext.prototype.resume = () => new Promise(() => undefined)"


def said(language: str, key: str, **more: object) -> str:
    """A text of the page with the limits in it."""
    text = KZ.namespace(language, "child")[f"child.{key}"]
    for name, value in {**NUMBERS, **more}.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def small() -> bytes:
    """A small photo."""
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(written, "JPEG")
    return written.getvalue()


def add(child: Child, count: int) -> None:
    """So many photos."""
    for n in range(1, count + 1):
        offer(child, f"{n}.jpg", "image/jpeg", small())
        expect(child.page.locator("#attach figure")).to_have_count(n)


def assert_kept(page: Page, photos: int) -> None:
    """The text and the photos are as they were."""
    assert page.locator("textarea[name=text]").input_value() == TEXT
    expect(page.locator("#attach figure")).to_have_count(photos)


@pytest.mark.parametrize("language", HOMES)
def test_every_limit_stands_there_before_anything_is_written_or_chosen(child: Child, language: str) -> None:
    page = child.open(language).page
    child.go_to("tell")
    expect(page.locator("[data-t='tell.limits']")).to_have_text(said(language, "tell.limits"))
    for number in (str(limits.MAX_FILES), limits.written(limits.LETTERS)):
        expect(page.locator("[data-t='tell.limits']")).to_contain_text(number)
    page.locator("#attach .photo").click()
    expect(page.locator("[data-t='photo.limit']")).to_have_text(said(language, "photo.limit"))
    expect(page.locator("[data-t='photo.limit']")).to_contain_text("30")
    page.locator("#attach .voice").click()
    expect(page.locator("[data-t='voice.limit']")).to_have_text(said(language, "voice.limit"))
    expect(page.locator("[data-t='voice.limit']")).to_contain_text("3")
    assert child.faults == []


@pytest.mark.parametrize("language", HOMES)
def test_the_room_that_is_left_is_counted_down_and_the_end_is_said(child: Child, language: str) -> None:
    page = child.open(language).page
    child.go_to("tell")
    field, line = page.locator("textarea[name=text]"), page.locator("#attach [role=status].hint, #attach > p.wrong")
    field.fill("ұ" * limits.LETTERS)
    expect(page.locator("[data-t='tell.too_long']")).to_have_count(0)
    left = (64 * 1024 - 1024 - 2) // 2
    field.fill("ұ" * (left - 700))
    expect(page.locator("[data-t='tell.left']")).to_have_text(said(language, "tell.left", n=700))
    field.fill("ұ" * (left + 1))
    expect(line.first).to_have_text(said(language, "tell.too_long"))
    assert len(field.input_value()) == left + 1
    field.fill("ұ" * left)
    expect(page.locator("[data-t='tell.left']")).to_have_text(said(language, "tell.left", n=0))


def test_a_text_of_the_said_length_goes(child: Child) -> None:
    child.open().write("ұ" * limits.LETTERS)
    assert len(child.send()) == 6


@pytest.mark.parametrize("language", HOMES)
def test_a_photo_over_the_limit_is_refused_with_the_limit_and_nothing_is_lost(
    child: Child, language: str, tmp_path: Path
) -> None:
    page = child.open(language).write(TEXT).page
    huge = tmp_path / "huge.jpg"
    huge.write_bytes(small() + bytes(limits.PHOTO_MB * 1024 * 1024))
    page.locator("#attach .photo").click()
    page.locator("#attach input[type=file]").set_input_files(huge)
    expect(page.locator("#attach .wrong")).to_have_text(said(language, "photo.too_big"))
    assert_kept(page, 0)


def test_a_file_too_many_is_refused_and_nothing_is_lost(child: Child) -> None:
    page = child.open().write(TEXT).page
    add(child, limits.MAX_FILES)
    for tool in (".photo", ".voice"):
        page.locator(f"#attach .row {tool}, #attach {tool}").first.click()
        expect(page.locator("#attach .wrong")).to_have_text(said("kk", "tell.too_many"))
        assert_kept(page, limits.MAX_FILES)
    page.locator("#attach .files button").first.click()
    expect(page.locator("#attach figure")).to_have_count(limits.MAX_FILES - 1)
    assert len(child.send()) == 6


def test_a_file_over_its_limit_is_refused_and_nothing_is_lost(child: Child) -> None:
    child.page.add_init_script(f"({HUGE_DRAWING})()")
    page = child.open().write(TEXT).page
    add(child, 1)
    page.evaluate("window.huge = true")
    offer(child, "huge.jpg", "image/jpeg", small())
    expect(page.locator("#attach .wrong")).to_have_text(said("kk", "tell.too_big"))
    assert_kept(page, 1)


def test_a_voice_ends_at_its_limit_and_is_kept(child: Child) -> None:
    child.page.add_init_script(FAST_CLOCK)
    page = child.open().write(TEXT).page
    page.locator("#attach .voice").click()
    page.locator("#attach .card .main").click()
    expect(page.locator("#attach figure audio")).to_be_visible(timeout=20_000)
    expect(page.locator("#attach figcaption")).to_contain_text(str(VOICE_SECONDS))
    assert page.locator("textarea[name=text]").input_value() == TEXT


@pytest.mark.parametrize("language", HOMES)
def test_sound_that_never_starts_is_said_and_the_microphone_let_go(child: Child, language: str) -> None:
    child.page.add_init_script(f"({MICROPHONES})(); {NEVER_AWAKE}")
    page = child.open(language).write(TEXT).page
    page.locator("#attach .voice").click()
    page.locator("#attach .card .main").click()
    expect(page.locator("#attach .wrong")).to_have_text(said(language, "voice.stuck"), timeout=8000)
    expect(page.locator("#attach .card")).to_have_count(0)
    assert page.evaluate("window.tracks.length && window.tracks.every(one => one.readyState === 'ended')")
    assert_kept(page, 0)
    assert child.faults == []


def test_a_recording_given_up_while_sound_is_being_started_stays_given_up(child: Child) -> None:
    child.page.add_init_script(f"({MICROPHONES})(); {NEVER_AWAKE}")
    page = child.open().write(TEXT).page
    page.locator("#attach .voice").click()
    page.locator("#attach .card .main").click()
    page.locator("#attach .card button").last.click()
    expect(page.locator("#attach .card")).to_have_count(0)
    page.wait_for_timeout(3500)
    expect(page.locator("#attach .wrong")).to_be_empty()
    assert page.evaluate("window.tracks.every(one => one.readyState === 'ended')")
    assert child.faults == []
