"""A backup brings nothing back that was erased after it: the list beside it proves every line and is obeyed."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Model

from balaqorgau.appeals import actions, files, tombstones
from balaqorgau.appeals.models import Erasure, Event, Grant, Message, StoredFile, Thread
from balaqorgau.appeals.tombstones import Obeyed
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64
from balaqorgau.operations import backup, erased
from balaqorgau.operations.restore import RESTORED, restore
from balaqorgau.operations.sweep import sweep
from balaqorgau.sealed import age, messages
from tests.factories.appeals import OMBUDSMAN, REGION, Child, desk_keys
from tests.factories.erasing import Hand
from tests.integration.desk.office import at_work, opened
from tests.integration.operations import house

pytestmark = pytest.mark.django_db(transaction=True)
MODELS = (Thread, Message, StoredFile, Grant)
SEED = bytes(range(32))


@pytest.fixture
def child() -> Child:
    """Whose appeal it is."""
    return house.filled(appeals=1)[0]


Rows = list[tuple[type[Model], dict[str, Any]]]


def snapshot() -> Rows:
    """The rows of all appeals, as a backup of this moment has them."""
    return [(model, values) for model in MODELS for values in model._default_manager.values()]


def back(rows: Rows) -> None:
    """An older backup's rows in place of today's; events only grow, so those of today stay."""
    with transaction.atomic():
        Erasure.objects.all().delete()
        for model, values in rows:
            model(**values).save_base(raw=True)


def by_law() -> None:
    """Two officers erase the one appeal."""
    first, second = at_work("first", REGION), at_work("second", OMBUDSMAN)
    thread = Thread.objects.get()
    there = Hand(second, opened(second, thread, OMBUDSMAN))
    assert Hand(first, opened(first, thread)).propose().status_code == 204
    assert there.confirm().status_code == 204


def by_wish(child: Child) -> None:
    """The child erases it."""
    thread = Thread.objects.get()
    signed = messages.erase_bytes(commitment=thread.commitment, act="erase", count=0)
    actions.ask_erase(thread, act="erase", signature=messages.sign(child.keys.signing, signed), days=0)
    assert actions.destroy_due(now=clock.now()) == 1


def listed(folder: Path) -> list[dict[str, Any]]:
    """The list's lines."""
    return [json.loads(line) for line in (folder / erased.LIST).read_text(encoding="utf-8").splitlines()]


def obey(line: dict[str, Any]) -> Obeyed:
    """Obey a line."""
    return tombstones.obey(json.dumps(line), now=clock.now())


@pytest.mark.parametrize("how", ["law", "wish"])
def test_what_was_erased_after_the_backup_goes_again(how: str, child: Child, tmp_path: Path) -> None:
    rows = snapshot()
    name = StoredFile.objects.get().name
    data = files.read(name)
    by_law() if how == "law" else by_wish(child)
    before = list(Erasure.objects.values("number", "reason", "basis", "by", "decided_by", "content", "signature"))
    erased.write(tmp_path)
    back(rows)
    storages["sealed"].save(name, ContentFile(data))
    assert Message.objects.count() == 1
    assert sweep(tmp_path, now=clock.now()).again == 1
    assert Message.objects.count() == Grant.objects.count() == StoredFile.objects.count() == 0
    assert not storages["sealed"].exists(name)
    after = list(Erasure.objects.values("number", "reason", "basis", "by", "decided_by", "content", "signature"))
    assert after == before
    assert Event.objects.filter(kind="erased").latest("id").detail == "restored"
    again = sweep(tmp_path, now=clock.now())
    assert (again.again, again.unproven) == (0, 0)


def test_files_of_another_installation_s_storage_are_left_alone(child: Child, tmp_path: Path) -> None:
    rows, name = snapshot(), StoredFile.objects.get().name
    by_law()
    erased.write(tmp_path)
    back(rows)
    (tmp_path / RESTORED).write_text("x", encoding="utf-8")
    storages["sealed"].save(name, ContentFile(b"theirs"))
    assert sweep(tmp_path, now=clock.now()).again == 1
    assert storages["sealed"].exists(name)
    storages["sealed"].delete(name)


def test_a_list_without_its_proofs_erases_nothing(child: Child, tmp_path: Path) -> None:
    rows = snapshot()
    by_law()
    erased.write(tmp_path)
    (line,) = listed(tmp_path)
    law = line["law"]
    back(rows)
    region = desk_keys(REGION)
    alone = messages.event_bytes(
        commitment=Thread.objects.get().commitment, kind="erasure-confirmed", actor=f"{REGION}/1"
    )
    forged = [
        law | {"decided_signature": b64(bytes(64))},
        law | {"decided_seat": f"{REGION}/1", "decided_signature": b64(messages.sign(region.signing, alone))},
        law | {"decided_by": law["by"]},
        law | {"reason": "expired"},
        law | {"signature": b64(bytes(64))},
        law | {"seat": "nobody/1"},
        {key: value for key, value in law.items() if key != "seat"},
    ]
    assert [obey(line | {"law": one}).proven for one in forged] == [False] * len(forged)
    wish = {"commitment": line["commitment"], "wish": {"count": 0, "signature": b64(bytes(64))}}
    assert not obey(wish).proven
    assert not tombstones.obey("not a line", now=clock.now()).proven
    assert not tombstones.obey("[]", now=clock.now()).proven
    assert Message.objects.count() == 1
    (tmp_path / erased.LIST).write_text("{}\n", encoding="utf-8")
    assert sweep(tmp_path, now=clock.now()).unproven == 1


def test_a_wish_that_the_child_took_back_later_is_not_obeyed(child: Child) -> None:
    thread = Thread.objects.get()
    signatures = {}
    for count, act in enumerate(("erase", "withdraw")):
        signed = messages.erase_bytes(commitment=thread.commitment, act=act, count=count)
        signatures[act] = messages.sign(child.keys.signing, signed)
        actions.ask_erase(thread, act=act, signature=signatures[act], days=14)
    line = {"commitment": b64(thread.commitment), "wish": {"count": 0, "signature": b64(signatures["erase"])}}
    assert not obey(line).proven
    assert Message.objects.count() == 1


def test_the_list_says_nothing_of_what_was_written(child: Child, tmp_path: Path) -> None:
    by_law()
    path = erased.write(tmp_path)
    assert path.stat().st_mode & 0o077 == 0
    (line,) = listed(tmp_path)
    assert set(line) == {"commitment", "law"}
    assert "words" not in line["law"]
    assert [found.name for found in tmp_path.iterdir()] == [erased.LIST]


def test_the_list_lies_beside_the_backups_and_is_taken_along(child: Child, tmp_path: Path) -> None:
    folder = settings.VAR / erased.BACKUPS
    folder.mkdir(exist_ok=True)
    recipient = age.recipient(SEED)
    made = backup.make(house.source(), to=tmp_path / "a.tar.age", recipient=recipient, now=clock.now())
    by_law()
    sweep(settings.VAR, now=clock.now() + timedelta(hours=1))
    assert len(listed(folder)) == 1
    with house.empty_database() as url:
        new = tmp_path / "new"
        restore(made.path, seed=SEED, into=new, database_url=url, erased=folder / erased.LIST)
    assert listed(new) == listed(folder)
    (folder / erased.LIST).unlink()
