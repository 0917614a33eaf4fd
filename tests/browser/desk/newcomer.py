"""Somebody who was invited: takes the link, writes words down, makes a desk's key, reads words out on the telephone."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.browser.desk.officer import SLOW, authenticator, try_to_enter


@dataclass
class Newcomer:
    """A person with a browser, a sheet of paper and a telephone."""

    page: Page
    username: str = ""
    passphrase: str = ""
    link: str = ""
    sheets: list[str] = field(default_factory=list)

    def take(self, link: str) -> None:
        """Open the link, write the words down, type them back."""
        self.link = link
        self.page.goto(link)
        expect(self.page.locator("#join-begin")).to_be_visible(timeout=SLOW)
        self.look("welcome")
        self.page.locator("#join-begin").click()
        self.username = self.page.locator("#join-welcome-step [data-username]").text_content() or ""
        self.passphrase = " ".join(self.page.locator("#join-list li").all_inner_texts())
        self.look("words")
        self.page.locator("#join-written").click()
        self.page.locator("#join-repeat").fill(self.passphrase)
        self.look("repeat")
        self.page.locator("#join-submit").click()
        expect(self.page.locator("#join-done-step")).to_be_visible(timeout=SLOW)
        self.look("done")

    def look(self, screen: str) -> None:
        """Called at every screen; somebody who examines screens does something here."""

    def enter(self, language: str = "") -> None:
        """Open the desk with the words."""
        self.page.goto(f"/desk/in/{language}/" if language else "/desk/")
        try_to_enter(self.page, self.username, self.passphrase)
        self.second_step()
        expect(self.page.locator("#gate")).to_be_hidden(timeout=SLOW)
        if not self.page.url.endswith("#keys"):
            self.page.locator("#keys-page").click()
        expect(self.page.locator(".desk-card").first).to_be_visible(timeout=SLOW)

    def second_step(self) -> None:
        """Add a passkey the first time, touch it each time after."""
        asked = self.page.locator("#add-dialog[open], #second-passkey:visible")
        expect(asked).to_be_visible(timeout=SLOW)
        if self.page.locator("#second-passkey").is_visible():
            self.page.locator("#second-passkey").click()
            return
        authenticator(self.page)
        self.look("second step")
        self.page.locator("#add-label").fill("Laptop")
        self.page.locator("#add-submit").click()
        expect(self.page.locator("#add-dialog")).to_be_hidden(timeout=SLOW)

    def begin_desk(self) -> None:
        """Have the sheets made, and copy their words by hand."""
        self.look("keys")
        self.page.locator(".desk-card [data-slot=begin]").click()
        self.look("choose")
        self.page.locator("#ceremony-begin").click()
        self.page.locator("#ceremony details summary").click()
        self.look("print")
        drawn = self.page.locator("#ceremony-sheets .sheet")
        self.sheets = [" ".join(sheet.locator("li").all_inner_texts()[:16]) for sheet in drawn.all()]

    def prove(self, *sheets: str) -> None:
        """Type sheets back."""
        if self.page.locator("#ceremony-printed").is_visible():
            self.page.locator("#ceremony-printed").click()
            self.look("rehearse")
        for sheet in sheets:
            self.type_sheet(sheet)

    def type_sheet(self, words: str) -> None:
        """One of them."""
        self.page.locator("#sheet-words").fill(words)
        self.page.locator("#sheet-submit").click()

    def stands(self, state: str) -> None:
        """Wait until the desk's card says so."""
        expect(self.page.locator(".desk-card")).to_have_attribute("data-state", state, timeout=SLOW)
