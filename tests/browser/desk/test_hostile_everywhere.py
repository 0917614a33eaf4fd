"""Every field that an officer sees, each with SQL, markup, turned writing and a very long word in it: all of it is text."""

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk.child import REGION, send
from tests.browser.desk.conftest import watch
from tests.browser.desk.officer import SLOW, answer, enter, read, row
from tests.browser.house import House
from tests.browser.rows import database_of

PACK: Final = Path(__file__).parents[3] / "packs" / "kz"
SQL: Final = "'; DROP TABLE appeals_thread; -- \" OR ''='"
MARKUP: Final = (
    "<img src=x onerror=window.taken=1><script>window.taken=1</script><svg onload=window.taken=1></svg>"
    "<a href='javascript:window.taken=1'>press</a><style>*{display:none}</style><base href=//evil.example>"
)
TURNED: Final = "\u202eexe.gpj\u2066"
ALIVE: Final = "#{0} :is(script, img, style, iframe, object, embed, base, a[href^='javascript']), #{0} svg:not(.icon)"
CHILD_ALIVE: Final = "body :is(img, style, iframe, object, embed, base, a[href^='javascript'], svg[onload])"
WIDTHS: Final = (1280, 360)
TOO_WIDE: Final = """[...document.querySelectorAll(':root, #main, .office-page, dialog[open], .choices, .about')]
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.id || e.className || e.tagName)"""


def hostile(name: str, *, turned: str = TURNED, long: int = 400) -> str:
    """A text with everything in it; `name` tells the fields apart."""
    return f"{name}0 {SQL} {MARKUP} {turned}{'W' * long}"


def cell(name: str) -> str:
    """What a name in a list or a pack may hold of it: nothing invisible, no more than 200 letters."""
    return f"{name}0 {SQL} <img src=x onerror=window.taken=1><script>window.taken=1</script>" + "W" * 60


@dataclass
class HostileHouse(House):
    """The example country with a pack, schools and officers that are named by somebody who means harm."""

    pack: Path = Path()

    def environment(self) -> dict[str, str]:
        """The pack is another one."""
        return super().environment() | {"BALAQORGAU_PACK": str(self.pack)}

    def command(self, *words: str | Path) -> None:
        """What an operator types."""
        known = self.environment() | {"BALAQORGAU_SETTINGS": str(self.folder / "balaqorgau.env")}
        done = subprocess.run(
            [sys.executable, "-m", "balaqorgau", *words], env=known, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def spoil_pack(folder: Path) -> Path:
    """The country with a hostile region, and with hostile words for what a child may choose."""
    shutil.copytree(PACK, folder)
    replace(folder / "territories.yaml", '"Abai Region"', cell("Place"))
    replace(folder / "texts" / "en" / "console.yaml", '"National committee"', cell("Desk"))
    return folder


def replace(file: Path, old: str, new: str) -> None:
    """One quoted text of a YAML file for another."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    quoted = new.replace("\\", "\\\\").replace('"', '\\"')
    file.write_text(text.replace(old, f'"{quoted}"'), encoding="utf-8")


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileHouse]:
    """The house, served; a school is imported as an operator imports it, officers are renamed in the database."""
    folder = tmp_path_factory.mktemp("hostile")
    house = HostileHouse(folder / "var", pack=spoil_pack(folder / "pack"))
    try:
        house.start()
        house.command("schools", "import", school_list(folder / "schools.csv"))
        with database_of(house) as database:
            database.execute("UPDATE accounts_officer SET display_name = ?", [hostile("officer", long=200)])
        yield house
    finally:
        house.stop()


def school_list(file: Path) -> Path:
    """A list with one school."""
    with file.open("w", encoding="utf-8", newline="") as out:
        names = ["name_kk", "name_ru", "name_en"]
        csv.writer(out).writerows(
            [["number", "region", "district", *names], ["77'; DROP", REGION, "", *[cell("school")] * 3]]
        )
    return file


def code_of(house: House) -> str:
    """The code of the school that was imported."""
    with database_of(house) as database:
        found = "SELECT code FROM places_schoolcode c JOIN places_school s ON s.id = c.school_id WHERE s.number = ?"
        return str(database.execute(found, ["77'; DROP"]).fetchone()[0])


def counted(house: House) -> dict[str, int]:
    """How many rows each table has."""
    with database_of(house) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


@pytest.fixture(params=WIDTHS)
def desk(request: Any, chromium: Browser, spoilt: HostileHouse, faults: list[str]) -> Iterator[Page]:
    """An officer's tab, wide and narrow."""
    size = {"width": request.param, "height": 800}
    context = chromium.new_context(base_url=spoilt.url, viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    watch(page, faults)
    yield page
    context.close()
    assert not faults


def check_text(page: Page, root: str, **fields: str) -> None:
    """Each field shows its text as it is written; nothing of it lives, nothing is wider than the page."""
    for selector, name in fields.items():
        place = page.locator(f"#{selector.replace('__', '-')}")
        expect(place).to_contain_text(f"{name}0 {SQL}")
        expect(place).to_contain_text("<script>window.taken=1</script>")
    assert page.locator(ALIVE.format(root)).count() == 0
    assert page.evaluate("window.taken") is None
    assert page.title() in ("Balaqorgau", page.title())
    assert not page.evaluate(TOO_WIDE), f"wider than the page: {wide(page)}"


def wide(page: Page) -> Any:
    """What sticks out."""
    return page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".slice(0, 8).map(e => e.outerHTML.slice(0, 80))"
    )


def everything(house: House, told: str) -> dict[str, Any]:
    """An appeal that is hostile in each of its fields; the school is the one that was imported."""
    coded = {name: hostile(name) for name in ("age", "who", "language")}
    lists = {"reasons": [hostile("reason")], "about": [hostile("whom")]}
    return {"text": f"{told} {hostile('text')}", "school": f"{REGION}.{code_of(house)}", **coded, **lists}


def test_every_field_of_an_appeal_is_text(desk: Page, spoilt: HostileHouse, told: str) -> None:
    said = everything(spoilt, told)
    send(spoilt, files=[("file", hostile("type"), b"x")], names=[hostile("file")], **said)
    before = counted(spoilt)
    enter(desk, spoilt, REGION, language="en")
    row(desk, told)
    check_text(desk, "desk", bar__name="officer", bar__desks="Place", rows="reason")
    first = read(desk, told)
    assert first.locator(".message-text").inner_text() == said["text"]
    expect(desk.locator("#trail")).to_contain_text("opened it")
    expect(desk.locator("#facts")).to_contain_text("school0")
    for name in ("reason", "whom", "age", "who", "language", "school"):
        check_text(desk, "desk", facts=name)
    check_text(desk, "desk", thread__title="reason", holders="Place", trail="officer")
    expect(desk.locator("#messages .file-name")).to_contain_text("file0")
    assert set(before) == set(counted(spoilt))
    assert before["appeals_thread"] == counted(spoilt)["appeals_thread"]


def test_what_officers_write_and_the_desks_they_choose_are_text(
    desk: Page, spoilt: HostileHouse, told: str, tmp_path: Path
) -> None:
    send(spoilt, f"Көмек {told}")
    enter(desk, spoilt, REGION, language="en")
    read(desk, told)
    letter = tmp_path / f"file0 {SQL.replace('/', '')} <img src=x onerror=window.taken=1>.txt"
    letter.write_text("<script>window.taken=1</script>")
    answer(desk, hostile("answer"), letter)
    check_text(desk, "desk", messages="answer")
    expect(desk.locator("#messages .file-name")).to_contain_text("file0")
    desk.locator("#pass-button").click()
    check_text(desk, "pass-dialog", pass__desks="Desk")
    desk.locator("#pass-desks input[value=committee]").check()
    desk.locator("#pass-submit").click()
    expect(desk.locator("#pass-dialog")).to_be_hidden(timeout=SLOW)
    check_text(desk, "desk", toast="Desk")
    check_text(desk, "desk", holders="Desk", trail="officer")


def plain_page(page: Page) -> None:
    """Nothing of a page for children lives that a stranger wrote."""
    assert page.locator(CHILD_ALIVE).count() == 0
    assert page.evaluate("window.taken") is None
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), wide(page)


def test_the_child_s_pages_show_what_an_officer_and_the_child_wrote_as_text(
    desk: Page, spoilt: HostileHouse, told: str, chromium: Browser, faults: list[str]
) -> None:
    wide_or_narrow = desk.viewport_size
    script_less = chromium.new_context(base_url=spoilt.url, viewport=wide_or_narrow, java_script_enabled=False)
    plain = script_less.new_page()
    plain.goto("/plain/?language=en")
    expect(plain.locator("select[name=region] option[value=KZ-10]")).to_have_text(cell("Place"))
    plain.locator("textarea[name=text]").fill(f"{told} {hostile('text')}")
    plain.locator("input[name=school]").fill("'; DROP TABLE--")
    plain.locator("select[name=region]").select_option(REGION)
    plain.locator("form button[type=submit]").last.click()
    expect(plain.locator("textarea[name=text]")).to_have_value(f"{told} {hostile('text')}")
    plain.locator("input[name=school]").fill("")
    plain.locator("form button[type=submit]").last.click()
    words = " ".join(plain.locator("li b").all_text_contents()[:6])

    enter(desk, spoilt, REGION, language="en")
    read(desk, told)
    answer(desk, hostile("answer"))

    plain.goto("/plain/answer/?language=en")
    plain.locator("[name=words]").fill(words)
    plain.locator("form button[type=submit]").last.click()
    expect(plain.locator("body")).to_contain_text(f"answer0 {SQL}")
    expect(plain.locator("body")).to_contain_text(f"text0 {SQL}")
    plain.locator("textarea[name=text]").fill(hostile("further"))
    plain.locator("button[value=write]").click()
    expect(plain.locator("body")).to_contain_text(f"further0 {SQL}")
    assert plain.locator(CHILD_ALIVE).count() == 0
    script_less.close()

    desk.locator("#back-button").click()
    read(desk, told)
    check_text(desk, "desk", messages="further")

    phone = desk.context.new_page()
    watch(phone, faults)
    phone.goto("/en/answer/")
    phone.locator("#words").fill(words)
    phone.locator("#next").click()
    for name in ("text", "answer", "further"):
        expect(phone.locator("#after")).to_contain_text(f"{name}0 {SQL}", timeout=60_000)
    plain_page(phone)
    phone.goto(f"/en/#{REGION}.{MARKUP}")
    phone.goto("/en/")
    plain_page(phone)


def test_what_the_server_says_of_a_thread_is_text(desk: Page, spoilt: HostileHouse, told: str) -> None:
    send(spoilt, f"Көмек {told}")
    with database_of(spoilt) as database:
        last = "SELECT id FROM appeals_thread ORDER BY received_at DESC, id DESC LIMIT 1"
        thread = str(database.execute(last).fetchone()[0])
        named = f"{thread[:8]}-{thread[8:12]}-{thread[12:16]}-{thread[16:20]}-{thread[20:]}"
        columns = "INSERT INTO audit_auditrow (at, actor, act, subject, detail) VALUES (?, ?, ?, ?, ?)"
        seen = "2026-01-01 00:00:00"
        rows = [(hostile("act"), ""), ("passed", hostile("detail")), ("answered", hostile("seat"))]
        for act, detail in rows:
            database.execute(columns, [seen, hostile("actor"), act, f"thread:{named}", detail])
    enter(desk, spoilt, REGION, language="en")
    read(desk, told)
    check_text(desk, "desk", trail="act")


def test_the_gate_and_the_page_of_mail_and_duty_show_names_as_text(desk: Page, spoilt: HostileHouse) -> None:
    enter(desk, spoilt, REGION, language="en")
    desk.goto("/desk/waking/")
    body = desk.locator("main")
    expect(body).to_contain_text(f"Place0 {SQL}")
    begin = desk.get_by_role("button", name="Go on duty")
    if begin.count():
        begin.first.click()
    expect(desk.locator(f"[data-duty='{REGION}']")).to_contain_text(f"officer0 {SQL}")
    desk.locator("#waking-mail").evaluate("field => { field.type = 'text'; field.form.noValidate = true }")
    desk.locator("#waking-mail").fill(f"a@b.example {SQL} {MARKUP}"[:250])
    desk.locator("#waking-mail").press("Enter")
    expect(desk.locator("#waking-mail")).to_have_value(f"a@b.example {SQL} {MARKUP}"[:250])
    assert desk.locator("main :is(script, img, style, iframe, base, a[href^='javascript'])").count() == 0
    assert desk.evaluate("window.taken") is None
    assert not desk.evaluate(TOO_WIDE), wide(desk)
