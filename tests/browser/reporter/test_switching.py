"""Another language on the receipt, in the mailbox and while opening it: the texts change, words and what was typed stay."""

import secrets

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.desk.officer import answer, enter, read
from tests.browser.house import House
from tests.browser.reporter.test_files import photo
from tests.browser.reporter.test_writing_on import add_photo, reply
from tests.browser.reporter.walking import ANSWERS, HOMES, REGION, SEALING_MS, Child
from tests.browser.reporter.words import texts

ALL = ("ru", "en", "kk", "en")
SPOKEN = "[data-t]"


def switch(page: Page, house: House, language: str) -> dict[str, str]:
    """The page in another language; no text of it is missing or stayed behind."""
    page.locator(f".tools a[lang={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    said = texts(house, language)
    for key, text in page.locator(f"main {SPOKEN}").evaluate_all(
        "all => all.map(one => [one.dataset.t, one.textContent])"
    ):
        if "{" not in said[key]:
            assert text == said[key], key
    assert page.title() == said["title"]
    return said


def test_the_words_of_the_receipt_stay_as_they_are(child: Child, house: House) -> None:
    page = child.open().write("Хат").page
    words = child.send()
    for language in ALL:
        said = switch(page, house, language)
        expect(page.locator("#after h1")).to_have_text(said["receipt.title"])
        assert child.words() == words
    child.read(" ".join(words), "en")
    expect(child.thread).to_have_count(1, timeout=SEALING_MS)


def test_a_receipt_shown_as_a_number_stays_a_number(child: Child, house: House) -> None:
    page = child.open().write("Хат").page
    child.send()
    page.get_by_role("button", name=texts(house, "kk")["receipt.as_digits"]).click()
    digits = page.locator(".digits").inner_text()
    for language in ALL:
        said = switch(page, house, language)
        expect(page.locator(".digits")).to_be_visible()
        assert page.locator(".digits").inner_text() == digits
        expect(page.locator(".words")).to_be_hidden()
        expect(page.get_by_role("button", name=said["receipt.as_words"])).to_be_visible()


def test_a_half_repeated_word_stays_and_is_still_the_right_one(child: Child, house: House) -> None:
    page = child.open().write("Хат").page
    words = child.send()
    page.locator("#after .steps button").first.click()
    asked = int("".join(filter(str.isdigit, page.locator("#after label").inner_text())))
    page.locator("#word").fill(words[asked - 1])
    for language in ALL:
        said = switch(page, house, language)
        assert page.locator("#word").input_value() == words[asked - 1]
        expect(page.locator("#after label")).to_have_text(said["repeat.ask"].format(n=asked))
    page.locator("#word").press("Enter")
    expect(page.locator("#after [role=status]")).to_have_text(texts(house, "en")["repeat.good"])


def test_what_happens_next_names_the_readers_in_the_new_language(child: Child, house: House) -> None:
    page = child.open().write("Хат").page
    child.send()
    child.finish()
    names = {"kk": page.locator("#after .readers li").all_text_contents()}
    for language in ("ru", "en"):
        switch(page, house, language)
        names[language] = page.locator("#after .readers li").all_text_contents()
    assert len({tuple(found) for found in names.values()}) == 3
    assert all(len(found) == 2 and all(found) for found in names.values())


@pytest.mark.parametrize("language", HOMES)
def test_a_half_written_reply_stays_and_goes_from_another_language(
    child: Child, house: House, office: BrowserContext, language: str
) -> None:
    told = f"тілі{secrets.randbelow(10**9)}"
    words = child.open(language).write(told).send()
    names = answered(office.new_page(), house, told)
    page = child.page
    child.read(" ".join(words), language)
    expect(child.thread).to_have_count(2, timeout=SEALING_MS)
    page.locator("#reply").fill("Жарты сөй")
    add_photo(page, photo())
    for other in (*(one for one in ANSWERS if one != language), language, "ru"):
        switch(page, house, other)
        assert page.locator("#reply").input_value() == "Жарты сөй"
        expect(reply(page).locator("[data-file] img")).to_have_count(1)
        expect(child.thread.nth(0)).to_contain_text(told)
        expect(child.thread.nth(1).locator("b")).to_have_text(names[other])
    page.locator("#reply").press_sequentially("лем")
    reply(page).locator("button.main").last.click()
    expect(child.thread).to_have_count(3, timeout=SEALING_MS)
    expect(child.thread.nth(2)).to_contain_text("Жарты сөйлем")
    expect(child.thread.nth(2).locator(".files > li")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    assert child.faults == []


def answered(page: Page, house: House, told: str) -> dict[str, str]:
    """The desk answers; what it is called in every language."""
    from tests.browser.desk.child import published

    enter(page, house, REGION)
    read(page, told)
    answer(page, "Жауап")
    page.close()
    _, directory = published(house, REGION)
    return next(dict(desk["names"]) for desk in directory["desks"] if desk["id"] == REGION)


def test_a_recording_half_way_goes_on(child: Child, house: House) -> None:
    page = child.page
    child.read(" ".join(child.open().write("Хат").send()))
    expect(child.thread).to_have_count(1, timeout=SEALING_MS)
    reply(page).locator(".voice").click()
    reply(page).locator(".card .main").click()
    expect(reply(page).locator(".card .big")).to_contain_text("1", timeout=SEALING_MS)
    switch(page, house, "ru")
    page.wait_for_timeout(1000)
    reply(page).locator(".card .main").click()
    expect(reply(page).locator("figure audio")).to_be_visible(timeout=SEALING_MS)


@pytest.mark.parametrize("language", ANSWERS)
def test_half_typed_words_stay_and_a_complaint_changes_its_language(child: Child, house: House, language: str) -> None:
    page = child.page
    child.read("алма алма", language)
    expect(page.locator("#answer-error")).to_have_text(texts(house, language)["answer.few"].format(n=2))
    for other in (*(one for one in ANSWERS if one != language), language):
        said = switch(page, house, other)
        assert page.locator("#words").input_value() == "алма алма"
        expect(page.locator("#answer-error")).to_have_text(said["answer.few"].format(n=2))


def test_an_erased_letter_says_its_day_in_the_new_language(child: Child, house: House) -> None:
    page, said = child.page, texts(house, "kk")
    child.read(" ".join(child.open().write("Өшірілсін").send()))
    page.get_by_role("button", name=said["erase.title"]).click()
    page.get_by_role("button", name=said["erase.yes"]).click()
    expect(page.get_by_role("button", name=said["erase.undo"])).to_be_visible(timeout=SEALING_MS)
    due = {}
    for language in ("ru", "en"):
        months = switch(page, house, language)["date.months"].split(" ")
        due[language] = page.locator("[data-t='erase.due']").inner_text()
        assert any(month in due[language] for month in months)
    assert due["ru"] != due["en"]
