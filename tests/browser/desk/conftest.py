"""An officer's browser tab that notices everything that goes wrong in it."""

import secrets
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

EXPECTED = (
    "401 (Unauthorized)",
    "409 (Conflict)",
    "422 (Unprocessable Entity)",
    "429 (Too Many Requests)",
    "ERR_INTERNET_DISCONNECTED",
)


@pytest.fixture
def faults() -> list[str]:
    """Errors that scripts and policies reported; the test fails when there are any at its end."""
    return []


@pytest.fixture
def page(office: BrowserContext, faults: list[str]) -> Iterator[Page]:
    """A tab in a fresh profile."""
    page = office.new_page()
    watch(page, faults)
    yield page
    assert not faults


def watch(page: Page, faults: list[str]) -> None:
    """Collect what a tab complains about."""
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(f"a dialog said {dialog.message}"))
    page.on("console", lambda said: faults.append(said.text) if is_fault(said) else None)


def is_fault(said: ConsoleMessage) -> bool:
    """Whether a line of the console is an error that no story provokes."""
    return said.type == "error" and not any(expected in said.text for expected in EXPECTED)


@pytest.fixture
def told() -> str:
    """A word that only this story's child writes."""
    return f"қарлығаш{secrets.randbelow(10**9)}"
