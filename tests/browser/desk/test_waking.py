"""An officer sets where mail goes and who is on duty, in a tab beside the desk; a mail that fails is told at the desk."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk.child import REGION, send
from tests.browser.desk.conftest import watch
from tests.browser.desk.officer import complaints, enter, row
from tests.browser.house import House
from tests.integration.waking import mailman
from tests.integration.waking.mailman import Mailman

MAIL = "aigul@desk.example"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@dataclass
class MailedHouse(House):
    """An installation that knows a mail server."""

    man: Mailman = field(default_factory=Mailman)

    def environment(self) -> dict[str, str]:
        """What is known of the mail server is in the environment."""
        url = f"smtp://localhost:{self.man.port}"
        return super().environment() | {"BALAQORGAU_MAIL_URL": url, "BALAQORGAU_MAIL_FROM": mailman.SENDER}

    def sweep(self) -> str:
        """What the timer runs every minute."""
        known = self.environment() | {"BALAQORGAU_SETTINGS": str(self.folder / "balaqorgau.env")}
        command = [sys.executable, "-m", "balaqorgau", "sweep", "--only-waking"]
        done = subprocess.run(command, env=known, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def mailed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailedHouse]:
    """The example country with a mail server."""
    with mailman.at_work() as man:
        os.environ.pop("BALAQORGAU_MAIL_URL", None)
        built = MailedHouse(tmp_path_factory.mktemp("mailed") / "var", man=man)
        try:
            yield built.start()
        finally:
            built.stop()


@pytest.fixture
def desk(chromium: Browser, mailed: MailedHouse, faults: list[str]) -> Iterator[Page]:
    """An officer's tab at this installation."""
    context = chromium.new_context(base_url=mailed.url, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    watch(page, faults)
    yield page
    context.close()
    assert not faults


def settings_of(desk: Page) -> Page:
    """The tab that the bell opens."""
    with desk.context.expect_page() as opened:
        desk.locator("#waking-link").click()
    return opened.value


def test_an_officer_proves_an_address_and_goes_on_duty(desk: Page, mailed: MailedHouse, told: str) -> None:
    send(mailed, f"Мен {told}")
    enter(desk, mailed, REGION, language="en")
    row(desk, told)
    expect(desk.locator("[data-waking=no_address]")).to_be_visible()
    expect(desk.locator("[data-waking=own]")).to_be_hidden()
    page = settings_of(desk)
    page.locator("#waking-mail").fill(MAIL)
    page.locator("#waking-mail").press("Enter")
    assert "mails 1" in mailed.sweep()
    code = re.search(r"\b\d{8}\b", mailed.man.to(MAIL)[0].text)
    assert code
    page.locator("#waking-code").fill("12345678")
    page.locator("#waking-code").press("Enter")
    expect(page.locator("#waking-error")).to_be_visible()
    expect(page.locator("#waking-code")).to_be_focused()
    page.locator("#waking-code").fill(code[0])
    page.locator("#waking-code").press("Enter")
    expect(page.locator("#waking-address")).to_contain_text(MAIL)
    page.get_by_label("Only alarms").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Only alarms")).to_be_checked()
    page.get_by_role("button", name=re.compile("^Go on duty")).click()
    expect(page.locator(f"[data-duty='{REGION}']")).to_contain_text("On duty now: ")
    row(desk, told)  # The keys stayed where they were.
    desk.bring_to_front()
    desk.locator("#lock-button").click()
    enter(desk, mailed, REGION, language="en")
    expect(desk.locator("[data-waking]:visible")).to_have_count(0)


def test_a_failed_mail_is_told_at_the_desk(desk: Page, mailed: MailedHouse) -> None:
    mailed.man.says["RCPT"] = "550 no such person"
    enter(desk, mailed, "KZ-11", language="en")
    page = settings_of(desk)
    page.locator("#waking-mail").fill(MAIL)
    page.locator("#waking-mail").press("Enter")
    assert "undelivered 1" in mailed.sweep()
    page.goto("/desk/waking/")
    expect(page.locator("#waking-own")).to_contain_text("did not take your address")
    desk.reload()
    enter(desk, mailed, "KZ-11", language="en")
    expect(desk.locator("[data-waking=own]")).to_be_visible()
    mailed.man.says.clear()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_axe_finds_nothing_on_the_page_and_nothing_is_wider_than_a_phone(
    chromium: Browser, mailed: MailedHouse, language: str, colours: str
) -> None:
    phone = {"width": 320, "height": 640}
    context = chromium.new_context(base_url=mailed.url, viewport=phone, color_scheme=colours)  # type: ignore[arg-type]
    page = context.new_page()
    enter(page, mailed, "KZ-63", language=language)
    page.goto("/desk/waking/")
    found = [complaints(page), page.evaluate(TOO_WIDE)]
    page.locator("#waking-mail").fill("not@")
    page.locator("#waking-mail").evaluate("field => { field.form.noValidate = true; field.form.requestSubmit(); }")
    expect(page.locator("#waking-error")).to_be_visible()
    found += [complaints(page), page.evaluate(TOO_WIDE)]
    context.close()
    assert found == [[], False, [], False]
