"""`balaqorgau officers`: the links with which real desks begin."""

import re
import sqlite3
from pathlib import Path

import pytest

from tests.integration.cli.program import balaqorgau, made


@pytest.fixture
def settings(tmp_path: Path) -> str:
    """A new real installation; its settings file."""
    return str(made(tmp_path / "var"))


def officers(settings: str, *words: str) -> tuple[int, str, str]:
    """What the command answers."""
    done = balaqorgau("officers", *words, BALAQORGAU_SETTINGS=settings)
    return done.returncode, done.stdout, done.stderr


def test_an_invitation_is_printed_once_and_only_its_hash_is_kept(settings: str) -> None:
    code, printed, said = officers(settings, "invite", "--desk", "kz-10", "--name", "Бекзат", "--language", "ru")
    link = printed.splitlines()[-1]
    assert code == 0
    assert re.fullmatch(r"https://balaqorgau\.example/desk/join/ru/#[\w-]{32}", link)
    assert "kz-10-1, desk KZ-10" in printed
    assert "alone" in said
    kept = b"".join(file.read_bytes() for file in Path(settings).parent.rglob("*") if file.is_file())
    assert link.partition("#")[2].encode() not in kept
    assert "kz-10-1  new" in officers(settings, "list")[1]
    assert link not in officers(settings, "list")[1]


def test_each_invited_person_has_a_name_of_their_own(settings: str) -> None:
    for number in (1, 2):
        assert (
            f"committee-{number}, desk committee"
            in officers(settings, "invite", "--desk", "committee", "--name", "A")[1]
        )


def test_an_invitation_is_taken_back_once(settings: str) -> None:
    officers(settings, "invite", "--desk", "ombudsman", "--name", "A")
    pk = officers(settings, "list")[1].split()[0]
    assert officers(settings, "revoke", pk)[:2] == (0, "Taken back.\n")
    assert officers(settings, "list")[1] == ""
    assert officers(settings, "revoke", pk)[0] == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--desk", "nowhere", "--name", "A"), "There is no desk nowhere. There are: KZ-10"),
        (("--desk", "KZ-10", "--name", " "), "Say the person's name"),
        (("--desk", "KZ-10", "--name", "A", "--username", "A B"), "A sign-in name has 2 to 39 characters"),
        (("--desk", "KZ-10", "--name", "A", "--days", "31"), "waits 1 to 30 days"),
        (("--desk", "KZ-10", "--name", "A", "--language", "xx"), "The pack has no language xx"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_in_a_sentence(settings: str, words: tuple[str, ...], why: str) -> None:
    code, printed, said = officers(settings, "invite", *words)
    assert (code, printed) == (2, "")
    assert why in said
    assert len(said.strip().splitlines()) == 1


def test_nobody_unknown_is_invited_again(settings: str) -> None:
    assert "There is no officer nobody of any desk." in officers(settings, "again", "--username", "nobody")[2]


def test_an_operator_s_invitation_gives_no_key(settings: str) -> None:
    officers(settings, "invite", "--desk", "KZ-10", "--name", "A")
    with sqlite3.connect(Path(settings).parent / "balaqorgau.sqlite3") as database:
        assert database.execute("select count(*) from accounts_deskkeygrant").fetchone() == (0,)


def test_check_says_which_desks_have_no_key_and_what_to_do(settings: str) -> None:
    printed = balaqorgau("check", BALAQORGAU_SETTINGS=settings).stdout
    assert "desks have no keys yet" in printed
    assert "balaqorgau officers invite --desk CODE --name NAME: KZ-10, " in printed
