"""Sending: with the keyboard alone, with nothing answered, in another language half-way, with help where it is needed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reporter.walking import HOMES, STEPS, Child

DANGER = {"kk": "мен өлгім келеді", "ru": "я хочу умереть", "en": "I want to die"}
HARMLESS = {"kk": "бүгін сабақ болды", "ru": "сегодня был урок", "en": "we had a lesson today"}
NOBODY = "оқитын адам қалмады"
MOST_TABS = 60


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until an element has the focus, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never reaches {selector}")


def test_a_whole_letter_is_sent_with_the_keyboard_alone(child: Child) -> None:
    page = child.open().page
    for step in STEPS[:-1]:
        assert child.step == step
        if step == "where":
            tab_to(page, "#region")
            page.keyboard.press("ArrowDown")
        if step == "what":
            tab_to(page, "[name=reasons]")
            page.keyboard.press("Space")
        if step == "tell":
            tab_to(page, "textarea")
            page.keyboard.type("Пернетақтамен жаздым")
        if step == "safe":
            tab_to(page, "[name=safe]")
            page.keyboard.press("ArrowDown")
        tab_to(page, "#next")
        page.keyboard.press("Enter")
    expect(page.locator("#summary")).to_contain_text("Пернетақтамен жаздым")
    tab_to(page, "#next")
    page.keyboard.press("Enter")
    assert len(child.words()) == 6
    assert child.faults == []


def test_each_step_moves_the_focus_to_its_question(child: Child) -> None:
    page = child.open().page
    for step in STEPS[1:]:
        child.go_to(step)
        expect(page.locator(f"#{step} h1")).to_be_focused()


def test_every_question_but_the_region_may_be_skipped(child: Child) -> None:
    child.open().go_to("what").choose("r01")
    for step in ("tell", "about", "safe", "you"):
        child.go_to(step)
        expect(child.page.locator("#next span:not([hidden])")).to_have_text("Өткізіп жіберу")
    assert len(child.send()) == 6


def test_a_letter_without_anything_in_it_says_what_is_missing_and_leads_back(child: Child) -> None:
    child.open().go_to("send")
    child.forward()
    missing = child.page.locator("#summary [role=alert]")
    expect(missing).to_contain_text("Бірдеңе жаз")
    missing.locator("button").click()
    assert child.step == "tell"


def test_the_region_is_asked_for_kindly_when_it_is_missing(child: Child) -> None:
    child.open().go_to("where")
    child.forward()
    assert child.step == "where"
    expect(child.page.locator("#where-error")).to_be_visible()


@pytest.mark.parametrize("step", STEPS[1:])
def test_a_change_of_language_keeps_everything_that_was_typed_and_chosen(child: Child, step: str) -> None:
    page = child.open().page
    child.go_to("what").choose("r01")
    child.write("Ештеңе жоғалмайды")
    child.go_to("safe").choose("unsure")
    child.go_to("you").choose("10_13")
    child.go_to("send")
    for _ in range(len(STEPS) - 1 - STEPS.index(step)):
        page.locator("#back").click()
    assert child.step == step
    for language in ("ru", "en", "kk", "en"):
        page.locator(f".tools a[lang={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert child.step == step
    assert page.locator("#region").input_value() == "KZ-10"
    assert page.locator("textarea[name=text]").input_value() == "Ештеңе жоғалмайды"
    assert page.locator("[name=reasons]:checked").count() == 1
    assert page.locator("[name=safe]:checked").input_value() == "unsure"
    child.go_to("send")
    expect(page.locator("#summary")).to_contain_text("Ештеңе жоғалмайды")
    expect(page.locator("#next span:not([hidden])")).to_have_text("Send")
    assert not page.locator("[data-t]:not(:empty)").filter(has_text="undefined").count()


@pytest.mark.parametrize("language", HOMES)
def test_every_text_of_the_page_changes_with_its_language(child: Child, language: str) -> None:
    started = child.open(language).page
    there = child.page.locator("form [data-t]").evaluate_all("all => all.map(one => [one.dataset.t, one.textContent])")
    others = [other for other in HOMES if other != language]
    for other in (*others, language):
        started.locator(f".tools a[lang={other}]").click()
        expect(started.locator("html")).to_have_attribute("lang", other)
    back = child.page.locator("form [data-t]").evaluate_all("all => all.map(one => [one.dataset.t, one.textContent])")
    assert back == there
    assert all(text for _, text in back)


@pytest.mark.parametrize("language", DANGER)
def test_words_of_danger_bring_the_numbers_and_block_nothing(child: Child, language: str) -> None:
    page = child.open(language).page
    child.write(DANGER[language])
    expect(page.locator("#danger .calls a").first).to_be_visible()
    asked = [url for url in child.asked if "/api/" in url]
    assert asked == []
    assert len(child.send()) == 6


@pytest.mark.parametrize("language", HARMLESS)
def test_a_harmless_letter_brings_no_alarm(child: Child, language: str) -> None:
    child.open(language).write(HARMLESS[language])
    child.page.wait_for_timeout(1000)
    expect(child.page.locator("#danger")).to_be_empty()


def test_not_being_safe_brings_the_numbers_and_taking_it_back_removes_them(child: Child) -> None:
    page = child.open().page
    child.go_to("safe").choose("no")
    expect(page.locator("#safe-help .calls a").first).to_be_visible()
    child.choose("yes")
    expect(page.locator("#safe-help")).to_be_empty()


def test_the_helplines_are_one_tap_away_at_every_step(child: Child) -> None:
    page = child.open().page
    for step in STEPS:
        child.go_to(step)
        page.locator("#help summary").click()
        expect(page.locator("#help .calls a").first).to_be_visible()
        page.locator("#help summary").click()


def test_those_it_is_about_are_not_among_its_readers(child: Child) -> None:
    page = child.open().page
    child.write("Хат").go_to("about").choose("region")
    readers = page.locator("#summary .readers li")
    child.go_to("send")
    expect(readers).to_have_count(2)
    assert not any("Абай" in reader for reader in readers.all_text_contents())
    child.forward()
    child.words()
    child.finish()
    assert not any("Абай" in reader for reader in page.locator(".readers li").all_text_contents())


def test_a_letter_about_all_its_readers_says_that_nobody_is_left_and_keeps_the_text(child: Child) -> None:
    page = child.open().page
    child.write("Бәрі туралы").go_to("about")
    for office in ("region", "committee", "ombudsman"):
        child.choose(office)
    child.go_to("send")
    nobody = page.locator("#summary [role=alert]")
    expect(nobody).to_contain_text(NOBODY)
    expect(nobody.locator(".calls a").first).to_be_visible()
    child.forward()
    expect(page.locator("#after [role=alert]")).to_be_visible(timeout=30_000)
    page.locator("#after button").last.click()
    assert page.locator("textarea[name=text]").input_value() == "Бәрі туралы"
    assert not [url for url in child.asked if "/api/" in url]
    nobody.locator("button").click()
    assert child.step == "about"
