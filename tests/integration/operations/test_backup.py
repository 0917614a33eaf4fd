"""A backup holds everything, opens for its recipient only, and comes back whole or not at all."""

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import storages

from balaqorgau.appeals import actions
from balaqorgau.appeals.models import StoredFile, Thread
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64
from balaqorgau.operations import backup, databases
from balaqorgau.operations.archive import BadBackup
from balaqorgau.operations.databases import DatabaseTrouble
from balaqorgau.operations.restore import NotEmpty, Restored, restore
from balaqorgau.sealed import age
from tests.integration.operations import house

pytestmark = pytest.mark.django_db(transaction=True)

SEED = bytes(range(32))
RECIPIENT = age.recipient(SEED)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def make(tmp_path: Path, **source: Any) -> backup.Made:
    """A backup of the database under test."""
    return backup.make(house.source(**source), to=tmp_path / "backup.tar.age", recipient=RECIPIENT, now=NOW)


def back(made: backup.Made, into: Path, url: str) -> Restored:
    """Restore a backup."""
    return restore(made.path, seed=SEED, into=into, database_url=url)


def rows_in(folder: Path, url: str) -> dict[str, int]:
    """What came back."""
    return house.in_postgres(url) if url else house.in_sqlite(folder / "balaqorgau.sqlite3")


def test_every_row_and_every_file_comes_back(tmp_path: Path) -> None:
    house.filled()
    made = make(tmp_path)
    with house.empty_database() as url:
        done = back(made, tmp_path / "new", url)
        assert rows_in(tmp_path / "new", url) == house.rows()
    assert (done.files, made.files, made.lost) == (2, 2, ())
    for row in StoredFile.objects.all():
        kept = (tmp_path / "new/files" / row.name).read_bytes()
        assert sha256(kept).digest() == bytes(row.digest)


def test_what_was_never_stored_before_can_be_backed_up(tmp_path: Path) -> None:
    made = make(tmp_path)
    with house.empty_database() as url:
        assert back(made, tmp_path / "new", url).files == 0


def test_the_restored_folder_holds_nothing_else(tmp_path: Path) -> None:
    house.filled()
    made = make(tmp_path)
    with house.empty_database() as url:
        back(made, tmp_path / "new", url)
    expected = {"files", "restored"} if url else {"files", "restored", "balaqorgau.sqlite3"}
    assert {path.name for path in (tmp_path / "new").iterdir()} == expected
    assert {path.name for path in tmp_path.iterdir()} == {"new", "backup.tar.age"}
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_a_backup_says_what_it_is_of(tmp_path: Path) -> None:
    made = make(tmp_path)
    with house.empty_database() as url:
        about = back(made, tmp_path / "new", url).about
    assert (about.deployment, about.made) == (b64(settings.DEPLOYMENT), clock.unix(NOW))


def test_only_its_recipient_opens_it(tmp_path: Path) -> None:
    made = make(tmp_path)
    with pytest.raises(age.NotForUs):
        restore(made.path, seed=bytes(32), into=tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_no_copy_of_the_database_stays_behind(tmp_path: Path) -> None:
    make(tmp_path)
    assert not list(settings.VAR.glob(f"{backup.WORKING}*"))
    assert made_mode(tmp_path) == 0


def made_mode(tmp_path: Path) -> int:
    """What others may do with the backup."""
    return (tmp_path / "backup.tar.age").stat().st_mode & 0o077


def test_an_existing_backup_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "backup.tar.age").write_text("an older one")
    with pytest.raises(FileExistsError):
        make(tmp_path)
    assert (tmp_path / "backup.tar.age").read_text() == "an older one"


def test_a_failed_backup_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house.filled()
    monkeypatch.setattr(backup.files, "read", lambda name: (_ for _ in ()).throw(OSError(5, "I/O error", name)))
    with pytest.raises(OSError, match="I/O error"):
        make(tmp_path)
    assert not list(tmp_path.iterdir())
    assert not list(settings.VAR.glob(f"{backup.WORKING}*"))


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    house.filled()
    gone = StoredFile.objects.first()
    assert gone
    storages["sealed"].delete(gone.name)
    made = make(tmp_path)
    assert (made.files, made.lost) == (1, (gone.name,))


def test_what_is_erased_while_a_backup_runs_is_not_called_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house.filled()
    dump = databases.dump

    def dump_then_erase(*arguments: Any) -> None:
        dump(*arguments)
        Thread.objects.update(erase_due=NOW - timedelta(days=1))
        actions.destroy_due(now=NOW)

    monkeypatch.setattr(databases, "dump", dump_then_erase)
    made = make(tmp_path)
    assert (made.files, made.lost) == (0, ())


@pytest.mark.parametrize("place", [100, -100])
def test_a_damaged_backup_changes_nothing(place: int, tmp_path: Path) -> None:
    house.filled()
    made = make(tmp_path)
    data = bytearray(made.path.read_bytes())
    data[place] ^= 1
    made.path.write_bytes(data)
    with house.empty_database() as url, pytest.raises(age.AgeError):
        back(made, tmp_path / "new", url)
    assert {path.name for path in tmp_path.iterdir()} == {"backup.tar.age"}


def test_a_cut_backup_changes_nothing(tmp_path: Path) -> None:
    house.filled()
    made = make(tmp_path)
    made.path.write_bytes(made.path.read_bytes()[:-5000])
    with house.empty_database() as url, pytest.raises((age.AgeError, BadBackup)):
        back(made, tmp_path / "new", url)
    assert {path.name for path in tmp_path.iterdir()} == {"backup.tar.age"}


def test_nothing_is_restored_over_something(tmp_path: Path) -> None:
    made = make(tmp_path)
    (tmp_path / "new").mkdir()
    (tmp_path / "new/mine").write_text("mine")
    with house.empty_database() as url, pytest.raises(NotEmpty):
        back(made, tmp_path / "new", url)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["mine"]


def test_a_database_that_is_in_use_is_not_overwritten(tmp_path: Path) -> None:
    made = make(tmp_path)
    with house.empty_database() as url:
        back(made, tmp_path / "new", url)
        if not url:
            return
        with pytest.raises(DatabaseTrouble, match="not empty"):
            back(made, tmp_path / "second", url)
    assert not (tmp_path / "second").exists()


def test_a_postgres_backup_asks_for_a_postgres_database(tmp_path: Path) -> None:
    made = make(tmp_path)
    if house.on_postgres():
        with pytest.raises(DatabaseTrouble, match="postgresql://"):
            back(made, tmp_path / "new", "sqlite:////tmp/x")
        assert not (tmp_path / "new").exists()
    else:
        assert back(made, tmp_path / "new", "").about.database == "sqlite"


def test_the_settings_file_is_in_it_only_when_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "balaqorgau.env"
    file.write_text("BALAQORGAU_SECRET_KEY=secret\n")
    made = make(tmp_path, settings_file=file)
    with house.empty_database() as url:
        assert back(made, tmp_path / "new", url).settings
    assert (tmp_path / "new/balaqorgau.env").read_text() == "BALAQORGAU_SECRET_KEY=secret\n"
    assert (tmp_path / "new/balaqorgau.env").stat().st_mode & 0o077 == 0


def test_the_password_of_a_database_is_no_argument(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\necho "$PGPASSWORD" > {tmp_path}/password\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    databases.dump(databases.parsed("postgresql://u:hidden@127.0.0.1:1/name"), tmp_path / "dump")
    assert "hidden" not in (tmp_path / "arguments").read_text()
    assert (tmp_path / "password").read_text().strip() == "hidden"


def test_a_missing_tool_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DatabaseTrouble, match="pg_dump is not installed"):
        databases.dump(databases.parsed("postgresql://u@127.0.0.1:1/name"), tmp_path / "dump")


def test_old_backups_go_by_their_name(tmp_path: Path) -> None:
    for days in (0, 29, 31, 400):
        (tmp_path / backup.name_for(NOW - timedelta(days=days))).touch()
    (tmp_path / "mine.tar.age").touch()
    gone = backup.drop_old(tmp_path, days=30, now=NOW)
    assert [path.name for path in gone] == [backup.name_for(NOW - timedelta(days=d)) for d in (400, 31)]
    assert len(list(tmp_path.iterdir())) == 3
