"""What officers write with: templates of the desk, sealed drafts, files that leave the console or are closed."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from balaqorgau.appeals.models import Event, Thread
from balaqorgau.audit.models import AuditRow
from balaqorgau.replies import actions
from balaqorgau.replies.models import ClosedFile, SealedDraft, Template
from balaqorgau.sealed import age
from tests.factories.appeals import OMBUDSMAN, REGION, Child, post
from tests.integration.desk.office import Opened, Visitor, at_work, opened

pytestmark = pytest.mark.django_db
WORDING = {"desk": REGION, "language": "kk", "title": "Сәлем", "text": "Сәлем! Хатыңды оқыдық."}
TEMPLATES = "/desk/api/templates"
MARKER = "қарлығаш-белгі"


@pytest.fixture
def case(client: Client) -> Opened:
    """An appeal with a photo, as an officer of its desk has opened it."""
    sealed = Child().seal(files=[("photo", "image/jpeg", b"\xff\xd8")], desks=(REGION, OMBUDSMAN))
    assert post(client, sealed).status_code == 201
    return opened(at_work("opener", REGION), Thread.objects.get())


@pytest.fixture
def officer(case: Opened) -> Visitor:
    """Somebody of the desk."""
    return at_work("reader", REGION)


def file_of(case: Opened) -> str:
    """The photo's door."""
    return f"{case.url}/files/{case.thread['messages'][0]['files'][0]['hash']}"


def save_draft(visitor: Visitor, case: Opened, blob: bytes) -> Any:
    """Keep unsent words."""
    return visitor.client.post(
        f"{case.url}/draft/save", blob, content_type="application/octet-stream", headers=visitor.token
    )


def sealed(words: str) -> bytes:
    """Words as the browser seals them to an officer."""
    return age.encrypt(words.encode(), [age.recipient(bytes(32))])


def acts() -> list[str]:
    """What was written down, in order."""
    return list(AuditRow.objects.order_by("id").values_list("act", flat=True))


def test_a_desk_s_template_is_made_changed_and_removed_and_each_is_written_down(officer: Visitor) -> None:
    made = officer.post(f"{TEMPLATES}/new", WORDING).json()["templates"]
    assert [(one["title"], one["desk"]) for one in made] == [("Сәлем", REGION)]
    changed = officer.post(f"{TEMPLATES}/{made[0]['id']}/change", WORDING | {"text": "Басқа сөз"}).json()["templates"]
    assert changed[0]["text"] == "Басқа сөз"
    assert officer.post(f"{TEMPLATES}/{made[0]['id']}/remove").json()["templates"] == []
    assert acts()[-3:] == ["template-added", "template-changed", "template-removed"]
    assert not AuditRow.objects.filter(detail__contains="Басқа").exists()


def test_a_template_of_another_desk_does_not_exist(officer: Visitor) -> None:
    officer.post(f"{TEMPLATES}/new", WORDING)
    outsider = at_work("outsider", "KZ-11")
    assert outsider.get(TEMPLATES).json()["templates"] == []
    number = Template.objects.get().pk
    assert outsider.post(f"{TEMPLATES}/{number}/change", WORDING).status_code == 404
    assert outsider.post(f"{TEMPLATES}/new", WORDING).status_code == 403
    assert Template.objects.get().text == WORDING["text"]


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"text": ""}, {"title": "а" * 81}, {"text": "а" * 4001}, {"language": "xx"}]
)
def test_a_template_without_words_or_with_too_many_is_refused(officer: Visitor, wrong: dict[str, str]) -> None:
    assert officer.post(f"{TEMPLATES}/new", WORDING | wrong).json()["error"] == "bad_template"
    assert not Template.objects.exists()


def test_a_script_in_a_template_comes_back_as_the_letters_it_is(officer: Visitor) -> None:
    said = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    answer = officer.post(f"{TEMPLATES}/new", WORDING | {"title": said, "text": said})
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["templates"][0]["text"] == said


def test_a_draft_comes_back_to_its_officer_and_to_nobody_else(case: Opened, officer: Visitor) -> None:
    blob = sealed(MARKER)
    assert save_draft(officer, case, blob).status_code == 200
    assert officer.get(f"{case.url}/draft").content == blob
    assert at_work("colleague", REGION).get(f"{case.url}/draft").status_code == 204
    assert at_work("outsider", "KZ-11").get(f"{case.url}/draft").status_code == 404


def test_the_newest_draft_takes_the_place_of_the_one_before_and_an_empty_one_removes_it(
    case: Opened, officer: Visitor
) -> None:
    save_draft(officer, case, sealed("one"))
    save_draft(officer, case, sealed("two"))
    assert SealedDraft.objects.count() == 1
    assert save_draft(officer, case, b"").status_code == 204
    assert not SealedDraft.objects.exists()


@pytest.mark.parametrize("blob", [MARKER.encode(), b"age-encryption.org/v1\n" + MARKER.encode(), b"x" * 81_921])
def test_words_that_are_not_sealed_or_too_long_are_no_draft(case: Opened, officer: Visitor, blob: bytes) -> None:
    assert save_draft(officer, case, blob).status_code in (400, 413, 422)
    assert not SealedDraft.objects.exists()


def test_no_word_of_a_draft_is_anywhere_in_the_database(case: Opened, officer: Visitor) -> None:
    save_draft(officer, case, sealed(MARKER))
    found = everything()
    assert MARKER.encode() not in found
    assert b"age-encryption.org/v1" in found


def everything() -> bytes:
    """Every value of every row of every table."""
    rows: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                     for row in cursor.fetchall() for value in row]  # fmt: skip
    return b"\n".join(rows)


def test_drafts_of_an_erased_appeal_are_swept_away(case: Opened, officer: Visitor) -> None:
    save_draft(officer, case, sealed("one"))
    assert actions.forget_drafts_of_erased() == 0
    Thread.objects.update(erased_at=timezone.now())
    assert actions.forget_drafts_of_erased() == 1
    assert not SealedDraft.objects.exists()


def test_why_a_file_leaves_the_console_is_written_down(case: Opened, officer: Visitor) -> None:
    assert officer.post(f"{file_of(case)}/save", {"why": "court"}).status_code == 204
    row = AuditRow.objects.get(act="file-saved")
    assert row.detail.endswith(" court")
    assert officer.post(f"{file_of(case)}/save", {"why": "curious"}).status_code == 400
    assert AuditRow.objects.filter(act="file-saved").count() == 1


def test_a_file_that_may_be_unlawful_is_closed_for_all_but_the_designated_role(case: Opened, officer: Visitor) -> None:
    assert officer.get(file_of(case)).status_code == 200
    assert officer.post(f"{file_of(case)}/close", {"seat": case.seat}).status_code == 204
    closed = officer.get(file_of(case))
    assert (closed.status_code, closed.json()["error"]) == (403, "file_closed")
    assert officer.post(f"{file_of(case)}/save", {"why": "court"}).status_code == 403
    assert at_work("ombudsman", OMBUDSMAN).get(file_of(case)).status_code == 200
    told = officer.get(case.url).json()
    assert (list(told["closed"]), told["sees_closed"]) == ([file_of(case).rsplit("/", 1)[1]], False)


def test_closing_is_an_event_and_an_audit_row_and_only_the_designated_role_takes_it_back(
    case: Opened, officer: Visitor
) -> None:
    officer.post(f"{file_of(case)}/close", {"seat": case.seat})
    officer.post(f"{file_of(case)}/close", {"seat": case.seat})
    assert (ClosedFile.objects.count(), Event.objects.filter(kind="file-closed").count()) == (1, 1)
    assert officer.post(f"{file_of(case)}/reopen", {"seat": case.seat}).json()["error"] == "not_designated"
    ombudsman = at_work("ombudsman", OMBUDSMAN)
    seat = opened(ombudsman, Thread.objects.get(), OMBUDSMAN).seat
    assert ombudsman.post(f"{file_of(case)}/reopen", {"seat": seat}).status_code == 204
    assert officer.get(file_of(case)).status_code == 200
    assert Event.objects.filter(kind="file-reopened").count() == 1
    assert acts().count("file-closed") == 2


def test_a_file_of_another_thread_cannot_be_named_here(case: Opened, officer: Visitor) -> None:
    path = f"{case.url}/files/{'A' * 43}"
    for act, body in (("save", {"why": "court"}), ("close", {"seat": case.seat}), ("reopen", {"seat": case.seat})):
        assert officer.post(f"{path}/{act}", body).status_code == 404
