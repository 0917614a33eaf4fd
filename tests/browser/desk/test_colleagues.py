"""How a desk's key goes from one person to the next, and comes back when a passphrase is lost."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, Locator, Page, expect

from balaqorgau.accounts import wrapping
from tests.browser.desk.conftest import watch
from tests.browser.desk.newcomer import Newcomer
from tests.browser.desk.officer import SLOW, complaints, picture
from tests.browser.desk.real import RealHouse

DESK = "ombudsman"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 320, "height": 640}
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHouse]:
    """An installation in which nobody has a key yet."""
    built = RealHouse(tmp_path_factory.mktemp("real") / "var")
    try:
        yield built.start()
    finally:
        built.stop()


def person(chromium: Browser, real: RealHouse, faults: list[str], screen: dict[str, int] = DESKTOP) -> Newcomer:
    """Somebody at a computer of their own."""
    context = chromium.new_context(base_url=real.url, viewport=screen)  # type: ignore[arg-type]
    page = context.new_page()
    watch(page, faults)
    return Newcomer(page)


@pytest.fixture(scope="module")
def founder(chromium: Browser, real: RealHouse) -> Iterator[Newcomer]:
    """Who made the desk's key, still at work."""
    faults: list[str] = []
    found = person(chromium, real, faults)
    found.take(real.invite(DESK, "Айгүл"))
    found.enter()
    found.begin_desk()
    found.prove(*found.sheets[:2])
    found.stands("open")
    yield found
    found.page.context.close()
    assert not faults


@pytest.fixture
def newcomer(chromium: Browser, real: RealHouse, faults: list[str]) -> Iterator[Newcomer]:
    """Somebody who is about to be invited."""
    found = person(chromium, real, faults)
    yield found
    found.page.context.close()
    assert not faults


def member(page: Page, who: Newcomer) -> Locator:
    """The line of a colleague."""
    return page.locator(f"[data-member='{who.username}']")


def invite(founder: Newcomer, name: str) -> str:
    """A link, made in the console."""
    founder.page.locator("[data-slot=invite-name]").fill(name)
    founder.page.locator("[data-slot=invite] button").click()
    return taken_link(founder)


def taken_link(founder: Newcomer) -> str:
    """The link as it is handed over; it is hidden afterwards."""
    expect(founder.page.locator("#keys-link-part")).to_be_visible(timeout=SLOW)
    link = founder.page.locator("#keys-link").input_value()
    founder.page.locator("#keys-link-done").click()
    expect(founder.page.locator("#keys-link")).to_have_value("")
    return link


def joined(founder: Newcomer, newcomer: Newcomer, name: str) -> None:
    """They take the link, sign in, and wait for the key."""
    newcomer.take(invite(founder, name))
    newcomer.enter()
    newcomer.stands("waiting")


def compared(founder: Newcomer, newcomer: Newcomer) -> tuple[str, str]:
    """The words that both see while they are on the telephone."""
    words = member(founder.page, newcomer).locator("[data-slot=words]")
    expect(words).to_be_visible(timeout=SLOW)
    return words.inner_text(), newcomer.page.locator("#keys-own").inner_text()


def give(founder: Newcomer, newcomer: Newcomer) -> None:
    """The words match."""
    member(founder.page, newcomer).locator("[data-slot=give]").click()
    newcomer.stands("open")


def test_a_colleague_is_invited_compares_words_and_gets_the_key(founder: Newcomer, newcomer: Newcomer) -> None:
    joined(founder, newcomer, "Бекзат")
    expect(newcomer.page.locator("#keys-back")).to_be_hidden()
    seen, said = compared(founder, newcomer)
    assert seen == said
    assert len(said.split()) == 6
    give(founder, newcomer)
    newcomer.page.locator("#keys-back").click()
    expect(newcomer.page.locator("#inbox")).to_be_visible()


def swap(real: RealHouse, username: str) -> None:
    """Whoever runs the server puts another public key in a person's place."""
    with sqlite3.connect(Path(real.folder) / "balaqorgau.sqlite3") as database:
        other = wrapping.recipient_of(wrapping.new_identity())
        database.execute("update accounts_officer set recipient = ? where username = ?", (other, username))


def test_a_key_that_the_server_swapped_has_other_words(real: RealHouse, founder: Newcomer, newcomer: Newcomer) -> None:
    joined(founder, newcomer, "Дана")
    honest, said = compared(founder, newcomer)
    swap(real, newcomer.username)
    words = member(founder.page, newcomer).locator("[data-slot=words]")
    expect(words).not_to_have_text(honest, timeout=SLOW)
    assert newcomer.page.locator("#keys-own").inner_text() == said


def test_a_lost_passphrase_is_replaced_by_a_colleague_and_the_old_tab_ends(
    chromium: Browser, real: RealHouse, founder: Newcomer, newcomer: Newcomer, faults: list[str]
) -> None:
    joined(founder, newcomer, "Ерлан")
    give(founder, newcomer)
    founder.page.reload()
    founder.enter()
    member(founder.page, newcomer).locator("[data-slot=again]").click()
    again = person(chromium, real, faults, PHONE)
    again.take(taken_link(founder))
    assert again.username == newcomer.username
    again.enter()
    again.stands("waiting")
    expect(newcomer.page.locator("#gate")).to_be_visible(timeout=SLOW)
    seen, said = compared(founder, again)
    assert seen == said
    give(founder, again)
    again.page.context.close()


def test_without_a_colleague_sheets_bring_the_key_back_typed_or_photographed(
    real: RealHouse, founder: Newcomer, newcomer: Newcomer, tmp_path: Path
) -> None:
    photo = tmp_path / "sheet.png"
    joined(founder, newcomer, "Жанар")
    newcomer.page.locator("[data-slot=recover]").click()
    assert complaints(newcomer.page) == []
    newcomer.type_sheet(founder.sheets[2])
    draw(founder.sheets[1], photo)
    newcomer.page.locator("#sheet-picture").set_input_files(photo)
    newcomer.stands("open")


def test_a_picture_without_a_symbol_is_said_and_nothing_is_lost(
    founder: Newcomer, newcomer: Newcomer, tmp_path: Path
) -> None:
    joined(founder, newcomer, "Серік")
    newcomer.page.locator("[data-slot=recover]").click()
    newcomer.page.locator("#sheet-picture").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    expect(newcomer.page.locator("#sheet-error")).to_be_visible(timeout=SLOW)
    newcomer.type_sheet(founder.sheets[0])
    newcomer.type_sheet(founder.sheets[0])
    expect(newcomer.page.locator("#sheet-error")).to_be_visible()
    newcomer.type_sheet(founder.sheets[1])
    newcomer.stands("open")


def draw(words: str, file: Path) -> None:
    """A photo of a sheet's QR symbol."""
    segno.make(words, error="m").save(str(file), scale=6, border=4)


def test_after_a_removal_the_others_and_the_sheets_have_the_next_key(
    chromium: Browser, real: RealHouse, founder: Newcomer, newcomer: Newcomer, faults: list[str]
) -> None:
    leaver, third = (person(chromium, real, faults) for _ in range(2))
    for who, name in ((newcomer, "Сәуле"), (leaver, "Марат")):
        joined(founder, who, name)
        give(founder, who)
    member(founder.page, leaver).locator("[data-slot=remove]").click()
    member(founder.page, leaver).locator("[data-slot=remove-now]").click()
    expect(founder.page.locator("#renewal")).to_have_attribute("data-state", "done", timeout=SLOW)
    expect(leaver.page.locator("#gate")).to_be_visible(timeout=SLOW)
    expect(member(newcomer.page, newcomer).locator(".badge.is-good")).to_be_visible(timeout=SLOW)
    expect(member(founder.page, newcomer).locator("[data-slot=give]")).to_be_hidden()
    assert complaints(founder.page) == []
    third.take(real.operator("officers", "invite", "--desk", DESK, "--name", "Бота").splitlines()[-1])
    third.enter()
    third.page.locator("[data-slot=recover]").click()
    third.type_sheet(founder.sheets[0])
    third.type_sheet(founder.sheets[2])
    third.stands("open")
    for who in (leaver, third):
        who.page.context.close()


@dataclass
class Examiner(Newcomer):
    """Lets axe look at every screen, and measures whether it is wider than the phone."""

    found: dict[str, list[str]] = field(default_factory=dict)

    def look(self, screen: str) -> None:
        """What is wrong with the screen as it is now."""
        self.found[screen] = complaints(self.page) + ["too wide"] * self.page.evaluate(TOO_WIDE)


@pytest.mark.parametrize(
    ("language", "desk", "colours"), [("kk", "KZ-11", "dark"), ("ru", "KZ-15", "light"), ("en", "KZ-19", "dark")]
)
def test_axe_finds_nothing_on_any_screen_of_keys(
    chromium: Browser, real: RealHouse, founder: Newcomer, language: str, desk: str, colours: str
) -> None:
    context = chromium.new_context(base_url=real.url, viewport=PHONE, color_scheme=colours)  # type: ignore[arg-type]
    examiner = Examiner(context.new_page())
    examiner.take(real.invite(desk, "Арман", language=language))
    examiner.enter(language)
    examiner.begin_desk()
    examiner.prove("a b", *examiner.sheets[:2])
    examiner.stands("proposed")
    examiner.look("proposed")
    context.close()
    assert not {screen: found for screen, found in examiner.found.items() if found}
    assert len(examiner.found) == 10


def test_axe_finds_nothing_on_the_screen_of_those_who_have_the_key(founder: Newcomer, newcomer: Newcomer) -> None:
    joined(founder, newcomer, "Айдос")
    compared(founder, newcomer)
    assert complaints(founder.page) == []
    assert complaints(newcomer.page) == []
