"""A real Chromium and a real installation for the journeys."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.house import House
from tests.postgres import Cluster

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
SMALL_PHONE = {"width": 360, "height": 640}


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster | None]:
    """A PostgreSQL cluster as a real installation has it; None for SQLite."""
    if os.environ.get("TEST_DATABASE") != "postgresql":
        yield None
        return
    cluster = Cluster(os.environ["TEST_POSTGRES"], durable=True)
    cluster.create()
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster | None) -> Iterator[House]:
    """The example country, served."""
    built = House(tmp_path_factory.mktemp("house") / "var", cluster.url if cluster else "")
    if cluster and cluster.process:
        built.more_folders, built.more_processes = (cluster.folder,), (cluster.process.pid,)
    try:
        yield built.start()
    finally:
        built.stop()


def engine() -> str:
    """Where the browser is: for the many stories on SQLite without windows if there is one, for PostgreSQL's journey whole."""
    whole = os.environ.get("TEST_CHROMIUM", "/usr/bin/chromium")
    return whole if os.environ.get("TEST_DATABASE") == "postgresql" else os.environ.get("TEST_SHELL", whole)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The installed Chromium with an empty profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=engine(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(chromium: Browser, house: House) -> Iterator[BrowserContext]:
    """A cheap phone with a fresh profile."""
    context = chromium.new_context(
        base_url=house.url, viewport=SMALL_PHONE, has_touch=True, is_mobile=True, permissions=["microphone"]
    )
    yield context
    context.close()


@pytest.fixture
def office(chromium: Browser, house: House) -> Iterator[BrowserContext]:
    """An officer's computer with a fresh profile."""
    context = chromium.new_context(base_url=house.url, viewport={"width": 1280, "height": 800})
    yield context
    context.close()
