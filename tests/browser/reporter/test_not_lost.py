"""What a child has begun stays, a reply is counted once, and the microphone is on no longer than its panel."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from balaqorgau.pack import load
from tests.browser.reporter.walking import Child

LISTENING = """const streams = [];
globalThis.microphones = () => streams.flatMap(one => one.getTracks()).map(one => one.readyState);
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (what) => {
  await globalThis.slowly?.();
  const stream = await ask(what);
  streams.push(stream);
  return stream;
};"""
KZ = load(Path(__file__).parents[3] / "packs" / "kz")


def said(key: str) -> str:
    """What the page says in its first language."""
    return KZ.text("kk", f"child.{key}")


def cut_off(page: Page) -> None:
    """The network is gone for looking at the mailbox."""
    page.route("**/api/mailbox", lambda route: route.abort())


def wait_until(page: Page, expression: str) -> None:
    """Until an expression is true; asked from outside, because the page's own policy allows no evaluation inside."""
    for _ in range(150):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


def look_for_news(child: Child) -> None:
    """The button below the letters."""
    child.page.get_by_role("button", name=said("thread.refresh")).click()


@pytest.fixture
def reading(child: Child) -> Child:
    """A child at its open mailbox."""
    words = child.open().write("Бірінші хат").send()
    child.read(" ".join(words))
    expect(child.thread).to_have_count(1, timeout=60_000)
    return child


def test_looking_for_news_keeps_a_half_written_reply(reading: Child) -> None:
    reading.page.locator("#reply").fill("Бір сағат жазған ұзақ хат")
    with reading.page.expect_response("**/api/mailbox"):
        look_for_news(reading)
    expect(reading.thread).to_have_count(1)
    assert reading.page.locator("#reply").input_value() == "Бір сағат жазған ұзақ хат"


def test_the_network_going_away_is_said_when_looking_for_news(reading: Child) -> None:
    cut_off(reading.page)
    look_for_news(reading)
    expect(reading.page.get_by_role("alert").filter(has_text=said("error.network"))).to_be_visible()
    expect(reading.thread).to_have_count(1)


def test_a_reply_that_arrived_is_not_sent_again_because_it_could_not_be_seen(reading: Child) -> None:
    reading.page.locator("#reply").fill("Тек бір рет")
    cut_off(reading.page)
    with reading.page.expect_response("**/api/mailbox/messages"):
        reading.page.get_by_role("button", name=said("thread.send"), exact=True).click()
    expect(reading.page.locator("#reply")).to_have_value("")
    reading.page.unroute("**/api/mailbox")
    look_for_news(reading)
    expect(reading.thread).to_have_count(2)
    expect(reading.thread.nth(1)).to_contain_text("Тек бір рет")


def recording(child: Child) -> Page:
    """A child whose microphone is on."""
    page = child.page
    page.add_init_script(LISTENING)
    child.open().go_to("tell")
    page.locator("#attach .voice").click()
    page.get_by_role("button", name=said("voice.start")).click()
    expect(page.get_by_role("button", name=said("voice.done"), exact=True)).to_be_visible()
    assert page.evaluate("microphones()") == ["live"]
    return page


def test_the_microphone_goes_off_when_a_photo_is_chosen_instead(child: Child) -> None:
    page = recording(child)
    page.locator("#attach .photo").click()
    expect(page.get_by_role("button", name=said("photo.choose"))).to_be_visible()
    wait_until(page, "microphones().every(one => one === 'ended')")


def test_going_on_while_recording_keeps_what_was_said_and_switches_off(child: Child) -> None:
    page = recording(child)
    page.wait_for_timeout(1500)
    child.forward()
    wait_until(page, "microphones().every(one => one === 'ended')")
    page.locator("#back").click()
    expect(page.locator("#attach [data-file]")).to_have_count(1)


def test_a_microphone_that_was_allowed_after_never_mind_goes_off_at_once(child: Child) -> None:
    page = child.page
    page.add_init_script(LISTENING)
    page.add_init_script("globalThis.slowly = () => new Promise(allow => { globalThis.allow = allow; });")
    child.open().go_to("tell")
    page.locator("#attach .voice").click()
    page.get_by_role("button", name=said("voice.start")).click()
    wait_until(page, "!!globalThis.allow")
    page.get_by_role("button", name=said("voice.cancel")).click()
    page.evaluate("allow()")
    wait_until(page, "microphones().length === 1 && microphones()[0] === 'ended'")
