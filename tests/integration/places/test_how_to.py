"""The commands in the how-to pages of schools, posters and packs do what the pages say, with the example country."""

import re
import shlex
from pathlib import Path

import pytest

from balaqorgau import pack
from balaqorgau.__main__ import main
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.places import actions
from tests.factories.appeals import publish_desks
from tests.unit.places.lists import country, workbook

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[3] / "docs" / "how-to"
SHELL = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)


def commands(page: str) -> list[str]:
    """Every line of a page's shell blocks, without its comment."""
    blocks = SHELL.findall((DOCS / page).read_text(encoding="utf-8"))
    return [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("page", ["print-posters.md", "import-schools.md", "make-a-pack.md"])
def test_every_command_of_the_page_works(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "schools.xlsx").write_bytes(workbook(country(pack.current(), 5)))
    actions.create_example_schools(pack.current(), by=OPERATOR)
    publish_desks()
    found = commands(page)
    assert len(found) >= 3
    for command in found:
        name, *arguments = shlex.split(command)
        assert name == "balaqorgau"
        assert main(arguments) == 0, command
