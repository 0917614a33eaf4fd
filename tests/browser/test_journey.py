"""The whole journey: a child writes and sends, an officer reads, answers and passes on, the child reads the answer.

Markers in everything the child typed are then searched for in all that the server kept and in its memory.
"""

import io
import re
import secrets
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.house import House
from tests.browser.seizure import memory_of, traces

REGION = "KZ-10"


def marker() -> str:
    """A word that occurs nowhere else: Kazakh letters and a number nobody can guess."""
    return f"Қарлығаш{secrets.randbelow(10**12):012d}ұшты"


def picture(path: Path) -> Path:
    """A photo with a place and a camera in its metadata."""
    exif = Image.Exif()
    exif[0x010F] = "Telephone-Maker"
    exif[0x8825] = {1: "N", 2: (50.0, 24.0, 36.0)}
    image = Image.effect_noise((1200, 900), 60).convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    path.write_bytes(buffer.getvalue())
    return path


def forward(page: Page) -> None:
    """The big button at the bottom."""
    page.locator("#next").click()


def write_and_send(page: Page, house: House, text: str, photo: Path) -> list[str]:
    """From the poster to the six words."""
    page.goto(f"/#{REGION}.{school_code(house)}")
    forward(page)
    page.locator("#poster-yes").click()
    expect(page.locator("#what")).to_be_visible()
    page.locator('#what input[value="r01"]').check(force=True)
    forward(page)
    page.locator("textarea[name=text]").fill(text)
    add_photo(page, photo)
    add_voice(page)
    forward(page)
    page.locator('#about input[value="other_child"]').check(force=True)
    forward(page)
    page.locator('#safe input[value="no"]').check(force=True)
    forward(page)
    page.locator('#you input[value="10_13"]').check(force=True)
    forward(page)
    expect(page.locator("#send")).to_be_visible()
    forward(page)
    words = page.locator(".receipt ol li")
    expect(words).to_have_count(6, timeout=60_000)
    return words.all_text_contents()


def school_code(house: House) -> str:
    """The code on the poster that the tour shows."""
    import urllib.request

    page = urllib.request.urlopen(f"{house.url}/tour/").read().decode()
    found = re.search(rf"#{REGION}\.([0-9A-Z]{{8}})", page)
    assert found
    return found[1]


def add_photo(page: Page, photo: Path) -> None:
    """After the warning, a picture; it is shown before it goes."""
    page.locator("#attach button", has_text="Сурет қосу").click()
    with page.expect_file_chooser() as chooser:
        page.locator("#attach button", has_text="Түсіндім").click()
    chooser.value.set_files(photo)
    expect(page.locator("#attach figure img")).to_have_count(1, timeout=30_000)


def add_voice(page: Page) -> None:
    """Two seconds of what the browser takes for a voice, disguised."""
    page.locator("#attach button", has_text="Дауыспен айту").click()
    page.locator("#attach button", has_text="Сөйлей бастау").click()
    page.wait_for_timeout(2000)
    page.locator("#attach button", has_text="Болды").click()
    expect(page.locator("#attach figure audio")).to_have_count(1, timeout=30_000)


def sign_in(page: Page, house: House, desk: str) -> None:
    """An example officer of a desk opens its keys."""
    officer = next(one for one in house.officers() if one["desk"] == desk)
    page.goto("/desk/")
    page.locator("#gate-username").fill(officer["username"])
    page.locator("#gate-passphrase").fill(officer["passphrase"])
    page.locator("#gate-submit").click()
    expect(page.locator("#gate")).to_be_hidden(timeout=60_000)


def open_newest(page: Page, text: str) -> None:
    """The appeal with these words."""
    row = page.locator("#rows .row", has_text=text)
    expect(row).to_have_count(1, timeout=30_000)
    row.click()
    expect(page.locator("#messages .message-text").first).to_contain_text(text)


@pytest.mark.journey
def test_a_child_s_appeal_is_read_answered_passed_on_and_the_answer_read(
    phone: BrowserContext, office: BrowserContext, house: House, tmp_path: Path
) -> None:
    told, answered = marker(), marker()
    faults: list[str] = []
    child = phone.new_page()
    child.on("pageerror", lambda error: faults.append(str(error)))
    words = write_and_send(child, house, f"Мені {told} ренжітті", picture(tmp_path / "photo.jpg"))
    child.close()

    desk = office.new_page()
    desk.on("pageerror", lambda error: faults.append(str(error)))
    sign_in(desk, house, REGION)
    open_newest(desk, told)
    expect(desk.locator("#messages .file")).to_have_count(2)
    desk.locator("#messages .photo-cover").click()
    expect(desk.locator("#messages canvas")).to_be_visible()
    desk.locator("#messages .voice button").click()
    expect(desk.locator("#messages audio")).to_be_visible()
    letter = tmp_path / "letter.txt"
    letter.write_text(f"Хат: {answered}", encoding="utf-8")
    desk.locator("#answer-button").click()
    desk.locator("#answer-text").fill(f"Біз {answered} көмектесеміз")
    desk.locator("#answer-file").set_input_files(letter)
    desk.locator("#answer-send").click()
    expect(desk.locator("#messages .message")).to_have_count(2, timeout=30_000)
    desk.locator("#pass-button").click()
    desk.locator("#pass-desks input[value=committee]").check(force=True)
    desk.locator("#pass-submit").click()
    expect(desk.locator("#pass-dialog")).to_be_hidden(timeout=30_000)

    committee = office.browser.new_context(base_url=house.url) if office.browser else office
    other = committee.new_page()
    sign_in(other, house, "committee")
    open_newest(other, told)
    expect(other.locator("#messages .message")).to_have_count(2)
    committee.close()

    back = phone.new_page()
    back.on("pageerror", lambda error: faults.append(str(error)))
    back.goto("/answer/")
    back.locator("#words").fill(" ".join(words).upper())
    back.locator("#next").click()
    expect(back.locator("#after")).to_contain_text(answered, timeout=60_000)
    assert not faults
    assert_nothing_readable(house, [told, answered, *photo_markers()], words)


def photo_markers() -> list[str]:
    """What the photo's metadata said."""
    return ["Telephone-Maker"]


def assert_nothing_readable(house: House, markers: list[str], words: list[str]) -> None:
    """No marker in any file that the server or its database keeps, in its logs, in temporary files, or in its memory."""
    wanted = [*markers, " ".join(words), "\n".join(words)]
    seen = {path: found for path in house.kept_files() if (found := traces(path.read_bytes(), wanted))}
    assert not seen
    remembered = [traces(piece, wanted) for piece in memory_of(*house.processes())]
    assert not any(remembered)
