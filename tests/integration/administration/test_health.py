"""Health: each check has a sentence and a thing to do, and knows when work was really done."""

import re
import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from balaqorgau import pack
from balaqorgau.__main__ import main
from balaqorgau.accounts.models import Officer
from balaqorgau.administration import health
from balaqorgau.administration.actions import note_done
from balaqorgau.administration.models import BACKUP, CHORES, SWEEP, WAKING, Chore
from balaqorgau.kernel import clock
from balaqorgau.sealed import age
from balaqorgau.waking.models import CODE, NEWS, Notice, Postbox
from tests.factories.appeals import REGION
from tests.integration.administration.people import page
from tests.integration.desk.office import Visitor, hired
from tests.integration.waking import mailman

pytestmark = pytest.mark.django_db
LEVEL = re.compile(r'data-check="(\w+)" data-level="(\w+)"')
Usage = namedtuple("Usage", "total used free")


def levels(admin: Visitor) -> dict[str, str]:
    """Each check of the page with its level."""
    return dict(LEVEL.findall(page(admin, "health/")))


def test_what_never_ran_is_bad_and_the_page_says_which_timer(admin: Visitor) -> None:
    found = levels(admin)
    assert {name: found[name] for name in CHORES} == dict.fromkeys(CHORES, "bad")
    assert "balaqorgau-backup.timer is not switched on" in page(admin, "health/")
    assert "Checks that need attention" in page(admin)


@pytest.mark.parametrize(("name", "late"), [(WAKING, {"minutes": 11}), (SWEEP, {"hours": 4}), (BACKUP, {"hours": 27})])
def test_work_that_was_done_is_well_until_it_is_late(
    admin: Visitor, monkeypatch: pytest.MonkeyPatch, name: str, late: dict[str, int]
) -> None:
    now = clock.now()
    note_done(name, now=now)
    assert levels(admin)[name] == "good"
    checks = {check.name: check for check in health.checks("en", now=now + timedelta(**late))}
    assert (checks[name].level, checks[name].key) == ("bad", "late")
    assert checks[name].advice("en").startswith("Tell whoever runs the server")


@pytest.mark.parametrize(
    ("words", "done"),
    [(["sweep", "--only-waking"], {WAKING}), (["sweep"], {WAKING, SWEEP})],
)
def test_the_sweep_notes_what_it_did(words: list[str], done: set[str], tmp_path: Path, settings: Any) -> None:
    settings.VAR = tmp_path
    assert main(words) == 0
    assert set(Chore.objects.values_list("name", flat=True)) == done


def test_a_backup_is_noted_when_it_was_made_and_not_when_it_failed(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR = tmp_path
    recipient = age.recipient_text(age.recipient(bytes(32)))
    monkeypatch.setattr("balaqorgau.cli.backup.make", failing)
    assert main(["backup", "--recipient", recipient]) == 1
    assert not Chore.objects.exists()
    made = type("Made", (), {"path": tmp_path / "x", "files": 0, "lost": ()})
    monkeypatch.setattr("balaqorgau.cli.backup.make", lambda *_args, **_more: made)
    assert main(["backup", "--recipient", recipient]) == 0
    assert Chore.objects.get().name == BACKUP


def failing(*_args: Any, **_more: Any) -> None:
    """A disk that is full."""
    raise OSError(28, "No space left on device", "/backups")


@pytest.mark.parametrize(
    ("free", "level"), [(50, "good"), (20, "good"), (19, "warn"), (5, "warn"), (4, "bad"), (0, "bad")]
)
def test_the_disk_is_well_while_there_is_room(monkeypatch: pytest.MonkeyPatch, free: int, level: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(100 * 10**9, (100 - free) * 10**9, free * 10**9))
    check = health.disk(Path("/"))
    assert (check.level, check.values) == (level, {"percent": free, "free": free})


def test_mail_without_a_server_is_bad_for_real_and_a_warning_for_an_example(admin: Visitor, settings: Any) -> None:
    settings.MAIL = None
    for example, level in ((False, "bad"), (True, "warn")):
        settings.EXAMPLE = example
        assert levels(admin)["mail"] == level


def test_mail_that_waits_and_mail_that_fails_are_told(admin: Visitor, settings: Any) -> None:
    with mailman.at_work() as man:
        settings.MAIL = man.config()
        assert levels(admin)["mail"] == "good"
        officer = postbox()
        notice(officer, NEWS, reason="address", tried_at=clock.now(), dropped_at=clock.now())
        assert levels(admin)["mail"] == "warn"
        assert "did not reach: 1" in page(admin, "health/")
        notice(officer, CODE, due_at=clock.now() - timedelta(hours=1))
        assert levels(admin)["mail"] == "bad"


def postbox() -> Officer:
    """An officer with an address."""
    officer, _ = hired("officer", REGION)
    now = clock.now()
    Postbox.objects.create(officer=officer, address="a@b.example", told_until=now, beat_until=now)
    return officer


def notice(officer: Officer, kind: str, **more: Any) -> None:
    """A mail."""
    now = clock.now()
    Notice.objects.create(**{"officer": officer, "kind": kind, "count": 4321, "made_at": now, "due_at": now, **more})


def test_the_page_shows_no_number_of_mails_or_appeals(admin: Visitor, settings: Any) -> None:
    with mailman.at_work() as man:
        settings.MAIL = man.config()
        notice(postbox(), NEWS, sent_at=clock.now(), tried_at=clock.now())
        assert "4321" not in page(admin, "health/")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_check_has_its_sentences_in_every_language(language: str) -> None:
    keys = {WAKING: ("late", "never"), SWEEP: ("late", "never"), BACKUP: ("late", "never")}
    keys |= {"mail": ("unset", "stalled", "failing"), "disk": ("low", "full")}
    for name, states in keys.items():
        for key in (*states, *(f"do_{state}" for state in states), "well", "title"):
            assert pack.current().has_text(f"admin.health.{name}.{key}")
