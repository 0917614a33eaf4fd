"""What officers do: signed by their desk, written down under their own name, refused to everybody else."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from balaqorgau.accounts.models import Officer
from balaqorgau.appeals.models import Event, Grant, Message, Thread
from balaqorgau.audit.models import AuditRow
from balaqorgau.directory.models import Desk, DeskEpoch
from balaqorgau.kernel.ids import b64
from balaqorgau.sealed import messages
from tests.factories.appeals import COMMITTEE, OMBUDSMAN, REGION, Child, desk_keys, post
from tests.factories.vouching import next_epoch
from tests.integration.desk.office import Opened, Visitor, at_work, opened

pytestmark = pytest.mark.django_db


def audited(act: str) -> list[tuple[str, str]]:
    """Who did it, and its detail."""
    return list(AuditRow.objects.filter(act=act).values_list("actor", "detail"))


def signer(username: str = "of-the-desk") -> str:
    """An officer as the audit table names them."""
    return str(Officer.objects.get(username=username).signer)


# Opening


def test_opening_writes_the_desk_s_event_once_and_the_officer_s_row_each_time(
    officer: Visitor, open_thread: Opened
) -> None:
    answers = [officer.post(f"{open_thread.url}/opened", open_thread.opening()).json() for _ in range(2)]
    assert answers == [{"first": True}, {"first": False}]
    event = Event.objects.get(kind="opened")
    assert (event.by, event.detail) == (f"desk:{REGION}/1", f"{REGION}/1")
    assert audited("opened") == [(signer(), f"{REGION}/1")] * 2


def test_opening_refuses_a_signature_of_another_desk(officer: Visitor, open_thread: Opened) -> None:
    signed = messages.event_bytes(commitment=open_thread.commitment, kind="opened", actor=open_thread.seat)
    body = open_thread.opening() | {"signature": b64(messages.sign(desk_keys("KZ-11").signing, signed))}
    assert officer.post(f"{open_thread.url}/opened", body).json() == {"error": "bad_signature"}
    assert not Event.objects.filter(kind="opened").exists()
    assert audited("opened") == []


@pytest.mark.parametrize("seat", [f"{OMBUDSMAN}/1", "KZ-11/1", f"{REGION}/2", "", "child/0", "' OR 1=1 --"])
def test_nobody_speaks_for_a_desk_that_is_not_theirs(officer: Visitor, open_thread: Opened, seat: str) -> None:
    answer = officer.post(f"{open_thread.url}/opened", open_thread.opening() | {"seat": seat})
    assert (answer.status_code, answer.json()["error"]) == (403, "not_your_desk")


def test_who_was_handed_a_first_letter_or_a_thread_is_written_down(
    officer: Visitor, outsider: Visitor, open_thread: Opened
) -> None:
    subject = f"thread:{open_thread.thread['id']}"
    ids = {"ids": [open_thread.thread["id"]]}
    for visitor in (officer, outsider):
        visitor.post("/desk/api/envelopes", ids)
        visitor.get(open_thread.url)
    taken = AuditRow.objects.filter(subject=subject, act__in=("envelope-taken", "fetched"))
    assert list(taken.values_list("actor", "act")) == [
        (signer(), "fetched"),  # the fixture's
        (signer(), "envelope-taken"),
        (signer(), "fetched"),
    ]


def test_what_the_page_asks_by_itself_is_no_act_of_the_officer_s(officer: Visitor) -> None:
    officer.get("/desk/api/inbox", **{"X-Background": "1"})
    assert audited("inbox-listed") == []
    officer.get("/desk/api/inbox")
    assert audited("inbox-listed") == [(signer(), "")]


# Answering


def test_an_answer_joins_the_thread_and_is_written_down(officer: Visitor, open_thread: Opened) -> None:
    answer = officer.send(f"{open_thread.url}/messages", *open_thread.reply())
    assert answer.json() == {"sequence": 1}
    assert Message.objects.get(sequence=1).author == f"desk/{REGION}/1"
    assert Event.objects.get(kind="replied").by == f"desk:{REGION}/1"
    assert audited("answered") == [(signer(), f"{REGION}/1 1")]


def test_the_same_answer_again_is_the_same_answer(officer: Visitor, open_thread: Opened) -> None:
    fields, parts = open_thread.reply()
    first, second = (officer.send(f"{open_thread.url}/messages", fields, parts) for _ in range(2))
    assert first.json() == second.json()
    assert Message.objects.count() == 2


def test_an_answer_to_what_was_overtaken_is_refused_and_nothing_stored(officer: Visitor, open_thread: Opened) -> None:
    slow = open_thread.reply("slow")
    assert officer.send(f"{open_thread.url}/messages", *open_thread.reply("quick")).status_code == 200
    late = officer.send(f"{open_thread.url}/messages", *slow)
    assert (late.status_code, late.json()["error"]) == (409, "out_of_date")
    assert Message.objects.count() == 2
    assert len(audited("answered")) == 1


def test_an_answer_with_a_foreign_signature_is_refused(officer: Visitor, open_thread: Opened) -> None:
    fields, parts = open_thread.reply()
    answer = officer.send(f"{open_thread.url}/messages", fields | {"signature": b64(bytes(64))}, parts)
    assert answer.json()["error"] == "bad_signature"
    assert Message.objects.count() == 1


def test_an_answer_that_is_not_sealed_is_refused(officer: Visitor, open_thread: Opened) -> None:
    fields, _ = open_thread.reply()
    answer = officer.send(f"{open_thread.url}/messages", fields, [("payload", b"Hello, child")])
    assert answer.json()["error"] == "not_age"
    assert Message.objects.count() == 1


@pytest.mark.parametrize("missing", ["seat", "sequence", "previous", "signature"])
def test_an_answer_without_a_field_is_refused(officer: Visitor, open_thread: Opened, missing: str) -> None:
    fields, parts = open_thread.reply()
    answer = officer.send(f"{open_thread.url}/messages", {k: v for k, v in fields.items() if k != missing}, parts)
    assert answer.status_code == 400
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_an_answer_of_another_content_type_is_refused(officer: Visitor, open_thread: Opened, kind: str) -> None:
    answer = officer.client.post(
        f"{open_thread.url}/messages", b"seat=KZ-10%2F1", content_type=kind, headers=officer.token
    )
    assert answer.status_code == 400
    assert Message.objects.count() == 1


# Passing on


def test_passing_on_gives_one_more_desk_one_grant(officer: Visitor, open_thread: Opened, thread: Thread) -> None:
    answer = officer.post(f"{open_thread.url}/grants", open_thread.grant_to(COMMITTEE))
    assert answer.json() == {"desk": COMMITTEE, "epoch": 1}
    assert Grant.objects.get(desk=COMMITTEE).granted_by == f"{REGION}/1"
    assert Event.objects.get(kind="referred").by == f"desk:{REGION}/1"
    assert audited("passed") == [(signer(), f"{REGION}/1 to {COMMITTEE}/1")]
    assert opened(at_work("of-the-committee", COMMITTEE), thread, COMMITTEE).seed == open_thread.seed


def test_the_giving_desk_keeps_what_it_passed_on(officer: Visitor, open_thread: Opened) -> None:
    officer.post(f"{open_thread.url}/grants", open_thread.grant_to(COMMITTEE))
    assert officer.get(open_thread.url).json()["can_speak"] is True


@pytest.mark.parametrize("to", ["KZ-99/1", f"{COMMITTEE}/2", "child/0", "", "committee", "'; DROP TABLE x; --"])
def test_passing_on_to_what_is_no_desk_is_refused(officer: Visitor, open_thread: Opened, to: str) -> None:
    answer = officer.post(f"{open_thread.url}/grants", open_thread.grant_to(COMMITTEE) | {"to": to})
    assert (answer.status_code, answer.json()["error"]) == (422, "wrong_recipients")
    assert not Event.objects.filter(kind="referred").exists()


def test_passing_on_with_a_signature_for_another_desk_is_refused(officer: Visitor, open_thread: Opened) -> None:
    body = open_thread.grant_to(COMMITTEE) | {"to": "KZ-11/1"}
    assert officer.post(f"{open_thread.url}/grants", body).json()["error"] == "bad_signature"
    assert not Grant.objects.filter(desk="KZ-11").exists()


def test_passing_on_what_is_no_age_file_is_refused(officer: Visitor, open_thread: Opened) -> None:
    body = open_thread.grant_to(COMMITTEE) | {"ciphertext": b64(b"readable")}
    assert officer.post(f"{open_thread.url}/grants", body).status_code == 400


def test_passing_on_is_refused_to_an_epoch_that_is_retired(officer: Visitor, open_thread: Opened) -> None:
    body = open_thread.grant_to(COMMITTEE)
    renew(COMMITTEE)
    assert officer.post(f"{open_thread.url}/grants", body).json()["error"] == "wrong_recipients"


def renew(desk: str) -> DeskEpoch:
    """A desk's next epoch, with keys of another desk nobody uses here."""
    return next_epoch(Desk.objects.get(pk=desk), desk_keys(f"{desk} again"), after=desk_keys(desk))


def test_with_a_retired_key_a_desk_reads_and_does_not_speak(officer: Visitor, open_thread: Opened) -> None:
    fields, parts = open_thread.reply()
    renew(REGION)
    assert officer.get(open_thread.url).json()["can_speak"] is False
    assert officer.send(f"{open_thread.url}/messages", fields, parts).json()["error"] == "not_your_desk"


# Everybody else


def attempts(found: Opened) -> dict[str, Any]:
    """Every act on a thread, by the last part of its address."""
    return {"opened": found.opening(), "grants": found.grant_to(COMMITTEE)}


@pytest.mark.parametrize("act", ["opened", "grants"])
def test_an_officer_of_another_desk_cannot_act_even_with_stolen_signatures(
    outsider: Visitor, open_thread: Opened, act: str
) -> None:
    answer = outsider.post(f"{open_thread.url}/{act}", attempts(open_thread)[act])
    assert (answer.status_code, answer.json()) == (404, {"error": "no_thread"})
    assert not Event.objects.exclude(kind="received").exists()


def test_an_officer_of_another_desk_cannot_answer(outsider: Visitor, open_thread: Opened) -> None:
    assert outsider.send(f"{open_thread.url}/messages", *open_thread.reply()).status_code == 404
    assert Message.objects.count() == 1


@pytest.mark.parametrize("act", ["opened", "grants"])
def test_a_stranger_cannot_act(nobody: Visitor, open_thread: Opened, act: str) -> None:
    answer = nobody.post(f"{open_thread.url}/{act}", attempts(open_thread)[act])
    assert (answer.status_code, answer.json()) == (401, {"error": "signed_out"})


# The database


@pytest.mark.parametrize("table", ["audit_auditrow", "appeals_event"])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET at = at", "DELETE FROM {table}"])
def test_the_database_refuses_to_change_what_was_done(
    officer: Visitor, open_thread: Opened, table: str, statement: str
) -> None:
    officer.post(f"{open_thread.url}/opened", open_thread.opening())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))
    assert AuditRow.objects.filter(act="opened").count() == 1
    assert Event.objects.filter(kind="opened").count() == 1


def test_an_act_that_fails_leaves_no_row(
    officer: Visitor, open_thread: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr("balaqorgau.desk.actions.record", broken)
    with pytest.raises(DatabaseError):
        officer.send(f"{open_thread.url}/messages", *open_thread.reply())
    assert Message.objects.count() == 1
    assert not Event.objects.filter(kind="replied").exists()


def test_the_child_reads_the_desk_s_answer(client: Client, officer: Visitor, child: Child) -> None:
    assert post(client, child.seal()).status_code == 201
    found = opened(officer, Thread.objects.get())
    officer.send(f"{found.url}/messages", *found.reply("Ертең келеміз"))
    box = client.post("/api/mailbox", {"token": child.token}, content_type="application/json").json()
    assert [message["author"] for message in box["messages"]] == ["child", f"desk/{REGION}/1"]
