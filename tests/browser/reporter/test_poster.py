"""The way in from a poster: confirmed, corrected by hand, and an old poster that still delivers."""

import csv
import io
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from balaqorgau.config import SETTINGS_FILE
from tests.browser.house import House
from tests.browser.reporter.walking import Child

OTHER_REGION = "KZ-11"
OLD = "Бұл плакат ескі"


def office(house: House, *command: str) -> str:
    """What a command of the installation prints."""
    settings = next(house.folder.rglob("balaqorgau.env"))
    environment = {**house.environment(), SETTINGS_FILE: str(settings)}
    whole = [sys.executable, "-m", "balaqorgau", *command]
    return subprocess.run(whole, env=environment, capture_output=True, text=True, check=True).stdout


def code_now(house: House) -> str:
    """What a poster of the region's last school says today."""
    *_, school = csv.DictReader(io.StringIO(office(house, "schools", "list", "--region", OTHER_REGION)))
    return f"{OTHER_REGION}.{school['code']}"


@pytest.fixture(scope="module")
def old_code(house: House) -> str:
    """A code that was printed on a poster and has been replaced since."""
    code = code_now(house)
    office(house, "schools", "rotate", "--region", OTHER_REGION)
    return code


def test_a_poster_s_region_is_confirmed_with_one_tap(child: Child) -> None:
    page = child.open(fragment="#KZ-10.0123ABCD").page
    child.forward()
    expect(page.locator("#poster-region")).to_have_text("Абай облысы")
    page.locator("#poster-yes").click()
    assert child.step == "what"


def test_a_poster_from_elsewhere_is_corrected_by_hand(child: Child) -> None:
    page = child.open(fragment="#KZ-10.0123ABCD").page
    child.forward()
    page.locator("#poster-no").click()
    assert page.locator("#region").input_value() == ""
    assert page.locator("#code").input_value() == ""
    expect(page.locator("#region")).to_be_focused()


def test_a_typed_code_chooses_its_region_and_a_wrong_one_is_told(child: Child) -> None:
    page = child.open().go_to("where").page
    page.locator("#code").fill("kz-11 abcd 123")
    child.forward()
    expect(page.locator("#where-error")).to_contain_text("код дұрыс емес")
    page.locator("#code").fill("kz-11 abcd i2e4")
    page.locator("#code").blur()
    assert page.locator("#region").input_value() == OTHER_REGION
    child.forward()
    assert child.step == "what"


def test_an_old_poster_is_told_and_its_letter_arrives_all_the_same(child: Child, old_code: str) -> None:
    page = child.open(fragment=f"#{old_code}").page
    child.forward()
    page.locator("#poster-yes").click()
    child.write("Ескі плакаттан")
    child.go_to("send")
    expect(page.locator("#summary .note")).to_contain_text(OLD)
    child.forward()
    assert len(child.words()) == 6


def test_a_poster_of_today_is_not_called_old(child: Child, house: House, old_code: str) -> None:
    code = code_now(house)
    assert code != old_code
    page = child.open(fragment=f"#{code}").page
    child.forward()
    page.locator("#poster-yes").click()
    child.write("Жаңа плакаттан").go_to("send")
    expect(page.locator("#summary .readers li")).to_have_count(2)
    expect(page.locator("#summary .note")).to_have_count(0)
