"""What the documents say to type exists."""

import re
from pathlib import Path

import pytest

from balaqorgau import config
from balaqorgau.__main__ import parser
from balaqorgau.operations.identity import RECIPIENT_SETTING

ROOT = Path(__file__).parents[2]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMAND = re.compile(r"^(?:sudo -u balaqorgau /opt/balaqorgau/bin/)?balaqorgau (.*?)(?: +#.*)?$", re.MULTILINE)
DEV = re.compile(r"\./dev (\w+)(?: (\w+))?")
REFERENCE = ROOT / "docs/reference/settings.md"


def commands() -> list[str]:
    """Every command line of the documents, those joined by && apart."""
    text = "\n".join(path.read_text(encoding="utf-8").replace("\\\n", " ") for path in DOCS)
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)).replace(" && ", "\n")
    return COMMAND.findall(re.sub(r" +#.*", "", blocks))


def test_there_are_commands_to_check() -> None:
    assert len(commands()) > 10


@pytest.mark.parametrize("line", commands())
def test_a_command_of_the_documents_exists(line: str) -> None:
    assert callable(parser().parse_args(line.split()).handle)


def test_what_is_said_of_dev_is_what_it_does() -> None:
    said = {found for path in DOCS for found in DEV.findall(path.read_text(encoding="utf-8"))}
    known = re.search(r"choices=\[([^\]]+)\]", (ROOT / "dev").read_text(encoding="utf-8"))
    assert known
    assert {command for command, _ in said} <= set(re.findall(r'"(\w+)"', known[1]))
    benches = {name for command, name in said if command == "bench"} - {"NAME", ""}
    assert not [name for name in benches if not (ROOT / "bench" / f"{name}.py").is_file()]


def test_every_setting_is_explained_and_no_other() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/balaqorgau").rglob("*.py"))
    named = set(re.findall(r'"((?:BALAQORGAU_[A-Z_]+)|DATABASE_URL|STORAGE_URL)[="]', source))
    explained = set(re.findall(r"^\| `([A-Z_]+)`", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE))
    assert explained == named
    assert {*config.REQUIRED, config.SETTINGS_FILE, RECIPIENT_SETTING} <= explained


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(((?!https?:)[^)#]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_that_is_to_be_copied_is_there(path: Path) -> None:
    named = re.findall(r"\bdeploy/[\w./-]*\w", path.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []
