"""The commands of those who run an installation: what they do, and the sentence when they cannot."""

import argparse
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError

from balaqorgau.appeals.models import Thread
from balaqorgau.cli import backup as backup_command
from balaqorgau.config import ConfigError
from balaqorgau.database import schema
from balaqorgau.kernel import clock
from balaqorgau.operations import identity
from balaqorgau.sealed import age
from tests.integration.operations import house

pytestmark = pytest.mark.django_db(transaction=True)

SETTING = identity.RECIPIENT_SETTING


def run(name: str, *words: str | Path) -> int:
    """Run one command as the command line does."""
    top = argparse.ArgumentParser()
    import_module(f"balaqorgau.cli.{name}").add(top.add_subparsers())
    chosen = top.parse_args([name, *map(str, words)])
    return int(chosen.handle(chosen))


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key that opens backups, with its recipient in the settings."""
    file = tmp_path / "key"
    monkeypatch.setenv(SETTING, identity.create(file))
    return file


def backups() -> list[Path]:
    """The backups of the installation under test."""
    return sorted((settings.VAR / backup_command.FOLDER).glob("*.age"))


@pytest.fixture(autouse=True)
def _without_backups() -> None:
    for path in backups():
        path.unlink()


def test_a_new_key_opens_what_is_sealed_to_its_recipient(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backup", "--new-identity", tmp_path / "key") == 0
    said = capsys.readouterr().out.strip()
    recipient = age.read_recipient(said.removeprefix(f"{SETTING}="))
    assert age.decrypt(age.encrypt(b"x", [recipient]), identity.read(tmp_path / "key")) == b"x"
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_a_key_that_exists_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "key").write_text("mine")
    assert run("backup", "--new-identity", tmp_path / "key") == 1
    assert (tmp_path / "key").read_text() == "mine"
    assert "exists already" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "# only a comment\n", "AGE-SECRET-KEY-1QQQ\n", "a\nb\n"])
def test_an_identity_file_holds_one_key(text: str, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(text)
    with pytest.raises(age.AgeError):
        identity.read(tmp_path / "key")


def test_backup_and_restore_by_command(key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house.filled()
    assert run("backup", "--to", tmp_path / "a.tar.age") == 0
    with house.empty_database() as url:
        words = ["--identity", key, "--into", tmp_path / "new", *(["--database-url", url] if url else [])]
        assert run("restore", tmp_path / "a.tar.age", *words) == 0
        assert run("restore", tmp_path / "a.tar.age", *words) == 1
    said = capsys.readouterr()
    assert "2 stored files" in said.out
    assert said.err.startswith("Nothing was restored. There is something at ")


def test_the_list_of_erasures_is_written_beside_the_backup_and_taken_along(
    key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup", "--to", tmp_path / "a.tar.age") == 0
    beside = tmp_path / "erased.jsonl"
    assert beside.read_text() == ""
    beside.write_text("{}\n")
    for folder, said in (("with", "erases again"), ("without", "No list of erasures was found")):
        capsys.readouterr()
        with house.empty_database() as url:
            words = ["--identity", key, "--into", tmp_path / folder, *(["--database-url", url] if url else [])]
            assert run("restore", tmp_path / "a.tar.age", *words) == 0
        assert said in "".join(capsys.readouterr())
        beside.unlink(missing_ok=True)
    assert (tmp_path / "with" / "erased.jsonl").read_text() == "{}\n"
    assert not (tmp_path / "without" / "erased.jsonl").exists()


def test_a_backup_goes_into_the_installation_s_folder_by_itself(key: Path) -> None:
    assert run("backup") == 0
    (made,) = backups()
    assert re.fullmatch(r"balaqorgau-\d{8}T\d{6}Z\.tar\.age", made.name)
    assert made.parent.stat().st_mode & 0o077 == 0


def test_old_backups_are_removed_when_that_is_asked_for(key: Path) -> None:
    folder = settings.VAR / backup_command.FOLDER
    folder.mkdir(exist_ok=True)
    (folder / "balaqorgau-20200101T000000Z.tar.age").touch()
    assert run("backup", "--keep-days", "30") == 0
    assert [path.name[:15] for path in backups()] == [f"balaqorgau-{clock.now():%Y}"]


def test_a_backup_for_nobody_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    with pytest.raises(ConfigError, match=r"--new-identity"):
        run("backup")
    with pytest.raises(ConfigError, match="must begin with age1pq1"):
        run("backup", "--recipient", "age1somebody")


def test_a_backup_that_cannot_be_written_is_said(key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backup", "--to", tmp_path / "no" / "such" / "folder.age") == 1
    assert capsys.readouterr().err.startswith("No backup was made. No such file or directory: ")
    (tmp_path / "there").touch()
    assert run("backup", "--to", tmp_path / "there") == 1
    assert "exists already" in capsys.readouterr().err


def test_the_settings_are_saved_only_from_a_file(key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BALAQORGAU_SETTINGS", raising=False)
    with pytest.raises(ConfigError, match="no settings file"):
        run("backup", "--with-settings", "--to", tmp_path / "a.age")


@pytest.mark.parametrize("wrong", ["nothing there", "another key", "no key", "no backup"])
def test_a_restore_that_cannot_be_is_said(
    wrong: str, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup", "--to", tmp_path / "a.age") == 0
    if wrong == "nothing there":
        (tmp_path / "a.age").unlink()
    if wrong == "another key":
        key.unlink()
        identity.create(key)
    if wrong == "no key":
        key.write_text("")
    if wrong == "no backup":
        (tmp_path / "a.age").write_bytes(b"something else")
    assert run("restore", tmp_path / "a.age", "--identity", key, "--into", tmp_path / "new") == 1
    assert capsys.readouterr().err.startswith("Nothing was restored. ")
    assert not (tmp_path / "new").exists()


def test_sweep_says_what_went(capsys: pytest.CaptureFixture[str]) -> None:
    house.filled(appeals=1)
    Thread.objects.update(erase_due=clock.now())
    assert run("sweep") == 0
    assert "appeals 1, files 0" in capsys.readouterr().out
    assert run("sweep") == 0
    assert "appeals 0, files 0" in capsys.readouterr().out


def test_sweep_of_every_minute_wakes_and_destroys_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    house.filled(appeals=1)
    Thread.objects.update(erase_due=clock.now())
    assert run("sweep", "--only-waking") == 0
    assert capsys.readouterr().out == "Woken: alarms 0, mails 0, undelivered 0.\n"
    assert Thread.objects.filter(erased_at=None).count() == 1


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """A database that lacks a step until `migrate` takes it; the names of what was done, in order."""
    done: list[str] = []
    monkeypatch.setattr(schema, "missing_migrations", lambda: [] if "migrate" in done else ["appeals.0002_next"])
    monkeypatch.setattr(schema, "migrate", lambda: done.append("migrate"))
    made = backup_command.make
    monkeypatch.setattr(backup_command, "make", lambda *a, **k: (done.append("backup"), made(*a, **k))[1])
    return lambda: done


def test_upgrade_backs_up_first(key: Path, behind: Callable[[], list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("upgrade") == 0
    assert behind() == ["backup", "migrate"]
    assert len(backups()) == 1
    said = capsys.readouterr().out
    assert [line.split()[0] for line in said.splitlines()] == ["Saved", "Took", "Published"]


def test_upgrade_does_nothing_without_a_backup(
    behind: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    with pytest.raises(ConfigError, match="Nothing was upgraded; --without-backup"):
        run("upgrade")
    assert behind() == []
    assert run("upgrade", "--without-backup") == 0
    assert behind() == ["migrate"]


def test_upgrade_stops_when_the_backup_fails(
    key: Path, behind: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_arguments: Any, **_named: Any) -> None:
        raise OSError(28, "No space left on device", "backup")

    monkeypatch.setattr(backup_command, "make", full)
    assert run("upgrade") == 1
    assert behind() == []
    assert "Nothing was upgraded, because no backup was made. No space left" in capsys.readouterr().err


def test_upgrade_says_which_step_failed(
    key: Path, behind: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> None:
        raise DatabaseError("column is there already")

    monkeypatch.setattr(schema, "migrate", fails)
    assert run("upgrade") == 1
    said = capsys.readouterr()
    assert "The step appeals.0002_next failed and was undone: column is there already" in said.err
    assert "Published" not in said.out


def test_upgrade_of_what_is_up_to_date_only_publishes(key: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("upgrade") == 0
    assert backups() == []
    assert capsys.readouterr().out.startswith("The database is as this version needs it.\nPublished ")
