"""Every step can be heard; nothing of it is fetched before it is asked for."""

import pytest
from playwright.sync_api import expect

from tests.browser.reporter.walking import HOMES, STEPS, Child

HEARD = """() => {
    window.heard = [];
    const real = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
        this.addEventListener("ended", () => window.heard.push(this.src.split("/").pop()));
        this.defaultPlaybackRate = this.playbackRate = 8;
        return real.call(this);
    };
}"""


@pytest.mark.parametrize("language", HOMES)
def test_each_step_is_read_in_the_language_of_the_page_when_asked(child: Child, language: str) -> None:
    child.page.add_init_script(f"({HEARD})()")
    page = child.open(language).page
    assert not [url for url in child.asked if url.endswith(".webm")]
    for step in STEPS:
        child.go_to(step)
        page.locator("#listen").click()
        page.wait_for_function("step => window.heard.includes(`${step}.title.webm`)", arg=step)
    assert all(f"/audio/{language}." in url for url in child.asked if url.endswith(".webm"))
    assert child.faults == []


def test_listening_stops_with_a_second_tap_and_with_the_next_step(child: Child) -> None:
    page = child.open().page
    label = page.locator("#listen span")
    page.locator("#listen").click()
    expect(label).to_have_text("Тоқтату")
    page.locator("#listen").click()
    expect(label).to_have_text("Тыңдау")
    page.locator("#listen").click()
    expect(label).to_have_text("Тоқтату")
    child.forward()
    expect(label).to_have_text("Тыңдау")
