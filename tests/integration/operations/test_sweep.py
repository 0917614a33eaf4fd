"""A sweep destroys what is due, removes what nobody needs, touches nothing else, and may run twice."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

from balaqorgau.accounts import pace
from balaqorgau.accounts.models import Failures
from balaqorgau.appeals import files
from balaqorgau.appeals.models import Event, Message, StoredFile, Thread
from balaqorgau.kernel import clock
from balaqorgau.operations.backup import WORKING
from balaqorgau.operations.restore import RESTORED
from balaqorgau.operations.sweep import Swept, remove_orphans, sweep
from tests.integration.operations import house

pytestmark = pytest.mark.django_db(transaction=True)

NOTHING = Swept(appeals=0, files=0, sessions=0, failures=0, visits=0, leftovers=0)
DAY = timedelta(days=1)


def stored() -> set[str]:
    """The names of all stored files."""
    root = Path(storages["sealed"].location)
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _begin_without_stored_files() -> None:
    sweep(settings.VAR, now=clock.now() + DAY)


def aged(path: Path) -> None:
    """Make a file or folder look two hours old."""
    past = time.time() - 7200
    os.utime(path, (past, past))


def test_an_appeal_goes_on_its_day_and_not_before() -> None:
    house.filled(appeals=2)
    due = Thread.objects.order_by("pk")[0]
    Thread.objects.filter(pk=due.pk).update(erase_due=clock.now() + DAY)
    assert sweep(settings.VAR, now=clock.now()) == NOTHING
    assert sweep(settings.VAR, now=clock.now() + 2 * DAY).appeals == 1
    assert set(Message.objects.values_list("thread", flat=True)) == set(
        Thread.objects.exclude(pk=due.pk).values_list("pk", flat=True)
    )
    assert stored() == set(StoredFile.objects.values_list("name", flat=True))
    assert Event.objects.filter(thread=due, kind="erased").count() == 1


def test_the_second_sweep_finds_nothing() -> None:
    house.filled()
    Thread.objects.update(erase_due=clock.now() - DAY)
    assert sweep(settings.VAR, now=clock.now()).appeals == 2
    assert sweep(settings.VAR, now=clock.now()) == NOTHING


def test_the_database_itself_forgets_an_erased_appeal() -> None:
    house.filled(appeals=1)
    marker = bytes(Message.objects.get().ciphertext)[4000:4064]
    if house.on_postgres():
        assert True in dead_or_alive(marker)
    else:
        assert marker in everything_on_disk()
    Thread.objects.update(erase_due=clock.now() - DAY)
    sweep(settings.VAR, now=clock.now())
    if house.on_postgres():
        assert dead_tuples() == 0
    else:
        assert marker not in everything_on_disk()


def everything_on_disk() -> bytes:
    """The bytes of the SQLite database and its log."""
    name = Path(str(settings.DATABASES["default"]["NAME"]))
    return b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))


def dead_or_alive(marker: bytes) -> list[bool]:
    """For each message, whether the marker is in it."""
    return [marker in bytes(message.ciphertext) for message in Message.objects.all()]


def dead_tuples() -> int:
    """Rows of appeals that were deleted and still lie in PostgreSQL's files, by its own counting."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pgstattuple")
        cursor.execute("SELECT dead_tuple_count FROM pgstattuple('appeals_message')")
        return int(cursor.fetchone()[0])


def test_a_file_without_a_row_goes_once_it_is_old() -> None:
    name = files.keep(b"an upload that a crash cut off")
    assert sweep(settings.VAR, now=clock.now()).files == 0
    assert sweep(settings.VAR, now=clock.now() + 2 * timedelta(hours=1)).files == 1
    assert name not in stored()


def test_a_draft_that_a_crash_left_goes_too() -> None:
    name = files.keep(b"x")
    draft = Path(storages["sealed"].location) / name[:2] / ".0123456789abcdef"
    draft.write_bytes(b"half")
    assert sweep(settings.VAR, now=clock.now() + 2 * timedelta(hours=1)).files == 2
    assert not draft.exists()


def test_a_file_with_a_row_stays_however_old() -> None:
    house.filled()
    before = stored()
    assert sweep(settings.VAR, now=clock.now() + 1000 * DAY).files == 0
    assert stored() == before
    assert len(before) == 2


def test_what_is_not_named_as_ours_is_somebody_else_s(tmp_path: Path) -> None:
    storage = FileSystemStorage(tmp_path)
    for name in ("backups/balaqorgau-2026.tar.age", "ab/notes.txt", "zz/" + "0" * 32, "ab/" + "0" * 32):
        storage.save(name, ContentFile(b"x"))
    assert remove_orphans(storage, now=clock.now() + 1000 * DAY) == 1
    assert not storage.exists("ab/" + "0" * 32)
    assert storage.exists("backups/balaqorgau-2026.tar.age")


def test_a_restored_copy_destroys_nothing_until_its_operator_has_looked(tmp_path: Path) -> None:
    storages["sealed"].save("ab/" + "0" * 32, ContentFile(b"of the first installation"))
    (tmp_path / RESTORED).touch()
    later = clock.now() + 1000 * DAY
    assert sweep(tmp_path, now=later).files == 0
    (tmp_path / RESTORED).unlink()
    assert sweep(tmp_path, now=later).files == 1


def test_a_storage_without_any_file_is_swept(tmp_path: Path) -> None:
    assert remove_orphans(FileSystemStorage(tmp_path / "not there yet"), now=clock.now()) == 0


def test_ended_sessions_and_old_counts_go() -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=clock.now() - DAY)
    Session.objects.create(session_key="new", session_data="", expire_date=clock.now() + DAY)
    pace.failed("somebody", now=clock.now() - DAY)
    pace.failed("somebody else", now=clock.now())
    swept = sweep(settings.VAR, now=clock.now())
    assert (swept.sessions, swept.failures) == (1, 1)
    assert (Session.objects.get().session_key, Failures.objects.count()) == ("new", 1)


def test_what_a_broken_off_backup_left_goes_once_it_is_old() -> None:
    folder = settings.VAR / f"{WORKING}0123"
    folder.mkdir()
    (folder / "database").write_bytes(b"a copy")
    assert sweep(settings.VAR, now=clock.now()).leftovers == 0
    aged(folder)
    assert sweep(settings.VAR, now=clock.now()).leftovers == 1
    assert not folder.exists()
