"""An appeal arrives: taken once, refused with a reason, and never half."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from balaqorgau.appeals import files, intake
from balaqorgau.appeals.models import Event, Grant, Message, StoredFile, Thread
from balaqorgau.kernel.ids import b64
from balaqorgau.sealed import age, note, parcel
from tests.factories.appeals import COMMITTEE, OMBUDSMAN, REGION, Child, desk_keys, post, publish_desks

pytestmark = pytest.mark.django_db
REAL_ENCRYPT = age.encrypt


@pytest.fixture(autouse=True)
def _desks(db: None) -> None:
    publish_desks()


def stored_files() -> set[str]:
    """Every sealed file on disk."""
    root = settings.VAR / "files"
    return {str(path) for path in root.rglob("*") if path.is_file()}


def test_an_appeal_is_stored_whole_and_promised(client: Client) -> None:
    child = Child()
    sealed = child.seal(files=[("photo", "image/jpeg", b"\xff\xd8" * 500)])
    answer = post(client, sealed)
    assert answer.status_code == 201
    thread = Thread.objects.get()
    assert thread.commitment == sealed.manifest.commitment()
    assert [grant.desk for grant in thread.grants.order_by("id")] == [REGION, OMBUDSMAN, "child"]
    assert Message.objects.get().ciphertext == sealed.payload
    assert files.read(StoredFile.objects.get().name) == sealed.files[0]
    assert Event.objects.get().kind == "received"
    promise = note.verify_promise(
        answer.json()["promise"], name=settings.PROMISE_NAME, key=note.public_key(settings.PROMISE_KEY)
    )
    assert (promise.commitment, promise.mailbox) == (thread.commitment, child.keys.mailbox)


def test_the_same_appeal_again_gets_the_same_answer_and_is_counted_once(client: Client) -> None:
    sealed = Child().seal(files=[("photo", "image/jpeg", b"x" * 900)])
    first, again = post(client, sealed), post(client, sealed)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Thread.objects.count() == Message.objects.count() == Event.objects.count() == 1
    assert StoredFile.objects.count() == 1


def test_the_answer_may_not_be_cached_and_sets_no_cookie(client: Client) -> None:
    answer = post(client, Child().seal())
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


@pytest.mark.parametrize(
    ("change", "code", "status"),
    [
        ({"manifest": "{}"}, "bad_manifest", 400),
        ({"manifest": "not json"}, "bad_manifest", 400),
        ({"manifest": "[" * 5000}, "bad_manifest", 400),
        ({"ledger_key": b64(bytes(32))}, "mismatch", 400),
        ({"ledger_key": "%%%"}, "bad_request", 400),
        ({"nonce": "-1"}, "bad_request", 400),
        ({"nonce": "9" * 40}, "bad_request", 400),
        ({"signature": b64(bytes(64))}, "bad_signature", 400),
        ({"signature": "AA"}, "bad_request", 400),
        ({"payload": [b"readable text"]}, "mismatch", 400),
        ({"payload": []}, "bad_request", 400),
        ({"payload": [b"a", b"b"]}, "bad_request", 400),
        ({"signature": None}, "bad_request", 400),
        ({"grant": []}, "mismatch", 400),
        ({"file": [b"x"] * 7}, "too_many_files", 413),
        ({"file": [b"x"]}, "mismatch", 400),
    ],
)
def test_a_changed_appeal_is_refused_with_a_code_and_nothing_is_stored(
    client: Client, change: dict[str, Any], code: str, status: int
) -> None:
    answer = post(client, Child().seal(), **change)
    assert (answer.json()["error"], answer.status_code) == (code, status)
    assert not Thread.objects.exists()


def test_a_manifest_written_another_way_is_not_canonical(client: Client) -> None:
    sealed = Child().seal()
    loose = sealed.form()["manifest"].replace(",", ", ")
    assert post(client, sealed, manifest=loose).json()["error"] == "not_canonical"


def test_an_appeal_for_another_installation_is_refused(client: Client) -> None:
    answer = post(client, Child().seal(deployment=bytes(range(16))))
    assert (answer.status_code, answer.json()["error"]) == (403, "wrong_deployment")


def test_too_little_work_says_how_much_is_wanted(client: Client) -> None:
    sealed = Child().seal(bits=0)
    answer = post(client, sealed, nonce="1")
    assert (answer.status_code, answer.json()) == (428, {"error": "work_too_easy", "bits": 12})


def test_a_phone_may_not_claim_what_only_the_plain_form_does(client: Client) -> None:
    assert post(client, Child().seal(protection="server")).json()["error"] == "bad_manifest"


@pytest.mark.parametrize("desks", [(REGION, COMMITTEE, OMBUDSMAN), (OMBUDSMAN, "KZ-11", REGION), (REGION, "KZ-11"), ()])
def test_recipients_that_are_no_route_of_the_country_are_refused(client: Client, desks: tuple[str, ...]) -> None:
    answer = post(client, Child().seal(desks=desks))
    assert (answer.status_code, answer.json()["error"]) == (422, "wrong_recipients")


def test_a_part_that_the_manifest_does_not_name_is_refused(client: Client) -> None:
    sealed = Child().seal()
    broken = type(sealed)(**{**sealed.__dict__, "payload": b"plain" * 100})
    assert post(client, broken).json()["error"] == "mismatch"


def as_plain(data: bytes, _recipients: Any) -> bytes:
    """Not sealed at all."""
    return b"plain" + data


def cut(data: bytes, recipients: Any) -> bytes:
    """Sealed, and its end is missing: less than one tag is left of it."""
    return REAL_ENCRYPT(b"", recipients)[:-1] + data[:0]


def to_two(data: bytes, recipients: Any) -> bytes:
    """Sealed to somebody else as well."""
    return REAL_ENCRYPT(data, [*recipients, desk_keys(COMMITTEE).recipient.recipient])


@pytest.mark.parametrize("spoilt", [as_plain, cut, to_two])
@pytest.mark.parametrize("place", range(5), ids=["payload", "file", "grant to desk", "grant to ombudsman", "own grant"])
def test_a_part_that_is_no_age_file_is_refused_although_everything_is_signed(
    client: Client, monkeypatch: pytest.MonkeyPatch, spoilt: Any, place: int
) -> None:
    turns = iter(range(5))

    def encrypt(data: bytes, recipients: Any) -> bytes:
        return (spoilt if next(turns) == place else REAL_ENCRYPT)(data, recipients)

    monkeypatch.setattr(age, "encrypt", encrypt)
    sealed = Child().seal(files=[("photo", "image/jpeg", b"\xff\xd8" * 500)])
    answer = post(client, sealed)
    assert (answer.status_code, answer.json()["error"]) == (400, "not_age")
    assert not Thread.objects.exists()


def test_a_file_over_the_limit_is_refused_before_anything_is_kept(client: Client) -> None:
    before = stored_files()
    answer = post(client, Child().seal(files=[("photo", "image/jpeg", bytes(3 * 1024 * 1024))]))
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")
    assert stored_files() == before


def test_a_truncated_request_is_refused(client: Client) -> None:
    body = Child().seal().body()
    answer = client.post("/api/appeals", data=body[: len(body) // 2], content_type=parcel.CONTENT_TYPE)
    assert answer.status_code == 400
    assert not Thread.objects.exists()


def test_only_post_is_answered(client: Client) -> None:
    assert client.get("/api/appeals").status_code == 405


def test_a_full_disk_says_so_and_leaves_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_data: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "keep", full)
    answer = post(client, Child().seal(files=[("photo", "image/jpeg", b"x")]))
    assert (answer.status_code, answer.json()["error"]) == (503, "storage_full")
    assert answer.headers["Retry-After"]
    assert not Thread.objects.exists()


def test_an_erased_appeal_sent_again_stays_erased(client: Client) -> None:
    sealed = Child().seal()
    post(client, sealed)
    Thread.objects.update(erased_at="2026-01-01T00:00:00Z")
    assert post(client, sealed).status_code == 410


@pytest.mark.django_db(transaction=True)
def test_sixty_four_at_once_are_all_stored(client: Client) -> None:
    sealed = [Child().seal() for _ in range(64)]

    def send(one: Any) -> int:
        try:
            return int(post(Client(), one).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(32) as pool:
        statuses = list(pool.map(send, sealed))
    assert statuses == [201] * 64
    assert Thread.objects.count() == 64
    assert Grant.objects.count() == 64 * 3


@pytest.mark.django_db(transaction=True)
def test_one_appeal_sent_by_thirty_two_taps_at_once_is_counted_once() -> None:
    sealed = Child().seal()

    def send(_turn: int) -> int:
        try:
            return int(post(Client(), sealed).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(32) as pool:
        statuses = sorted(pool.map(send, range(32)))
    assert statuses == [200] * 31 + [201]
    assert Thread.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_bad_one_in_a_batch_does_not_spoil_the_others() -> None:
    child = Child()
    first, second = child.seal("бір"), child.seal("екі")
    assert post(Client(), first).status_code == 201
    others = [Child().seal() for _ in range(3)]

    def send(one: Any) -> int:
        try:
            return int(post(Client(), one).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(send, [second, *others]))
    assert statuses == [409, 201, 201, 201]


@pytest.mark.django_db(transaction=True)
def test_a_whole_class_that_holds_every_connection_leaves_one_for_the_writer() -> None:
    intake.writer.rest()
    pool_size = 24
    everybody = Barrier(pool_size)
    sealed = [Child().seal() for _ in range(pool_size)]

    def send(one: Any) -> int:
        try:
            Thread.objects.exists()
            everybody.wait(20)
            return int(post(Client(), one).status_code)
        finally:
            connections.close_all()

    connections.close_all()
    with ThreadPoolExecutor(pool_size) as pool:
        assert list(pool.map(send, sealed)) == [201] * pool_size
