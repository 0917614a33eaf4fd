"""Walking through the child's page the way a child does, step by step."""

from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Locator, Page, Request, expect

Scheme = Literal["light", "dark"]
STEPS = ("start", "where", "what", "tell", "about", "safe", "you", "send")
HOMES = {"kk": "/", "ru": "/ru/", "en": "/en/"}
ANSWERS = {"kk": "/answer/", "ru": "/ru/answer/", "en": "/en/answer/"}
REGION = "KZ-10"
SEALING_MS = 60_000


@dataclass
class Child:
    """A child at a page; what the browser complains about is collected in `faults`, every request in `asked` and `headers`."""

    page: Page
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(15_000)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)
        self.headers.append(request.headers)

    def open(self, language: str = "kk", fragment: str = "") -> "Child":
        """The page of a language, usable, with everything that loads later in place."""
        self.page.goto(HOMES[language] + fragment)
        return self.ready()

    def ready(self) -> "Child":
        """Waits for what loads later."""
        expect(self.page.locator("#easy")).to_be_visible(timeout=SEALING_MS)
        expect(self.page.locator("#attach button").first).to_be_attached()
        return self

    @property
    def step(self) -> str:
        """The step that is shown."""
        return str(self.page.evaluate("document.querySelector('form > section:not([hidden])').id"))

    def forward(self) -> None:
        """The big button at the bottom."""
        self.page.locator("#next").click()

    def go_to(self, step: str) -> "Child":
        """From the step that is shown forwards to another; the region is chosen on the way."""
        while self.step != step:
            if self.step == "where" and not self.page.locator("#region").input_value():
                self.page.locator("#region").select_option(REGION)
            self.forward()
        return self

    def write(self, text: str) -> "Child":
        """Types the letter; leaves the step of the letter on the page."""
        self.go_to("tell")
        self.page.locator("textarea[name=text]").fill(text)
        return self

    def choose(self, value: str) -> "Child":
        """Marks a choice of the step that is shown."""
        self.page.locator(f'form > section:not([hidden]) input[value="{value}"]').check(force=True)
        return self

    def send(self) -> list[str]:
        """From wherever the form is to the six words."""
        self.go_to("send")
        self.forward()
        return self.words()

    def words(self) -> list[str]:
        """The six words, once they are there."""
        words = self.page.locator(".receipt ol li")
        expect(words).to_have_count(6, timeout=SEALING_MS)
        return words.all_text_contents()

    def finish(self) -> "Child":
        """From the receipt to what happens next, skipping the repetition."""
        self.page.locator("#after .steps button").first.click()
        self.page.locator("#after .steps button").last.click()
        expect(self.page.locator("#after .next")).to_be_visible()
        return self

    def read(self, receipt: str, language: str = "kk") -> "Child":
        """Opens the mailbox."""
        self.page.goto(ANSWERS[language])
        expect(self.page.locator("#easy")).to_be_visible(timeout=SEALING_MS)
        return self.unlock(receipt)

    def unlock(self, receipt: str) -> "Child":
        """Types a receipt and opens it."""
        self.page.locator("#words").fill(receipt)
        self.page.locator("#next").click()
        return self

    @property
    def thread(self) -> Locator:
        """The letters of the mailbox."""
        return self.page.locator("#after .letters > li")
