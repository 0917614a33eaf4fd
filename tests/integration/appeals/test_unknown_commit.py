"""The database took an appeal and its answer was lost: the photo is still there, and trying again says that it is."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.test import Client

from balaqorgau.appeals import files, intake
from balaqorgau.appeals.models import StoredFile, Thread
from balaqorgau.appeals.writer import Writer
from balaqorgau.sealed.appeal import SealedAppeal
from tests.factories.appeals import Child, post, publish_desks

pytestmark = pytest.mark.django_db(transaction=True)
PHOTO = [("photo", "image/jpeg", b"\xff\xd8" * 500)]


@pytest.fixture
def sealed(db: None) -> SealedAppeal:
    """An appeal with a photo."""
    publish_desks()
    return Child().seal(files=PHOTO)


def check_whole(sealed: SealedAppeal) -> None:
    """The appeal is there once, with its photo."""
    assert Thread.objects.count() == 1
    assert files.read(StoredFile.objects.get().name) == sealed.files[0]


def test_a_connection_lost_after_the_commit_loses_no_photo(
    client: Client, sealed: SealedAppeal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(job: intake.Job) -> Any:
        intake.store([job])
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(intake.writer, "write", lost)
    assert post(client, sealed).status_code == 503
    check_whole(sealed)
    monkeypatch.undo()
    assert post(client, sealed).status_code == 200
    check_whole(sealed)


def test_a_batch_that_is_stored_again_after_its_answer_was_lost_keeps_its_photos(
    client: Client, sealed: SealedAppeal, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[int] = []

    def store(batch: Sequence[intake.Job]) -> list[intake.Receipt]:
        turns.append(len(batch))
        receipts = intake.store(batch)
        if len(turns) == 1:
            raise OperationalError("server closed the connection unexpectedly")
        return receipts

    writer = Writer(store)
    monkeypatch.setattr(intake, "writer", writer)
    assert post(client, sealed).status_code == 200
    writer.rest()
    connections.close_all()
    assert turns == [1, 1]
    check_whole(sealed)


def test_a_commit_that_did_not_happen_leaves_no_file(
    client: Client, sealed: SealedAppeal, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    keep = files.keep
    monkeypatch.setattr(files, "keep", lambda data: kept.append(keep(data)) or kept[-1])

    def refuse(_job: intake.Job) -> Any:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(intake.writer, "write", refuse)
    answer = post(client, sealed)
    assert (answer.status_code, answer.json()["error"]) == (503, "storage_full")
    assert len(kept) == 1
    with pytest.raises(FileNotFoundError):
        files.read(kept[0])
