"""Erasing by law: two people of whom the second is the Ombudsman's, both signed, and then nothing but a tombstone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection, models
from django.test import Client

from balaqorgau import pack
from balaqorgau.appeals import actions, erasing, files
from balaqorgau.appeals.models import Erasure, Event, Message, StoredFile, Thread
from balaqorgau.audit.models import AuditRow
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.operations.sweep import sweep
from balaqorgau.replies.models import ClosedFile, SealedDraft
from balaqorgau.sealed import age
from balaqorgau.sealed.appeal import open_letter
from tests.factories.appeals import COMMITTEE, OMBUDSMAN, REGION, Child, desk_keys, post
from tests.factories.erasing import WORDS, Hand, hand
from tests.integration.appeals import test_plain as plain
from tests.integration.appeals.test_mailbox import open_mailbox, write
from tests.integration.desk.office import Opened, Visitor, at_work, opened

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = ("erasure-proposed", "erasure-withdrawn", "erasure-refused", "erasure-confirmed")


@pytest.fixture
def proposer(officer: Visitor, open_thread: Opened) -> Hand:
    """An officer of the region's desk."""
    return Hand(officer, open_thread)


@pytest.fixture
def second(thread: Thread) -> Hand:
    """An officer of the Ombudsman's."""
    return hand("of-the-ombudsman", OMBUDSMAN)


def test_a_proposal_erases_nothing_and_every_desk_that_holds_it_sees_why(proposer: Hand, second: Hand) -> None:
    assert proposer.propose().status_code == 204
    assert Message.objects.count() == StoredFile.objects.count() == 1
    for one, mine, name in ((proposer, True, "Officer of-the-desk"), (second, False, "")):
        shown = one.shown
        assert (shown["reason"], shown["seat"], shown["mine"], shown["name"]) == ("court", f"{REGION}/1", mine, name)
        assert open_letter(unb64(shown["words"]), one.case.seed)["text"] == WORDS
        assert [row["erasing"] for row in one.visitor.get("/desk/api/inbox").json()["threads"]] == [True]
    assert WORDS.encode() not in bytes(Erasure.objects.get().words)


def test_the_second_person_erases_it_and_only_a_tombstone_stays(proposer: Hand, second: Hand) -> None:
    last = Message.objects.get().message_hash
    proposer.propose()
    shown = second.shown
    answer = second.confirm()
    assert answer.status_code == 204
    row, thread = Erasure.objects.get(), Thread.objects.get()
    assert thread.erased_at is not None
    assert (row.outcome, row.reason, row.basis) == ("confirmed", "court", "94-V, 18(1)")
    assert (row.by, row.decided_by) == (f"officer:{proposer.officer}", f"officer:{second.officer}")
    assert (b64(row.signature), bytes(row.content)) == (shown["signature"], bytes(last))
    assert (bytes(row.words), bytes(row.digest) != b"") == (b"", True)
    assert proposer.visitor.get(proposer.case.url).status_code == 404
    assert second.visitor.get("/desk/api/inbox").json()["threads"] == []


def pointing(pk: Any) -> Iterator[tuple[str, int]]:
    """Every table with rows that name a thread or one of its messages, in whatever column, and how many."""
    names = {str(pk), pk.hex}
    for model in apps.get_models(include_auto_created=True):
        columns = [field for field in model._meta.concrete_fields if not isinstance(field, models.BinaryField)]
        found = sum(
            any(name in str(value) for value in row for name in names)
            for row in model._default_manager.values_list(*[field.attname for field in columns])
        )
        if found:
            yield model._meta.label, found


def test_no_table_points_at_it_but_its_tombstone(
    proposer: Hand, second: Hand, client: Client, child: Child, thread: Thread
) -> None:
    write(client, child, open_mailbox(client, child).json())
    url, digest = proposer.case.url, proposer.case.thread["messages"][0]["files"][0]["hash"]
    proposer.visitor.send(f"{url}/messages", *proposer.case.reply())
    blob = age.encrypt(b"{}", [age.recipient(bytes(32))])
    headers = second.visitor.token
    second.visitor.client.post(f"{url}/draft/save", blob, content_type="application/octet-stream", headers=headers)
    proposer.visitor.post(f"{url}/files/{digest}/close", {"seat": proposer.case.seat})
    assert (SealedDraft.objects.count(), ClosedFile.objects.count()) == (1, 1)
    proposer.propose()
    before = dict(pointing(thread.pk))
    assert {"appeals.Message", "appeals.Grant", "replies.SealedDraft", "replies.ClosedFile"} <= set(before)
    assert second.confirm().status_code == 204
    assert set(dict(pointing(thread.pk))) == {"appeals.Thread", "appeals.Erasure", "appeals.Event", "audit.AuditRow"}
    assert StoredFile.objects.count() == 0
    thread.refresh_from_db()
    assert (thread.manifest, bytes(thread.child_key), bytes(thread.ledger_key), thread.safe) == ("", b"", b"", "")


def everything_on_disk() -> bytes:
    """The bytes of the SQLite database and its log."""
    name = Path(str(settings.DATABASES["default"]["NAME"]))
    return b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))


def test_no_byte_of_it_stays_on_the_disk(proposer: Hand, second: Hand) -> None:
    stored = storages["sealed"].path(StoredFile.objects.get().name)
    marker = bytes(Message.objects.get().ciphertext)[2000:2064]
    proposer.propose()
    words = bytes(Erasure.objects.get().words)[2000:2064]
    on_sqlite = connection.vendor == "sqlite"
    assert not on_sqlite or (marker in everything_on_disk() and words in everything_on_disk())
    second.confirm()
    assert not Path(stored).exists()
    sweep(settings.VAR, now=clock.now())
    if on_sqlite:
        assert marker not in everything_on_disk()
        assert words not in everything_on_disk()
    else:
        assert dead_tuples() == 0


def dead_tuples() -> int:
    """Rows that were deleted or written over and still lie in PostgreSQL's files, by its own counting."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pgstattuple")
        cursor.execute(
            "SELECT (pgstattuple('appeals_message')).dead_tuple_count + (pgstattuple('appeals_erasure')).dead_tuple_count"
        )
        return int(cursor.fetchone()[0])


def test_the_child_is_told_the_day(proposer: Hand, second: Hand, client: Client, child: Child) -> None:
    proposer.propose()
    assert "erasure" not in str(open_mailbox(client, child).json()["events"])
    second.confirm()
    answer = open_mailbox(client, child)
    at = Erasure.objects.get().decided_at
    assert at is not None
    assert (answer.status_code, answer.json()) == (410, {"error": "erased", "law": clock.unix(at)})


@pytest.mark.parametrize(
    ("language", "said"), [("kk", "заң бойынша өшірілді"), ("ru", "стёрли по закону"), ("en", "erased by law")]
)
def test_the_plain_form_tells_it_too(client: Client, language: str, said: str) -> None:
    words = plain.words_of(plain.send(client))
    first, second = hand("first", REGION), hand("second", OMBUDSMAN)
    first.propose()
    second.confirm()
    answer = plain.read(client, words, language=language)
    at = Erasure.objects.get().decided_at
    assert at is not None
    country = pack.current()
    day = country.format_day(language, at.astimezone(country.zone).date())
    assert answer.status_code == 410
    assert said in answer.content.decode()
    assert day in answer.content.decode().replace("&nbsp;", "\u00a0")
    assert plain.read(client, words, act="write", text="тағы").status_code == 410
    assert Message.objects.count() == 0


def test_sent_once_more_it_stays_erased(client: Client) -> None:
    sealed = Child().seal(desks=(REGION, OMBUDSMAN))
    assert post(client, sealed).status_code == 201
    first, second = hand("first", REGION), hand("second", OMBUDSMAN)
    first.propose()
    second.confirm()
    answer = post(client, sealed)
    assert (answer.status_code, answer.json()["error"]) == (410, "erased")
    assert Message.objects.count() == 0


# Who may


def test_whoever_proposed_never_confirms(thread: Thread) -> None:
    both = hand("both", OMBUDSMAN)
    assert both.propose().status_code == 204
    assert both.confirm().json() == {"error": "same_person"}
    assert hand("colleague", OMBUDSMAN).confirm().status_code == 204


def test_an_officer_of_two_desks_is_still_one_person(thread: Thread) -> None:
    visitor = at_work("two-desks", REGION, OMBUDSMAN)
    first = Hand(visitor, opened(visitor, thread, REGION))
    assert first.propose().status_code == 204
    other = Hand(visitor, replace(first.case, desk=desk_keys(OMBUDSMAN)))
    assert other.confirm().json() == {"error": "same_person"}
    assert other.send("refuse", other.decision("refused", other.shown, other.sealed())).status_code == 403


@pytest.mark.parametrize("desk", [REGION, COMMITTEE])
def test_no_other_desk_confirms_or_refuses(proposer: Hand, desk: str, thread: Thread) -> None:
    if desk == COMMITTEE:
        assert proposer.visitor.post(f"{proposer.case.url}/grants", proposer.case.grant_to(desk)).status_code == 200
    proposer.propose()
    other = hand("another", desk)
    assert other.confirm().json() == {"error": "not_your_desk"}
    assert other.send("refuse", other.decision("refused", other.shown, other.sealed())).status_code == 403
    assert Erasure.objects.get().outcome == ""


def test_a_desk_that_does_not_hold_it_proposes_nothing(outsider: Visitor, proposer: Hand) -> None:
    body = proposer.proposal()
    assert outsider.post(f"{proposer.case.url}/erasure", body).status_code == 404
    assert Erasure.objects.count() == 0


def test_an_appeal_that_the_ombudsman_does_not_hold_cannot_be_proposed(client: Client, officer: Visitor) -> None:
    assert post(client, Child().seal(desks=(REGION, COMMITTEE))).status_code == 201
    found = opened(officer, Thread.objects.get())
    assert Hand(officer, found).propose().json() == {"error": "nobody_to_confirm"}
    assert Erasure.objects.count() == 0


def test_the_proposer_s_desk_withdraws_and_nobody_else(proposer: Hand, second: Hand) -> None:
    proposer.propose()
    assert second.send("withdraw", second.decision("withdrawn", second.shown)).json() == {"error": "not_your_desk"}
    colleague = hand("a-colleague", REGION)
    assert colleague.send("withdraw", colleague.decision("withdrawn", colleague.shown)).status_code == 204
    assert second.shown is None
    assert second.send("confirm", second.case.act("x")).json() == {"error": "not_proposed"}
    assert proposer.propose(number=1).status_code == 204


def test_a_refusal_has_its_words_and_the_appeal_stays(proposer: Hand, second: Hand) -> None:
    proposer.propose()
    shown = second.shown
    assert second.send("refuse", second.decision("refused", shown)).status_code == 400
    assert second.send("refuse", second.decision("refused", shown, second.sealed("Жоқ"))).status_code == 204
    told = proposer.shown
    assert (told["refused"], open_letter(unb64(told["refusal"]), proposer.case.seed)["text"]) == (True, "Жоқ")
    assert Message.objects.count() == 1
    assert [row["erasing"] for row in second.visitor.get("/desk/api/inbox").json()["threads"]] == [False]
    assert second.confirm(shown).json() == {"error": "not_proposed"}


# Signatures


def test_a_reason_is_the_pack_s_and_everything_said_is_signed(proposer: Hand) -> None:
    assert proposer.propose("boredom").status_code == 400
    body = proposer.proposal()
    for change in ({"why": "expired"}, {"words": b64(proposer.sealed("басқа"))}, {"signature": b64(bytes(64))}):
        assert proposer.send("", body | change).json()["error"] == "bad_signature"
    assert proposer.send("", {key: value for key, value in body.items() if key != "signature"}).status_code == 400
    assert proposer.send("", body | {"words": b64(b"readable")}).status_code == 400
    assert proposer.send("", proposer.proposal(number=1)).json()["error"] == "bad_signature"
    assert Erasure.objects.count() == 0


def test_a_proposal_that_was_signed_by_somebody_else_is_refused(proposer: Hand) -> None:
    body = proposer.proposal()
    assert hand("a-colleague", REGION).send("", body).json() == {"error": "bad_signature"}


def test_a_withdrawn_proposal_is_not_sent_again(proposer: Hand) -> None:
    body = proposer.proposal()
    assert proposer.send("", body).status_code == 204
    assert proposer.send("", body).json() == {"error": "already_proposed"}
    proposer.send("withdraw", proposer.decision("withdrawn", proposer.shown))
    assert proposer.send("", body).json() == {"error": "bad_signature"}


def test_a_confirmation_fits_no_other_proposal_and_no_other_appeal(
    proposer: Hand, second: Hand, client: Client
) -> None:
    proposer.propose()
    old = second.decision("confirmed", second.shown)
    proposer.send("withdraw", proposer.decision("withdrawn", proposer.shown))
    proposer.propose(number=1)
    assert second.send("confirm", old).json() == {"error": "bad_signature"}

    assert post(client, Child().seal(desks=(REGION, OMBUDSMAN))).status_code == 201
    other = Thread.objects.exclude(pk=proposer.case.thread["id"]).get()
    assert Hand(proposer.visitor, opened(proposer.visitor, other)).propose().status_code == 204
    good = second.decision("confirmed", second.shown)
    there = Hand(second.visitor, opened(second.visitor, other, OMBUDSMAN))
    assert there.send("confirm", good).json() == {"error": "bad_signature"}
    assert Thread.objects.filter(erased_at=None).count() == 2


def test_a_refusal_is_no_confirmation(proposer: Hand, second: Hand) -> None:
    proposer.propose()
    shown, words = second.shown, second.sealed()
    assert second.send("confirm", second.decision("refused", shown, words)).json() == {"error": "bad_signature"}
    assert second.send("confirm", second.decision("withdrawn", shown)).json() == {"error": "bad_signature"}


# Steps, accidents and races


def test_each_step_is_an_event_of_the_desk_and_an_audit_row_of_the_officer(proposer: Hand, second: Hand) -> None:
    proposer.propose()
    proposer.send("withdraw", proposer.decision("withdrawn", proposer.shown))
    proposer.propose("demand", number=1)
    second.send("refuse", second.decision("refused", second.shown, second.sealed()))
    proposer.propose("expired", number=2)
    second.confirm()
    expected = [
        (f"erasure-{step}", f"{seat} {reason}")
        for step, seat, reason in [
            ("proposed", f"{REGION}/1", "court"),
            ("withdrawn", f"{REGION}/1", "court"),
            ("proposed", f"{REGION}/1", "demand"),
            ("refused", f"{OMBUDSMAN}/1", "demand"),
            ("proposed", f"{REGION}/1", "expired"),
            ("confirmed", f"{OMBUDSMAN}/1", "expired"),
        ]
    ]
    events = Event.objects.filter(kind__in=STEPS).order_by("id")
    assert [(event.kind, event.detail) for event in events] == expected
    assert all(len(event.signature) == 64 for event in events)
    audited = AuditRow.objects.filter(act__in=STEPS).order_by("id")
    assert [(row.act, row.detail) for row in audited] == expected
    assert {row.actor for row in audited} == {f"officer:{one.officer}" for one in (proposer, second)}
    assert not Erasure.objects.exclude(words=b"", refusal=b"").exists()


def test_confirmed_twice_is_confirmed_once(proposer: Hand, second: Hand) -> None:
    proposer.propose()
    body = second.decision("confirmed", second.shown)
    assert [second.send("confirm", body).status_code for _ in range(3)] == [204, 204, 204]
    assert Event.objects.filter(kind="erased").count() == 1
    assert AuditRow.objects.filter(act="erasure-confirmed").count() == 1
    assert hand_without_thread(body, second) == 404


def hand_without_thread(body: dict[str, str], second: Hand) -> int:
    """What a colleague is answered who sends the same."""
    status: int = at_work("late", OMBUDSMAN).post(f"{second.case.url}/erasure/confirm", body).status_code
    return status


def test_two_confirm_at_once_and_one_of_them_erases(proposer: Hand, second: Hand) -> None:
    proposer.propose()
    other = hand("beside", OMBUDSMAN)
    calls = [(one, one.decision("confirmed", one.shown)) for one in (second, other, second)]

    def send(call: tuple[Hand, dict[str, str]]) -> int:
        try:
            status: int = call[0].send("confirm", call[1]).status_code
            return status
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        answers = sorted(pool.map(send, calls))
    assert 204 in answers
    assert set(answers) <= {204, 404, 409, 410}
    assert Event.objects.filter(kind="erased").count() == 1
    assert Erasure.objects.filter(outcome="confirmed").count() == 1


def test_a_confirmation_that_fails_half_way_erases_nothing(
    proposer: Hand, second: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer.propose()

    def broken(*_: Any, **__: Any) -> None:
        raise OSError("full")

    monkeypatch.setattr("balaqorgau.desk.erasing.record", broken)
    assert second.confirm().status_code == 503
    assert Message.objects.count() == StoredFile.objects.count() == 1
    assert files.read(StoredFile.objects.get().name)
    assert Erasure.objects.get().outcome == ""


def test_what_the_storage_keeps_the_sweep_removes(
    proposer: Hand, second: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = StoredFile.objects.get().name
    proposer.propose()
    with monkeypatch.context() as away:

        def broken(_name: str) -> None:
            raise OSError("away")

        away.setattr(files, "destroy", broken)
        assert second.confirm().status_code == 204
    assert storages["sealed"].exists(name)
    sweep(settings.VAR, now=clock.now() + timedelta(hours=2))
    assert not storages["sealed"].exists(name)


def test_a_child_s_own_wish_ends_a_proposal_and_takes_its_words(proposer: Hand, second: Hand, thread: Thread) -> None:
    proposer.propose()
    body = second.decision("confirmed", second.shown)
    Thread.objects.update(erase_due=clock.now())
    assert second.send("confirm", body).status_code == 404
    assert actions.destroy_due(now=clock.now()) == 1
    assert bytes(Erasure.objects.get().words) == b""
    assert second.send("confirm", body).status_code == 404
    assert erasing.CONFIRMED not in Erasure.objects.values_list("outcome", flat=True)
