"""From an empty real installation to a letter that is read: invitation, ceremony, rehearsal, signature, colleagues, sheets."""

from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.desk import child
from tests.browser.desk.conftest import watch
from tests.browser.desk.newcomer import Newcomer
from tests.browser.desk.officer import SLOW, read
from tests.browser.desk.real import RealHouse
from tests.browser.seizure import memory_of, traces
from tests.postgres import Cluster

OMBUDSMAN = "ombudsman"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster | None) -> Iterator[RealHouse]:
    """An installation in which nobody has a key yet."""
    built = RealHouse(tmp_path_factory.mktemp("real") / "var", database_of_its_own(cluster) if cluster else "")
    try:
        yield built.start()
    finally:
        built.stop()


def database_of_its_own(cluster: Cluster) -> str:
    """A new database beside the example country's."""
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE real")
    return f"{cluster.url.rpartition('/')[0]}/real"


class Wire:
    """Everything that left a browser: addresses, headers and bodies."""

    def __init__(self, page: Page) -> None:
        self.sent: list[bytes] = []
        page.on("request", self.note)

    def note(self, request: Request) -> None:
        """One request."""
        headers = "\n".join(f"{name}: {value}" for name, value in request.headers.items())
        self.sent.append(f"{request.url}\n{headers}\n".encode() + (request.post_data_buffer or b""))


@pytest.fixture
def people(chromium: Browser, real: RealHouse, faults: list[str]) -> Iterator[list[Newcomer]]:
    """Three people, each at a computer of their own."""
    contexts = [chromium.new_context(base_url=real.url, viewport={"width": 1280, "height": 800}) for _ in range(3)]
    pages: list[Page] = [context.new_page() for context in contexts]
    for page in pages:
        watch(page, faults)
    yield [Newcomer(page) for page in pages]
    for context in contexts:
        context.close()
    assert not faults


def listed(real: RealHouse) -> list[str]:
    """The desks that a child's phone finds."""
    return [desk["id"] for desk in child.published(real, child.REGION)[1]["desks"]]


def test_an_empty_installation_opens_its_desks_and_a_letter_is_read(
    real: RealHouse, people: list[Newcomer], told: str
) -> None:
    ombudsman, officer, _ = people
    wire = Wire(officer.page)
    ombudsman.take(real.invite(OMBUDSMAN, "Айгүл"))
    ombudsman.enter()
    ombudsman.begin_desk()
    assert len(ombudsman.sheets) == 3
    ombudsman.prove(*ombudsman.sheets[1:])
    ombudsman.stands("open")

    officer.take(real.invite(child.REGION, "Бекзат"))
    officer.enter()
    officer.begin_desk()
    officer.prove(ombudsman.sheets[0], ombudsman.sheets[1])
    expect(officer.page.locator("#sheet-error")).to_be_visible()
    officer.stands("none")
    officer.prove(officer.sheets[2], officer.sheets[0])
    officer.stands("proposed")
    expect(officer.page.locator("#bar-desks")).to_have_text("Абай облысы: балаларды қорғау бөлімі")
    real.operator("sweep", "--only-waking")
    assert listed(real) == [OMBUDSMAN]

    ombudsman.page.reload()
    ombudsman.enter()
    heard = officer.page.locator(".desk-card [data-slot=mark]").inner_text()
    assert len(heard.split()) == 6
    expect(ombudsman.page.locator("#keys-proposals [data-slot=words]")).to_have_text(heard)
    ombudsman.page.locator("#keys-proposals [data-slot=sign]").click()
    officer.stands("open")
    real.operator("sweep", "--only-waking")
    assert listed(real) == [child.REGION, OMBUDSMAN]

    child.send(real, told)
    officer.page.locator("#keys-back").click()
    expect(read(officer.page, told)).to_be_visible(timeout=SLOW)
    link = "".join(officer.link.partition("#")[2:])
    secrets = [officer.passphrase, *officer.sheets, link]
    assert not traces(b"\0".join(wire.sent), secrets)
    assert not [found for file in real.kept_files() for found in traces(file.read_bytes(), secrets)]
    assert not [found for piece in memory_of(*real.processes()) for found in traces(piece, secrets)]
    assert traces(b"\0".join(wire.sent), [officer.username])
