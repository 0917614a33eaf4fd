"""The whole program with a country that does not exist: published, served and spoken in its languages, nothing of another."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from balaqorgau.pack import load
from tests.browser.house import House
from tests.unit.pack.sareva import ROOT, build

KAZAKHSTAN = load(ROOT / "packs" / "kz")
CYRILLIC = re.compile(r"[\u0400-\u052f]")
FOREIGN = re.compile(r"\bKZ-\d|Kazakh|Almaty|tel:(?:" + "|".join(line.number for line in KAZAKHSTAN.helplines) + r")\b")
SHOWN = (".html", ".json", ".txt")


class SarevanHouse(House):
    """The same installation with another pack."""

    pack: Path

    def environment(self) -> dict[str, str]:
        return super().environment() | {"BALAQORGAU_PACK": str(self.pack)}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SarevanHouse]:
    folder = tmp_path_factory.mktemp("sareva")
    built = SarevanHouse(folder / "var")
    built.pack = build(folder / "pack")
    try:
        built.start()
        yield built
    finally:
        built.stop()


def site(house: SarevanHouse) -> dict[str, str]:
    """Every published text file."""
    root = house.folder / "site"
    files = (path for path in root.rglob("*") if path.suffix in SHOWN)
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}


def get(house: SarevanHouse, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{house.port}{path}", timeout=10) as answer:
        return str(answer.read().decode())


def balaqorgau(house: SarevanHouse, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = house.environment() | {"BALAQORGAU_SETTINGS": str(house.folder / "balaqorgau.env")}
    command = [sys.executable, "-m", "balaqorgau", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=house.folder)


def test_the_child_s_pages_are_there_in_its_languages_and_no_other(house: SarevanHouse) -> None:
    pages = {name for name in site(house) if name.endswith(".html")}
    assert pages == {"index.html", "answer/index.html", "qlo/index.html", "qlo/answer/index.html"}
    assert 'lang="qsa"' in site(house)["index.html"]
    assert 'lang="qlo"' in site(house)["qlo/index.html"]


def test_nothing_that_is_published_speaks_of_another_country(house: SarevanHouse) -> None:
    found = {name: FOREIGN.findall(text) + CYRILLIC.findall(text) for name, text in site(house).items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_its_helplines_reasons_and_regions_are_on_the_page(house: SarevanHouse) -> None:
    page = site(house)["qlo/index.html"]
    for needed in ("7788", "Bazi", "Storma", "Floda", "Norvar", "Sudvar", "https://weather.example/"):
        assert needed in page


def test_its_regions_have_directories_with_its_own_routes(house: SarevanHouse) -> None:
    regions = next(json.loads(text) for name, text in site(house).items() if name.startswith("p/site."))["regions"]
    assert [(region["id"], region["name"]["qlo"]) for region in regions] == [("QS-N", "Norvar"), ("QS-S", "Sudvar")]
    directory = json.loads((house.folder / "site" / "p" / regions[0]["directory"]).read_text(encoding="utf-8"))
    assert directory["route"][""] == ["QS-N", "committee"]


@pytest.mark.parametrize(
    "path", ["/", "/qlo/", "/answer/", "/plain/", "/desk/", "/tour/", "/about/privacy/", "/about/operator/qlo/"]
)
def test_every_page_is_served_without_a_word_of_another_country(house: SarevanHouse, path: str) -> None:
    page = get(house, path)
    assert FOREIGN.findall(page) + CYRILLIC.findall(page) == []


def test_its_schools_are_imported_printed_and_spoken_of_in_its_language(house: SarevanHouse) -> None:
    schools = house.folder / "schools.csv"
    schools.write_text("number;region;name_qsa;name_qlo\n1;norvar;مدرسة;Skola A\n", encoding="utf-8")
    done = balaqorgau(house, "schools", "import", "schools.csv")
    assert done.returncode == 0, done.stderr
    schools.write_text("number;region;name_qsa;name_qlo\n1;astana;مدرسة;Skola A\n", encoding="utf-8")
    refused = balaqorgau(house, "schools", "import", "schools.csv", "--language", "qlo")
    assert refused.returncode == 1
    assert "astana" in refused.stderr
    assert not CYRILLIC.search(done.stdout + refused.stderr)


def kept(house: SarevanHouse) -> dict[Path, bytes]:
    """Every published file."""
    return {path: path.read_bytes() for path in (house.folder / "site").rglob("*") if path.is_file()}


def test_loading_the_pack_twice_changes_nothing(house: SarevanHouse) -> None:
    first = balaqorgau(house, "pack", "load")
    before = kept(house)
    again = balaqorgau(house, "pack", "load")
    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    assert again.stdout.startswith("New desks: 0.")
    assert kept(house) == before
    assert len(before) > 20
