"""Writing on in the mailbox: a photo and a disguised voice go with a reply, the officer opens both, the child sees its own."""

import io
import secrets

from PIL import Image
from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, expect

from tests.browser.desk.officer import enter, read
from tests.browser.desk.test_work import DURATION
from tests.browser.house import House
from tests.browser.reporter.test_files import CAMERA, photo
from tests.browser.reporter.walking import REGION, SEALING_MS, Child
from tests.browser.reporter.words import texts

SIZE = "canvas => [canvas.width, canvas.height]"
HEARD = "audio => { audio.muted = true; return audio.play().then(() => audio.duration > 0) }"


def open_mailbox(child: Child, words: list[str], text: str) -> Page:
    """The thread with its first letter."""
    child.read(" ".join(words))
    expect(child.thread.first).to_contain_text(text, timeout=SEALING_MS)
    return child.page


def reply(page: Page) -> Locator:
    """Where the child writes on."""
    return page.locator("#after section", has=page.locator("#reply"))


def add_photo(page: Page, data: bytes) -> None:
    """Reads the word of warning, chooses the photo, sees it."""
    part = reply(page)
    part.locator(".photo").click()
    expect(part.locator(".card .calls a").first).to_be_visible()
    with page.expect_file_chooser() as chooser:
        part.locator(".card .main").click()
    chooser.value.set_files(FilePayload(name="me.jpg", mimeType="image/jpeg", buffer=data))
    expect(part.locator("figure img")).to_be_visible(timeout=SEALING_MS)


def add_voice(page: Page, said: dict[str, str]) -> None:
    """Speaks for two seconds and hears how it sounds."""
    part = reply(page)
    part.locator(".voice").click()
    expect(part.locator(".card")).to_contain_text(said["voice.text"])
    part.locator(".card .main").click()
    expect(part.locator(".card .big")).to_contain_text(said["voice.recording"].split("{")[0].strip())
    page.wait_for_timeout(2000)
    part.locator(".card .main").click()
    expect(part.locator("figure audio")).to_be_visible(timeout=SEALING_MS)


def test_a_photo_and_a_voice_go_with_a_reply_and_both_sides_open_them(
    child: Child, office: BrowserContext, house: House
) -> None:
    said, told = texts(house, "kk"), f"сурет{secrets.randbelow(10**9)}"
    words = child.open().write(told).send()
    page = open_mailbox(child, words, told)
    original = photo()
    assert CAMERA in original
    add_photo(page, original)
    add_voice(page, said)
    expect(reply(page).locator("[data-file]")).to_have_count(2)
    page.locator("#reply").fill("Міне, дәлелім")
    reply(page).locator("button.main").last.click()
    expect(child.thread).to_have_count(2, timeout=SEALING_MS)
    expect(page.locator("#reply")).to_have_value("")
    expect(reply(page).locator("[data-file]")).to_have_count(0)
    own_files_open(child, said)
    officer_opens_both(office.new_page(), house, told)
    open_mailbox(child, words, told)
    own_files_open(child, said)
    assert child.faults == []


def own_files_open(child: Child, said: dict[str, str]) -> None:
    """In the thread the child's second letter lists its photo and its voice; each opens on a tap."""
    rows = child.thread.nth(1).locator(".files > li")
    expect(child.thread.nth(1)).to_contain_text("Міне, дәлелім", timeout=SEALING_MS)
    expect(rows).to_have_count(2)
    expect(rows.nth(0).locator("b")).to_have_text(said["thread.photo"])
    expect(rows.nth(1).locator("b")).to_have_text(said["thread.voice"])
    for row in (rows.nth(0), rows.nth(1)):
        row.locator("button").click()
    image, sound = rows.nth(0).get_by_role("img"), rows.nth(1).locator("audio")
    expect(image).to_have_accessible_name(said["thread.photo"])
    expect(sound).to_have_attribute("aria-label", said["thread.voice"])
    assert image.evaluate("one => one.decode().then(() => one.naturalWidth)") == 900
    assert sound.evaluate(DURATION) > 1


def officer_opens_both(page: Page, house: House, told: str) -> None:
    """At the desk the second message has a photo behind its cover and a voice that can be heard."""
    enter(page, house, REGION)
    read(page, told)
    message = page.locator("#messages .message").nth(1)
    expect(message.locator(".message-text")).to_have_text("Міне, дәлелім")
    expect(message.locator(".file")).to_have_count(2)
    message.locator(".photo-cover").click()
    canvas = message.locator("canvas")
    expect(canvas).to_be_visible(timeout=SEALING_MS)
    assert canvas.evaluate(SIZE) == [900, 700]
    message.locator(".voice [data-slot=open]").click()
    player = message.locator("audio")
    expect(player).to_be_visible(timeout=SEALING_MS)
    assert player.evaluate(DURATION) > 1
    assert player.evaluate(HEARD)


def test_a_reply_of_a_photo_alone_goes_and_one_that_was_removed_does_not(child: Child) -> None:
    page = open_mailbox(child, child.open().write("Бірінші").send(), "Бірінші")
    send = reply(page).locator("button.main").last
    small = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(small, "JPEG")
    add_photo(page, small.getvalue())
    reply(page).locator("[data-file] button").click()
    expect(reply(page).locator("[data-file]")).to_have_count(0)
    send.click()
    expect(page.locator("#reply")).to_be_focused()
    expect(child.thread).to_have_count(1)
    add_photo(page, small.getvalue())
    send.click()
    expect(child.thread).to_have_count(2, timeout=SEALING_MS)
    expect(child.thread.nth(1).locator(".files > li")).to_have_count(1)


def test_files_of_a_reply_that_did_not_go_stay_and_go_once(child: Child) -> None:
    page = open_mailbox(child, child.open().write("Бірінші").send(), "Бірінші")
    page.route("**/api/mailbox/messages", lambda route: route.abort(), times=1)
    add_photo(page, photo())
    send = reply(page).locator("button.main").last
    send.click()
    expect(reply(page).locator("[role=status] .wrong")).to_be_visible(timeout=SEALING_MS)
    expect(reply(page).locator("[data-file]")).to_have_count(1)
    send.click()
    expect(child.thread).to_have_count(2, timeout=SEALING_MS)
    expect(child.thread.nth(1).locator(".files > li")).to_have_count(1)
