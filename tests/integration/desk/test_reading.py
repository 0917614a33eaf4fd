"""Who sees what: a desk sees what was sealed to it, nobody else learns that it exists."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from balaqorgau.accounts import actions as accounts
from balaqorgau.accounts.models import Officer
from balaqorgau.appeals.models import Thread
from balaqorgau.audit.models import AuditRow
from balaqorgau.directory.models import Desk
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.sealed.appeal import open_file, open_grant, open_letter
from balaqorgau.sealed.manifest import parse
from tests.factories.appeals import COMMITTEE, OMBUDSMAN, REGION, Child, desk_keys, post
from tests.integration.desk.conftest import PHOTO
from tests.integration.desk.office import Opened, Visitor, at_work, opened

pytestmark = pytest.mark.django_db


def ids(visitor: Visitor) -> list[str]:
    """The appeals in somebody's inbox, in order."""
    return [row["id"] for row in visitor.get("/desk/api/inbox").json()["threads"]]


def test_the_desk_sees_the_appeal_and_another_desk_does_not(
    officer: Visitor, outsider: Visitor, thread: Thread
) -> None:
    assert ids(officer) == [str(thread.pk)]
    assert ids(outsider) == []


def test_the_ombudsman_sees_what_any_region_gets(thread: Thread) -> None:
    assert ids(at_work("ombudsman", OMBUDSMAN)) == [str(thread.pk)]


def test_an_officer_of_two_desks_sees_the_appeals_of_both(client: Client) -> None:
    for desk in (REGION, "KZ-11"):
        assert post(client, Child().seal(desks=(desk, OMBUDSMAN))).status_code == 201
    assert len(ids(at_work("of-two", REGION, "KZ-11"))) == 2


def test_those_who_are_not_safe_come_first(client: Client, officer: Visitor) -> None:
    for safe in ("yes", "unsure", "no", ""):
        assert post(client, Child().seal(safe=safe)).status_code == 201
    rows = officer.get("/desk/api/inbox").json()["threads"]
    assert [row["safe"] for row in rows][:2] == ["no", "unsure"]


def test_another_desk_s_thread_answers_like_one_that_does_not_exist(outsider: Visitor, thread: Thread) -> None:
    hidden, missing = (outsider.get(f"/desk/api/threads/{pk}") for pk in (thread.pk, uuid4()))
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    assert hidden.status_code == 404


def test_envelopes_of_another_desk_are_left_out(officer: Visitor, outsider: Visitor, thread: Thread) -> None:
    wanted = {"ids": [str(thread.pk)]}
    assert len(officer.post("/desk/api/envelopes", wanted).json()["threads"]) == 1
    assert outsider.post("/desk/api/envelopes", wanted).json()["threads"] == []


@pytest.mark.parametrize("wrong", [None, "all", ["'; DROP TABLE x; --"], [str(uuid4())] * 26, [{}], 5])
def test_envelopes_of_what_is_no_list_of_ids_are_refused(officer: Visitor, wrong: object) -> None:
    assert officer.post("/desk/api/envelopes", {"ids": wrong}).status_code == 400


def test_an_envelope_opens_with_the_desk_s_key_alone(officer: Visitor, thread: Thread) -> None:
    envelope = officer.post("/desk/api/envelopes", {"ids": [str(thread.pk)]}).json()["threads"][0]
    seed = open_grant(unb64(envelope["grant"]), desk_keys(REGION).identity, parse(envelope["manifest"].encode()))
    assert open_letter(unb64(envelope["ciphertext"]), seed)["text"] == "Сәлем, көмек керек"


def test_nothing_that_the_server_says_of_a_thread_is_readable(officer: Visitor, open_thread: Opened) -> None:
    answers = [officer.get("/desk/api/inbox"), officer.get(open_thread.url)]
    assert all("көмек" not in answer.content.decode() for answer in answers)


def test_a_file_is_the_sealed_one_and_taking_it_is_written_down(officer: Visitor, open_thread: Opened) -> None:
    digest = open_thread.thread["messages"][0]["files"][0]["hash"]
    sealed = officer.get(f"{open_thread.url}/files/{digest}")
    assert open_file(sealed.content, open_thread.seed) == PHOTO
    assert sealed.headers["Content-Type"] == "application/octet-stream"
    row = AuditRow.objects.get(act="file-opened")
    assert row.actor == str(Officer.objects.get(username="of-the-desk").signer)


def test_a_file_of_another_thread_is_not_found(officer: Visitor, open_thread: Opened, client: Client) -> None:
    other = Child().seal(files=[("photo", "image/jpeg", b"\xff\xd8 other")], desks=("KZ-11", OMBUDSMAN))
    assert post(client, other).status_code == 201
    digest = b64(other.manifest.files[0].hash)
    assert officer.get(f"{open_thread.url}/files/{digest}").status_code == 404


@pytest.mark.parametrize("digest", ["x", "../../settings.py", "A" * 42, "%00", "A" * 5000])
def test_a_file_by_a_made_up_name_is_refused(officer: Visitor, open_thread: Opened, digest: str) -> None:
    assert officer.get(f"{open_thread.url}/files/{digest}").status_code in (400, 404)


def test_whoever_left_the_desk_reads_nothing_more(officer: Visitor, thread: Thread) -> None:
    who = Officer.objects.get(username="of-the-desk")
    accounts.leave(who, Desk.objects.get(pk=REGION), by=OPERATOR)
    assert ids(officer) == []
    assert officer.get(f"/desk/api/threads/{thread.pk}").status_code == 404
    assert officer.get("/desk/api/keys").json()["grants"] == []


def test_what_a_child_asked_to_erase_is_hidden_at_once(officer: Visitor, thread: Thread) -> None:
    Thread.objects.filter(pk=thread.pk).update(erase_due=clock.now() + timedelta(days=14))
    assert ids(officer) == []
    assert officer.get(f"/desk/api/threads/{thread.pk}").status_code == 404
    assert officer.post("/desk/api/envelopes", {"ids": [str(thread.pk)]}).json()["threads"] == []


def test_colleagues_are_named_in_the_trail_and_other_desks_by_their_desk(
    officer: Visitor, open_thread: Opened, thread: Thread
) -> None:
    officer.post(f"{open_thread.url}/opened", open_thread.opening())
    assert [row["name"] for row in officer.get(open_thread.url).json()["trail"]] == ["Officer of-the-desk"]
    guardian = opened(at_work("guardian", OMBUDSMAN), thread, OMBUDSMAN)
    assert [row["name"] for row in guardian.thread["trail"]] == [""]


def test_the_directory_names_every_desk_and_nothing_private(officer: Visitor) -> None:
    desks = officer.get("/desk/api/directory?language=ru").json()["desks"]
    assert {desk["id"] for desk in desks} == {REGION, "KZ-11", COMMITTEE, OMBUDSMAN}
    assert set(desks[0]) == {"id", "role", "name", "epoch", "recipient", "verify", "fingerprint"}


def test_an_unknown_language_falls_back_to_the_first(officer: Visitor) -> None:
    known, unknown = (officer.get(f"/desk/api/directory?language={one}").json() for one in ("kk", "<script>"))
    assert known == unknown
