"""`balaqorgau administrators`: people who look after an installation and belong to no desk."""

import re
from pathlib import Path

import pytest

from tests.integration.cli.program import balaqorgau, made


@pytest.fixture
def settings(tmp_path: Path) -> str:
    """A new real installation; its settings file."""
    return str(made(tmp_path / "var"))


def run(settings: str, *words: str) -> tuple[int, str, str]:
    """What the command answers."""
    done = balaqorgau("administrators", *words, BALAQORGAU_SETTINGS=settings)
    return done.returncode, done.stdout, done.stderr


def test_an_invitation_is_printed_once_and_only_its_hash_is_kept(settings: str) -> None:
    code, printed, said = run(settings, "invite", "Дана", "--language", "ru")
    link = printed.splitlines()[-1]
    assert code == 0
    assert re.fullmatch(r"https://balaqorgau\.example/desk/join/ru/#[\w-]{32}", link)
    assert "Дана, admin-1, administrator." in printed
    assert "alone" in said
    kept = b"".join(file.read_bytes() for file in Path(settings).parent.rglob("*") if file.is_file())
    assert link.partition("#")[2].encode() not in kept
    open_ones = balaqorgau("officers", "list", BALAQORGAU_SETTINGS=settings).stdout
    assert "administrators  admin-1  new" in open_ones
    assert run(settings, "list")[1] == ""


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("invite", " "), "Say the person's name"),
        (("invite", "A", "--username", "A B"), "A sign-in name has 2 to 39 characters"),
        (("invite", "A", "--language", "xx"), "The pack has no language xx"),
        (("again", "kz-10-1"), "There is no administrator kz-10-1"),
        (("stop", "kz-10-1"), "There is no administrator kz-10-1"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(settings: str, words: tuple[str, ...], why: str) -> None:
    code, _, said = run(settings, *words)
    assert code == 2
    assert why in said
    assert "Traceback" not in said
