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

from tests.browser.cores import dumped
from tests.browser.desk.officer import read
from tests.browser.house import House
from tests.browser.rows import rows_of
from tests.browser.seizure import traces

REGION = "KZ-10"


def key() -> str:
    """A number nobody can guess, in the middle of every marker: where it is not found, none of them is."""
    return f"{secrets.randbelow(10**12):012d}"


def marker(number: str) -> str:
    """A word that occurs nowhere else: Kazakh letters around the number."""
    return f"Қарлығаш{number}ұшты"


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


def write_and_send(page: Page, school: str, text: str, photo: Path) -> tuple[list[str], str]:
    """From the poster to the six words, and the same as digits."""
    page.goto(f"/#{school}")
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
    digits = page.locator(".receipt .digits").text_content() or ""
    assert len(digits.replace(" ", "")) == 20
    return words.all_text_contents(), digits


def school_code(house: House) -> str:
    """Region and code on the poster that the tour shows."""
    import urllib.request

    page = urllib.request.urlopen(f"{house.url}/tour/").read().decode()
    found = re.search(rf"#{REGION}\.([0-9A-Z]{{8}})", page)
    assert found
    return f"{REGION}.{found[1]}"


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


def answer(page: Page, text: str, letter: Path) -> None:
    """The officer writes and adds a file; asked about a word that the child used like a name, sends all the same."""
    page.locator("#answer-button").click()
    page.locator("#answer-text").fill(text)
    page.locator("#answer-file").set_input_files(letter)
    expect(page.locator("#answer-files .file-name")).to_have_text(letter.name)
    page.locator("#answer-send").click()
    page.locator("#leak-anyway").click()
    expect(page.locator("#messages .message")).to_have_count(2, timeout=30_000)


def pass_on(page: Page) -> None:
    """To the committee."""
    page.locator("#pass-button").click()
    page.locator("#pass-desks input[value=committee]").check(force=True)
    page.locator("#pass-submit").click()
    expect(page.locator("#pass-dialog")).to_be_hidden(timeout=30_000)


def write_on(page: Page, text: str) -> None:
    """The child, who has read the answer, says one thing more."""
    page.locator("#reply").fill(text)
    page.locator("#after section", has=page.locator("#reply")).locator("button.main").last.click()
    expect(page.locator("#after")).to_contain_text(text, timeout=60_000)
    expect(page.locator("#reply")).to_have_value("", timeout=60_000)


@pytest.mark.journey
def test_a_child_s_appeal_is_read_answered_passed_on_and_the_answer_read(
    phone: BrowserContext, office: BrowserContext, house: House, tmp_path: Path
) -> None:
    number = key()
    told, answered, added = (f"{marker(number)}-{what}" for what in ("хат", "жауап", "тағы"))
    faults: list[str] = []
    child = phone.new_page()
    child.on("pageerror", lambda error: faults.append(str(error)))
    school, photo = school_code(house), picture(tmp_path / f"{marker(number)}.jpg")
    words, digits = write_and_send(child, school, f"Мені {told} ренжітті", photo)
    child.close()

    desk = office.new_page()
    desk.on("pageerror", lambda error: faults.append(str(error)))
    sign_in(desk, house, REGION)
    read(desk, told)
    expect(desk.locator("#messages .file")).to_have_count(2)
    desk.locator("#messages .photo-cover").click()
    expect(desk.locator("#messages canvas")).to_be_visible()
    desk.locator("#messages .voice [data-slot=open]").click()
    expect(desk.locator("#messages audio")).to_be_visible()
    letter = tmp_path / f"{marker(number)}.txt"
    letter.write_text(f"Хат: {answered}", encoding="utf-8")
    answer(desk, f"Біз {answered} көмектесеміз", letter)
    pass_on(desk)

    committee = office.browser.new_context(base_url=house.url) if office.browser else office
    other = committee.new_page()
    sign_in(other, house, "committee")
    read(other, told)
    expect(other.locator("#messages .message")).to_have_count(2)
    committee.close()

    back = phone.new_page()
    back.on("pageerror", lambda error: faults.append(str(error)))
    back.goto("/answer/")
    back.locator("#words").fill(" ".join(words).upper())
    back.locator("#next").click()
    expect(back.locator("#after")).to_contain_text(answered, timeout=60_000)
    write_on(back, f"Рақмет, {added}")
    desk.locator("#back-button").click()
    read(desk, told)
    expect(desk.locator("#messages .message").last).to_contain_text(added)
    assert not faults
    assert_nothing_readable(house, [number, *photo_markers(), *of_school(school), *of_receipt(words, digits)])


def photo_markers() -> list[str]:
    """What the photo's metadata said."""
    return ["Telephone-Maker"]


def of_school(school: str) -> list[str]:
    """The school as an appeal names it. The code alone is on posters and in the table of schools, as it must be."""
    return [f'"school":"{school}"']


def of_receipt(words: list[str], digits: str) -> list[str]:
    """The receipt however it may be written together; single words are in the published list of words."""
    together = [joined.join(words) for joined in (" ", "\n", ",", "-", '","')]
    return [*together, " ".join(words).upper(), digits, digits.replace(" ", "")]


def assert_nothing_readable(house: House, wanted: list[str]) -> None:
    """No marker in any file that the server or its database keeps, in its rows, logs, temporary files, or processes' cores."""
    seen = {path: found for path in house.kept_files() if (found := traces(path.read_bytes(), wanted))}
    assert not seen
    assert not traces(rows_of(house), wanted)
    cores = dumped(*house.own_processes(), sharing=house.more_members())
    remembered = [found for piece in cores for found in traces(piece, wanted)]
    assert not remembered
