"""A week of a region's desk and of the Ombudsman's, in real browsers, from the first invitation on.

Nothing is done but by the console: three officers of the region answer, pass on and set aside what children send that day, mostly
by keyboard, and two of the Ombudsman's read those who said that they are not safe. In between the desks live: on the third day
somebody lost a passphrase, on the fourth somebody is removed while appeals are open, on the fifth sheets bring the key back.
`waiting` is how many appeals nobody acted on, `faults` what scripts complained about, `act_s` the seconds from opening an appeal
until the act is done, the middle one.
"""

import json
import os
import secrets
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

from playwright.sync_api import Playwright, expect, sync_playwright
from tests.browser.conftest import FLAGS
from tests.browser.desk import child
from tests.browser.desk.newcomer import Newcomer
from tests.browser.desk.officer import pass_on, read
from tests.browser.desk.real import RealHouse

DAYS: Final = 7
A_DAY: Final = 300
REGION, OMBUDSMAN, COMMITTEE = child.REGION, "ombudsman", "committee"
SLOW: Final = 180_000
ACTS: Final = ("answered", "answered", "answered", "answered", "answered", "passed", "answered", "aside")
"""What is done with one appeal after the other."""


@dataclass
class Person:
    """Somebody with a browser of their own, which lives in a thread of its own."""

    house: RealHouse
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    faults: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def sit_down(self) -> "Person":
        """Open the browser."""
        self.do(self.open)
        return self

    def open(self) -> None:
        """In the thread."""
        self.playwright: Playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=os.environ["TEST_CHROMIUM"], args=FLAGS)
        self.renew()

    def renew(self) -> None:
        """A computer that nobody used before."""
        page = self.browser.new_context(base_url=self.house.url, viewport={"width": 1280, "height": 800}).new_page()
        page.set_default_timeout(SLOW)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.who = Newcomer(page)

    def do(self, what: Callable[..., Any], *more: Any) -> Any:
        """Have it done in the thread, and wait."""
        return self.begin(what, *more).result()

    def begin(self, what: Callable[..., Any], *more: Any) -> "Future[Any]":
        """Have it done in the thread."""
        return self.thread.submit(what, *more)

    def stand_up(self) -> None:
        """Close the browser."""
        self.do(self.browser.close)
        self.do(self.playwright.stop)
        self.thread.shutdown()

    # What follows runs in the person's thread.

    def join(self, link: str) -> str:
        """Take an invitation, sign in, see the keys; the words to compare, "" for the first of a desk."""
        self.who.take(link)
        self.who.enter()
        own = self.who.page.locator("#keys-own")
        return own.inner_text() if own.is_visible() else ""

    def found(self, state: str) -> None:
        """Make the desk's key and prove two sheets."""
        self.who.begin_desk()
        self.who.prove(*self.who.sheets[:2])
        self.who.stands(state)

    def again(self) -> None:
        """Sign in anew."""
        self.who.page.reload()
        self.who.enter()

    def sign(self) -> None:
        """Sign every desk's key that waits for the Ombudsman."""
        self.again()
        button = self.who.page.locator("#keys-proposals [data-slot=sign]").first
        expect(button).to_be_visible()
        while button.is_visible():
            button.click()
            self.who.page.wait_for_timeout(1500)

    def member(self, username: str) -> Any:
        """The line of a colleague."""
        return self.who.page.locator(f"[data-member='{username}']")

    def invite(self, name: str) -> str:
        """A link for a new colleague."""
        self.who.page.locator("[data-slot=invite-name]").fill(name)
        self.who.page.locator("[data-slot=invite] button").click()
        return self.link()

    def invite_again(self, username: str) -> str:
        """A link for a colleague who lost the passphrase."""
        self.again()
        self.member(username).locator("[data-slot=again]").click()
        return self.link()

    def link(self) -> str:
        """As it is handed over."""
        field = self.who.page.locator("#keys-link")
        expect(field).to_be_visible()
        link = field.input_value()
        self.who.page.locator("#keys-link-done").click()
        return link

    def give(self, username: str, words: str) -> None:
        """Give the key when the words on the telephone are those on the screen."""
        line = self.member(username)
        expect(line.locator("[data-slot=words]")).to_have_text(words, timeout=SLOW)
        line.locator("[data-slot=give]").click()
        expect(line.locator("[data-slot=give]")).to_be_hidden(timeout=SLOW)

    def remove(self, username: str) -> None:
        """End a colleague's access; open appeals get the next key."""
        self.again()
        self.member(username).locator("[data-slot=remove]").click()
        self.member(username).locator("[data-slot=remove-now]").click()
        expect(self.who.page.locator("#renewal")).to_have_attribute("data-state", "done", timeout=10 * SLOW)
        if self.who.page.locator("#history-close").is_visible():
            self.who.page.locator("#history-close").click()

    def recover(self, *sheets: str) -> None:
        """Have the key from sheets."""
        self.who.page.locator("[data-slot=recover]").click()
        for sheet in sheets:
            self.who.type_sheet(sheet)
        self.who.stands("open")

    def to_work(self) -> None:
        """From the keys to the list, by a fresh start as every morning."""
        self.again()
        self.who.page.locator("#keys-back").click()
        expect(self.who.page.locator("#inbox")).to_be_visible()

    def work(self, share: str) -> None:
        """Act on every waiting appeal of this officer's share."""
        self.to_work()
        page = self.who.page
        mine = page.locator("#rows .row", has_text=share)
        page.keyboard.press("g")
        page.keyboard.press("w")
        while self.more_of(share):
            began = time.perf_counter()
            mine.first.focus()
            page.keyboard.press("Enter")
            expect(page.locator("#messages .message-text").first).to_contain_text(share)
            self.act(ACTS[sum(self.done.values()) % len(ACTS)])
            self.seconds.append(time.perf_counter() - began)
            page.keyboard.press("Escape")
            expect(page.locator("#inbox")).to_be_visible()

    def more_of(self, share: str) -> bool:
        """Whether a line of the share is there, further down perhaps, or still being opened."""
        page = self.who.page
        mine, sealed = page.locator("#rows .row", has_text=share), page.locator("#rows .row.is-sealed")
        more = page.locator("#rows-more")
        until = time.monotonic() + SLOW / 1000
        while not mine.count():
            if more.is_visible():
                more.click()
            elif not sealed.count() and page.locator("#inbox-status").inner_text():
                return False
            if time.monotonic() > until:
                raise RuntimeError(f"rows stay sealed: {page.locator('#inbox-status').inner_text()}")
            page.wait_for_timeout(100)
        return True

    def act(self, what: str) -> None:
        """One of the acts."""
        {"answered": self.answer, "passed": self.pass_on, "aside": self.set_aside}[what]()
        self.done[what] += 1

    def answer(self) -> None:
        """By keyboard."""
        page = self.who.page
        before = page.locator("#messages .message").count()
        page.keyboard.press("e")
        expect(page.locator("#answer-text")).to_be_focused()
        page.keyboard.insert_text("Хатыңды оқыдық. Жазғаның дұрыс болды. Біз осындамыз.")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#messages .message")).to_have_count(before + 1, timeout=SLOW)
        page.locator("#thread-title").focus()

    def pass_on(self) -> None:
        """To the committee, and the child is told."""
        pass_on(self.who.page, COMMITTEE)
        self.who.page.locator("#thread-title").focus()
        self.answer()

    def set_aside(self) -> None:
        """By keyboard."""
        page = self.who.page
        page.keyboard.press("a")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.locator("#aside-dialog")).to_be_hidden(timeout=SLOW)
        page.locator("#thread-title").focus()

    def oversee(self, letters: list[str]) -> None:
        """Read what children wrote who are not safe."""
        self.to_work()
        for letter in letters:
            read(self.who.page, letter)
            self.done["overseen"] += 1
            self.who.page.locator("#back-button").click()


def admit(host: Person, guest: Person, name: str) -> None:
    """Invite, compare, give."""
    words = guest.do(guest.join, host.do(host.invite, name))
    host.do(host.give, guest.who.username, words)
    guest.do(guest.who.stands, "open")


def open_desks(house: RealHouse) -> tuple[list[Person], list[Person], list[Person]]:
    """The first morning: keys, signatures, colleagues; the region's, the Ombudsman's, everybody."""
    everybody = [Person(house).sit_down() for _ in range(6)]
    first, second, third, guardian, deputy, minister = everybody
    guardian.do(guardian.join, house.invite(OMBUDSMAN, "Айгүл"))
    guardian.do(guardian.found, "open")
    for person, desk, name in ((first, REGION, "Бекзат"), (minister, COMMITTEE, "Дана")):
        person.do(person.join, house.invite(desk, name))
        person.do(person.found, "proposed")
    guardian.do(guardian.sign)
    for person in (first, minister):
        person.do(person.who.stands, "open")
    admit(first, second, "Ерлан")
    admit(first, third, "Жанар")
    admit(guardian, deputy, "Серік")
    house.operator("sweep", "--only-waking")
    return [first, second, third], [guardian, deputy], everybody


def lose_a_passphrase(_: RealHouse, region: list[Person]) -> None:
    """The second officer cannot remember it; the first invites anew."""
    first, second, _ = region
    link = first.do(first.invite_again, second.who.username)
    second.do(second.renew)
    words = second.do(second.join, link)
    first.do(first.give, second.who.username, words)
    second.do(second.who.stands, "open")


def replace_somebody(house: RealHouse, region: list[Person]) -> None:
    """The third officer goes, somebody new comes."""
    first, _, third = region
    first.do(first.remove, third.who.username)
    house.operator("sweep", "--only-waking")
    third.do(third.renew)
    admit(first, third, "Марат")


def use_the_sheets(house: RealHouse, region: list[Person]) -> None:
    """The third officer's computer is gone and no colleague is in: the operator invites, two sheets bring the key."""
    first, _, third = region
    third.do(third.renew)
    third.do(third.join, house.invite(REGION, "Сәуле"))
    third.do(third.recover, *first.who.sheets[1:])


def send_a_day(house: RealHouse, day: int, appeals: int) -> list[str]:
    """What children write; those who are not safe."""
    unsafe = []
    for number in range(appeals):
        word = f"хат-{day}-{number}-{secrets.token_hex(3)} бөлік-{number % 3}."
        danger = number % 29 == 0
        child.send(house, f"Мектепте мені күнде ренжітеді. {word}", safe="no" if danger else "yes", reasons=["r01"])
        if danger:
            unsafe.append(word)
    return unsafe


EVENTS: Final[dict[int, Callable[[RealHouse, list[Person]], None]]] = {
    3: lose_a_passphrase,
    4: replace_somebody,
    5: use_the_sheets,
}


def live_a_day(house: RealHouse, day: int, appeals: int, region: list[Person], guardians: list[Person]) -> None:
    """Children write, what happens that day happens, everybody works."""
    unsafe = send_a_day(house, day, appeals)
    if day in EVENTS:
        EVENTS[day](house, region)
    shares = [person.begin(person.work, f"бөлік-{number}.") for number, person in enumerate(region)]
    shares += [person.begin(person.oversee, unsafe[turn::2]) for turn, person in enumerate(guardians)]
    for share in shares:
        share.result()


def in_the_database(house: RealHouse) -> dict[str, int]:
    """What the server counts."""
    with sqlite3.connect(house.folder / "balaqorgau.sqlite3") as database:
        return dict(database.execute("select kind, count(*) from appeals_event group by kind").fetchall())


def measure(days: int, appeals: int) -> dict[str, Any]:
    """The whole week."""
    with tempfile.TemporaryDirectory() as folder:
        house = RealHouse(Path(folder) / "var").start()
        began = time.perf_counter()
        try:
            region, guardians, everybody = open_desks(house)
            for day in range(1, days + 1):
                live_a_day(house, day, appeals, region, guardians)
                print(f"day {day}: {dict(sum((one.done for one in everybody), Counter()))}", flush=True)
            done = sum((person.done for person in everybody), Counter[str]())
            for person in everybody:
                person.stand_up()
            acted = sum(done[what] for what in set(ACTS))
            return {
                "appeals": days * appeals,
                **done,
                "waiting": days * appeals - acted,
                "faults": [fault for person in everybody for fault in person.faults],
                "act_s": round(median(second for person in region for second in person.seconds), 2),
                "minutes": round((time.perf_counter() - began) / 60, 1),
                "events": in_the_database(house),
            }
        finally:
            house.stop()


if __name__ == "__main__":
    chosen = [int(word) for word in sys.argv[1:3]]
    print(json.dumps(measure(*(chosen + [DAYS, A_DAY][len(chosen) :])), ensure_ascii=False))
