"""The receipt and the mailbox it opens: words in any case and on any keyboard, digits, mistakes, writing on, erasing."""

import pytest
from playwright.sync_api import expect

from tests.browser.reporter.walking import ANSWERS, HOMES, Child

KEYBOARD = str.maketrans("қңғүұөәһі", "кнгууоахи")
OPENING_MS = 60_000


def opened(child: Child, text: str) -> None:
    """The mailbox shows the letter."""
    expect(child.thread.first).to_contain_text(text, timeout=OPENING_MS)


def test_the_words_are_repeated_and_what_happens_next_is_told(child: Child) -> None:
    page = child.open().write("Хат").page
    words = child.send()
    steps = page.locator("#after .steps button")
    steps.first.click()
    asked = int("".join(filter(str.isdigit, page.locator("#after label").inner_text())))
    page.locator("#word").fill("шатақ")
    steps.first.click()
    expect(page.locator("#after [role=status]")).to_contain_text("сөз")
    steps.nth(1).click()
    assert child.words() == words
    steps.first.click()
    asked = int("".join(filter(str.isdigit, page.locator("#after label").inner_text())))
    page.locator("#word").fill(words[asked - 1].upper())
    page.keyboard.press("Enter")
    expect(page.locator("#after .next")).to_contain_text("15 жұмыс күні")
    expect(page.locator("#after .calls a").first).to_be_visible()


def test_the_repetition_may_be_skipped(child: Child) -> None:
    child.open().write("Хат").send()
    child.finish()
    expect(child.page.locator("#after .readers li")).to_have_count(2)


def test_nothing_of_the_letter_stays_on_the_page_once_it_has_arrived(child: Child) -> None:
    page = child.open().write("Осы сөз қалмасын").page
    child.send()
    assert page.locator("textarea[name=text]").input_value() == ""
    assert "Осы сөз қалмасын" not in page.content()


@pytest.mark.parametrize("language", HOMES)
def test_words_of_every_language_open_the_letter_on_the_page_of_any_other(child: Child, language: str) -> None:
    words = child.open(language).write("Бір хат").send()
    for other in ANSWERS:
        child.read(" ".join(words), other)
        opened(child, "Бір хат")


def test_words_open_in_any_case_with_any_separators_and_on_a_keyboard_without_the_letters(child: Child) -> None:
    words = child.open().write("Бір хат").send()
    typed = (" ".join(words).upper(), ", ".join(words), "\n".join(f"{n} {w}" for n, w in enumerate(words, 1)))
    for receipt in (*typed, " ".join(words).translate(KEYBOARD)):
        child.read(receipt)
        opened(child, "Бір хат")


def test_the_number_opens_the_letter_however_it_is_grouped(child: Child) -> None:
    page = child.open().write("Бір хат").page
    child.send()
    page.locator("#after .steps button").nth(1).click()
    digits = page.locator(".digits").inner_text()
    assert len(digits.replace(" ", "")) == 20
    for receipt in (digits, digits.replace(" ", ""), digits.replace(" ", "-")):
        child.read(receipt)
        opened(child, "Бір хат")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("алма алма", "2"),
        ("ззззз ыыыыы алма алма алма алма", "ззззз"),
        ("1234 5678", "8"),
        ("99999999999999999999", "Мұндай хат таппадық"),
        ("", ""),
    ],
)
def test_a_mistyped_receipt_is_answered_kindly_and_kept(child: Child, typed: str, said: str) -> None:
    child.read(typed)
    error = child.page.locator("#answer-error")
    expect(error).not_to_be_empty(timeout=OPENING_MS)
    expect(error).to_contain_text(said)
    assert child.page.locator("#words").input_value() == typed
    expect(child.page.locator("#words")).to_be_focused()


def test_words_that_nobody_has_are_not_found(child: Child) -> None:
    words = child.open().write("Бір хат").send()
    child.read(" ".join(reversed(words)))
    expect(child.page.locator("#answer-error")).to_contain_text("Мұндай хат таппадық", timeout=OPENING_MS)


def test_a_child_writes_on_and_sees_both_letters_and_what_happened(child: Child) -> None:
    page = child.page
    child.read(" ".join(child.open().write("Бірінші").send()))
    opened(child, "Бірінші")
    page.locator("#reply").fill("Екінші")
    page.locator("#after section .main").click()
    expect(child.thread).to_have_count(2, timeout=OPENING_MS)
    opened(child, "Бірінші")
    expect(child.thread.nth(1)).to_contain_text("Екінші")
    expect(page.locator("#after .events li")).to_have_count(2)
    assert "undefined" not in page.locator("#after").inner_text()


def test_a_further_letter_that_does_not_go_stays_and_goes_once(child: Child) -> None:
    page = child.page
    child.read(" ".join(child.open().write("Бірінші").send()))
    opened(child, "Бірінші")
    page.route("**/api/mailbox/messages", lambda route: route.abort(), times=1)
    page.locator("#reply").fill("Екінші")
    page.locator("#after section .main").click()
    expect(page.locator("#after section [role=status] .wrong")).to_be_visible()
    assert page.locator("#reply").input_value() == "Екінші"
    page.locator("#after section .main").click()
    expect(child.thread).to_have_count(2, timeout=OPENING_MS)


def test_a_child_erases_what_it_sent_and_takes_it_back(child: Child) -> None:
    page = child.page
    words = child.open().write("Өшірілсін").send()
    child.read(" ".join(words))
    opened(child, "Өшірілсін")
    page.locator("#after button", has_text="Жазғанымды өшір").click()
    page.locator("#after button", has_text="Иә, өшір").click()
    undo = page.locator("#after .card .main")
    expect(undo).to_be_visible(timeout=OPENING_MS)
    assert "Өшірілсін" not in page.locator("#after").inner_text()
    child.read(" ".join(words))
    expect(undo).to_be_visible(timeout=OPENING_MS)
    undo.click()
    opened(child, "Өшірілсін")
