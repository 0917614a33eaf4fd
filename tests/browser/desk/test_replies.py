"""Answering: templates, what the child will see, drafts that survive, a warning that lets pass, files that stay inside."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.desk.child import REGION, send
from tests.browser.desk.conftest import watch
from tests.browser.desk.officer import answer, complaints, enter, picture, read, thread_id
from tests.browser.house import House
from tests.browser.rows import rows_of

SAVED = "Draft sealed and saved. Only you can open it."
SLOW = 30_000


def begin(page: Page, house: House, told: str, *, language: str = "en") -> None:
    """An appeal is open, and so is the form below it."""
    send(house, f"Мені Қуандық тиісе береді {told}", language="kk")
    enter(page, house, REGION, language=language)
    read(page, told)
    page.locator("#answer-button").click()


def own_template(page: Page, name: str, words: str) -> Locator:
    """Write a template of the desk; its line."""
    page.locator("#templates-button").click()
    page.locator("#template-name").fill(name)
    page.locator("#template-text").fill(words)
    page.locator("#template-form button[type=submit]").click()
    line = page.locator("#templates-own .template-line", has_text=name)
    expect(line).to_have_count(1)
    return line


def test_a_template_goes_in_where_the_cursor_is_in_the_child_s_language(page: Page, house: House, told: str) -> None:
    begin(page, house, told)
    words = page.locator("#answer-text")
    words.fill("бірінші\nсоңғы")
    words.evaluate("field => field.setSelectionRange(0, 7)")
    page.locator("#templates-button").click()
    page.get_by_role("button", name="Insert: We have read it").click()
    written = words.input_value()
    assert written.startswith("бірінші\n\nСәлем! Хатыңды оқыдық.")
    assert written.endswith("\n\nсоңғы")


def test_a_template_with_numbers_has_the_country_s_and_warns_of_nothing(page: Page, house: House, told: str) -> None:
    begin(page, house, told)
    page.locator("#templates-button").click()
    page.get_by_role("button", name="Insert: Where to call").click()
    expect(page.locator("#answer-text")).to_have_value(re.compile("111"))
    page.locator("#answer-send").click()
    expect(page.locator("#messages .message")).to_have_count(2, timeout=SLOW)
    expect(page.locator("#leak-warning")).to_be_hidden()


def test_a_script_in_a_desk_s_template_is_letters_everywhere(page: Page, house: House, told: str) -> None:
    hostile = f"<img src=x onerror=alert(1)><script>alert(2)</script>{told}"
    begin(page, house, told)
    line = own_template(page, hostile[:70] + told[-6:], hostile)
    expect(line.locator("[data-slot=text]")).to_have_text(hostile)
    line.locator("[data-slot=insert]").click()
    expect(page.locator("#answer-text")).to_have_value(hostile)
    page.locator("#preview-button").click()
    expect(page.locator("#preview-corner .letters p")).to_have_text(hostile)
    assert page.locator("#preview-corner img, #preview-corner script").count() == 0


def test_a_desk_s_template_is_changed_and_removed_after_a_question(page: Page, house: House, told: str) -> None:
    begin(page, house, told)
    line = own_template(page, told, "ескі сөз")
    line.locator("[data-slot=edit]").click()
    page.locator("#template-text").fill("жаңа сөз")
    page.locator("#template-form button[type=submit]").click()
    expect(line.locator("[data-slot=text]")).to_have_text("жаңа сөз")
    line.locator("[data-slot=remove]").click()
    expect(line).to_have_count(1)
    line.locator("[data-slot=yes]").click()
    expect(line).to_have_count(0)


def test_the_preview_has_the_child_s_words_and_look(page: Page, house: House, told: str) -> None:
    begin(page, house, told)
    page.locator("#answer-text").fill("Сәлем! Біз осындамыз.")
    page.locator("#preview-button").click()
    corner = page.locator("#preview-corner")
    expect(corner.locator(".letters p")).to_have_text("Сәлем! Біз осындамыз.")
    expect(corner.locator("b")).to_contain_text("балаларды қорғау бөлімі")
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    assert corner.locator(".letters p").evaluate(size) == 18
    page.locator("#preview-easy").check()
    expect(corner.locator("[data-easy]")).to_have_count(1)
    assert corner.locator(".letters p").evaluate(size) > 21


def test_a_draft_survives_the_lock_and_is_there_on_another_machine_and_goes_when_it_is_sent(
    page: Page, house: House, told: str, chromium: Browser, faults: list[str]
) -> None:
    begin(page, house, told)
    marker = f"жасырын-жоба-{told}"
    page.locator("#answer-text").press_sequentially(marker)
    page.locator("#lock-button").click()
    expect(page.locator("#gate")).to_be_visible()
    expect(page.locator("#answer-text")).to_have_value("")
    other = chromium.new_context(base_url=house.url).new_page()
    watch(other, faults)
    enter(other, house, REGION, language="en")
    read(other, told)
    expect(other.locator("#answer-text")).to_have_value(marker, timeout=SLOW)
    expect(other.locator("#draft-status")).to_contain_text("Your unsent draft is back")
    assert not [path for path in house.kept_files() if marker.encode() in path.read_bytes()]
    assert marker.encode() not in rows_of(house)
    other.locator("#answer-send").click()
    expect(other.locator("#messages .message")).to_have_count(2, timeout=SLOW)
    other.wait_for_timeout(500)
    other.reload()
    enter(other, house, REGION, language="en")
    read(other, told)
    expect(other.locator("#messages .message")).to_have_count(2, timeout=SLOW)
    assert other.evaluate(f"fetch('/desk/api/threads/{thread_id(other)}/draft').then(answer => answer.status)") == 204
    expect(other.locator("#answer-form")).to_be_hidden()
    other.context.close()


def test_a_draft_that_the_server_cannot_take_waits_in_the_page(page: Page, house: House, told: str) -> None:
    begin(page, house, told)
    page.context.set_offline(True)
    page.locator("#answer-text").fill("күте тұр")
    expect(page.locator("#draft-status")).to_contain_text("not saved yet")
    page.context.set_offline(False)
    expect(page.locator("#draft-status")).to_have_text(SAVED, timeout=SLOW)


def test_what_could_betray_the_child_is_said_and_never_stands_in_the_way(page: Page, house: House, told: str) -> None:
    begin(page, house, told)
    page.locator("#answer-text").fill("Біз қуандықпен сөйлестік. Ертең келеміз, 8 701 234 56 78.")
    page.locator("#answer-send").click()
    warning = page.locator("#leak-warning")
    expect(warning.locator("li")).to_have_count(3)
    expect(warning).to_contain_text("A name from the child's letter: “қуандықпен”")
    assert not complaints(page)
    page.locator("#leak-back").click()
    expect(warning).to_be_hidden()
    expect(page.locator("#answer-text")).to_be_focused()
    expect(page.locator("#messages .message")).to_have_count(1)
    page.locator("#answer-send").click()
    expect(page.locator("#messages .message")).to_have_count(2, timeout=SLOW)


def test_calm_words_are_sent_without_a_question(page: Page, house: House, told: str) -> None:
    begin(page, house, told)
    answer(page, "Сәлем! Хатыңды оқыдық, біз осындамыз.")


@pytest.mark.parametrize("how", ["disguised", "plain"])
def test_a_voice_is_recorded_and_sent(page: Page, house: House, told: str, how: str) -> None:
    page.context.grant_permissions(["microphone"])
    begin(page, house, told)
    page.locator("#voice-button").click()
    page.locator(f"#voice-{how}").check()
    page.locator("#voice-start").click()
    expect(page.locator("#voice-status")).to_contain_text("Recording: 2", timeout=SLOW)
    page.locator("#voice-start").click()
    expect(page.locator("#answer-files .file")).to_have_count(1)
    page.locator("#answer-send").click()
    expect(page.locator("#messages .message")).to_have_count(2, timeout=SLOW)
    expect(page.locator("#messages .voice")).to_have_count(1)


def test_nothing_leaves_the_console_without_a_reason(page: Page, house: House, told: str) -> None:
    send(house, told, files=[("file", "application/pdf", b"%PDF-1.7 x")], names=["report.pdf"])
    enter(page, house, REGION, language="en")
    read(page, told)
    page.locator("#messages [data-slot=save]").click()
    expect(page.locator("#save-submit")).to_be_disabled()
    page.locator("#save-reasons input[value=court]").check()
    with page.expect_download() as saved:
        page.locator("#save-submit").click()
    assert Path(saved.value.path()).read_bytes() == b"%PDF-1.7 x"
    expect(page.locator("#trail")).to_contain_text("A copy was taken")


def test_a_picture_that_may_be_unlawful_is_closed_for_the_desk_and_open_for_the_ombudsman(
    page: Page, house: House, told: str, chromium: Browser, faults: list[str]
) -> None:
    send(house, told, files=[("photo", "image/jpeg", picture())])
    enter(page, house, REGION, language="en")
    read(page, told)
    expect(page.locator(".guard")).to_contain_text("Could this picture be unlawful?")
    page.locator("#messages [data-slot=unlawful]").click()
    expect(page.locator("#unlawful-dialog")).to_contain_text("350-VI")
    assert not complaints(page)
    page.locator("#unlawful-submit").click()
    expect(page.locator(".closed-file")).to_contain_text("This file is closed")
    expect(page.locator("#messages canvas")).to_have_count(0)
    other = chromium.new_context(base_url=house.url).new_page()
    watch(other, faults)
    enter(other, house, "ombudsman", language="en")
    read(other, told)
    expect(other.locator(".closed-file")).to_contain_text("each time is logged")
    other.locator(".photo-cover").click()
    expect(other.locator("#messages canvas")).to_be_visible()
    other.locator("[data-slot=reopen]").click()
    expect(other.locator(".closed-file")).to_have_count(0)
    other.context.close()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_dialog_beside_an_answer_has_nothing_that_axe_complains_of(
    page: Page, house: House, told: str, language: str
) -> None:
    begin(page, house, told, language=language)
    for button in ("templates", "preview", "voice"):
        page.locator(f"#{button}-button").click()
        assert not complaints(page)
        page.keyboard.press("Escape")
        expect(page.locator(f"#{button}-dialog")).to_be_hidden()
