"""What nobody's phone would send: every lie has a code, nothing of it is stored, and honest appeals still get through."""

import json
import struct
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from balaqorgau.appeals import files, intake, limits, routes
from balaqorgau.appeals.models import Event, Grant, Message, StoredFile, Thread
from balaqorgau.appeals.submission import Parcel, check
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64
from balaqorgau.sealed import parcel
from balaqorgau.sealed.appeal import SealedAppeal, open_grant, open_letter
from balaqorgau.sealed.manifest import parse
from tests.factories.appeals import OMBUDSMAN, REGION, Child, desk_keys, post, publish_desks

pytestmark = pytest.mark.django_db
ADDRESS = "/api/appeals"
LATER = {429, 503}
KEPT = (Thread, Message, StoredFile, Grant, Event)
PHOTO = [("photo", "image/jpeg", b"\xff\xd8" * 500)]


@pytest.fixture(autouse=True)
def _desks(db: None) -> Iterator[None]:
    publish_desks()
    before = stored_files()
    yield
    named = set(StoredFile.objects.values_list("name", flat=True))
    assert {path for path in stored_files() - before if path not in named} == set()


def stored_files() -> set[str]:
    """The names of every sealed file on disk."""
    root = settings.VAR / "files"
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def framed(head: bytes, rest: bytes = b"") -> bytes:
    """A head with its length before it and bytes behind it."""
    return struct.pack(">I", len(head)) + head + rest


def head_of(fields: object, parts: object) -> bytes:
    """A head that says whatever it wants."""
    return json.dumps({"fields": fields, "parts": parts}).encode()


def throw(client: Client, body: bytes, **more: Any) -> Any:
    """Send bytes as an appeal."""
    return client.generic("POST", ADDRESS, body, content_type=parcel.CONTENT_TYPE, **more)


def check_refused(answer: Any, code: str, status: int) -> None:
    """It was refused with this code, and no row or file is there."""
    assert (answer.json()["error"], answer.status_code) == (code, status)
    check_nothing_kept()


def check_nothing_kept() -> None:
    """No row of any table; the fixture above looks for files that no row names."""
    assert [model.__name__ for model in KEPT if model.objects.exists()] == []


def several(sealed: SealedAppeal, parts: Sequence[tuple[str, bytes]]) -> bytes:
    """An honest appeal with more parts than it has."""
    return parcel.dumps(parcel.Parcel(sealed.form(), [*sealed.parts(), *parts]))


# Parts


@pytest.mark.parametrize("count", [65, 1000])
def test_a_thousand_parts_are_not_read(client: Client, count: int) -> None:
    body = several(Child().seal(), [("file", b"x")] * count)
    check_refused(throw(client, body), "bad_request", 400)


def test_a_thousand_empty_parts_in_a_small_head_are_not_read(client: Client) -> None:
    check_refused(throw(client, framed(head_of({}, [["f", 0]] * 1000))), "bad_request", 400)


def test_as_many_files_as_a_parcel_can_hold_are_too_many(client: Client) -> None:
    body = several(Child().seal(), [("file", b"x")] * 50)
    check_refused(throw(client, body), "too_many_files", 413)


def test_grants_that_nobody_asked_for_are_refused(client: Client) -> None:
    sealed = Child().seal()
    check_refused(throw(client, several(sealed, [("grant", sealed.grants[0])])), "mismatch", 400)


# Heads


@pytest.mark.parametrize("size", [parcel.LONGEST_HEAD + 1, 2**31, 2**32 - 1])
def test_a_head_that_is_too_long_is_not_read(client: Client, size: int) -> None:
    body = struct.pack(">I", size) + b" " * (parcel.LONGEST_HEAD + 1)
    check_refused(throw(client, body), "bad_request", 400)


def test_an_honest_head_of_one_byte_too_many_is_refused_and_one_less_is_read(client: Client) -> None:
    sealed = Child().seal()
    head = head_of(sealed.form(), [[name, len(data)] for name, data in sealed.parts()])
    parts = b"".join(data for _, data in sealed.parts())
    check_refused(throw(client, framed(head.ljust(parcel.LONGEST_HEAD + 1), parts)), "bad_request", 400)
    assert throw(client, framed(head.ljust(parcel.LONGEST_HEAD), parts)).status_code == 201


@pytest.mark.parametrize("body", [b"", b"\0", b"\0\0\0\0", b"\0\0\0\2", b"\0\0\0\2{}", b"\0\0\0\1{", b"\xff" * 4])
def test_bytes_without_a_head_are_refused(client: Client, body: bytes) -> None:
    check_refused(throw(client, body), "bad_request", 400)


@pytest.mark.parametrize(
    "head",
    [
        b"[]",
        b"null",
        b'{"fields":{}}',
        b'{"fields":{},"parts":[],"more":1}',
        b'{"fields":{},"parts":{}}',
        b'{"fields":[],"parts":[]}',
        b"\xff\xfe" * 8,
        b"[" * 60_000,
        b'{"fields":{},"parts":[["payload",' + b"9" * 5000 + b"]]}",
        b'{"fields":{},"parts":[["payload",1e400]]}',
        b'{"fields":{},"parts":[["payload",NaN]]}',
    ],
    ids=lambda head: repr(head[:36]),
)
def test_a_head_of_another_shape_is_refused(client: Client, head: bytes) -> None:
    check_refused(throw(client, framed(head)), "bad_request", 400)


@pytest.mark.parametrize("length", [-1, -(2**63), 2**63, 2**200, 1.5, True, None, "4", [4], {}])
def test_a_length_that_is_none_is_refused(client: Client, length: object) -> None:
    check_refused(throw(client, framed(head_of({}, [["payload", length]]), b"data")), "bad_request", 400)


@pytest.mark.parametrize("lengths", [[5], [3], [2, 1], [2, 3], [4, -4, 4], [0], []])
def test_lengths_that_lie_are_refused(client: Client, lengths: list[int]) -> None:
    parts = [["payload", length] for length in lengths]
    check_refused(throw(client, framed(head_of({}, parts), b"data")), "bad_request", 400)


@pytest.mark.parametrize("tail", [b"\0", b"x" * 5000])
def test_bytes_behind_the_last_part_are_refused(client: Client, tail: bytes) -> None:
    check_refused(throw(client, Child().seal().body() + tail), "bad_request", 400)


@pytest.mark.parametrize("cut", [1, 100, 4000])
def test_bytes_that_are_missing_at_the_end_are_refused(client: Client, cut: int) -> None:
    check_refused(throw(client, Child().seal().body()[:-cut]), "bad_request", 400)


# Fields


@pytest.mark.parametrize("name", ["manifest", "ledger_key", "nonce", "signature"])
@pytest.mark.parametrize("value", [1, None, [], {}, True])
def test_a_field_that_is_no_text_is_refused(client: Client, name: str, value: object) -> None:
    sealed = Child().seal()
    parts = sealed.parts()
    head = head_of({**sealed.form(), name: value}, [[part, len(data)] for part, data in parts])
    check_refused(throw(client, framed(head, b"".join(data for _, data in parts))), "bad_request", 400)


@pytest.mark.parametrize("name", ["manifest", "ledger_key", "nonce", "signature"])
def test_half_a_letter_is_refused_wherever_it_stands(client: Client, name: str) -> None:
    code = "bad_manifest" if name == "manifest" else "bad_request"
    check_refused(post(client, Child().seal(), **{name: "\ud800"}), code, 400)


def test_half_a_letter_inside_of_a_manifest_is_refused(client: Client) -> None:
    sealed = Child().seal()
    broken = sealed.form()["manifest"].replace('"yes"', '"y\udfffs"')
    assert broken != sealed.form()["manifest"]
    check_refused(post(client, sealed, manifest=broken), "bad_manifest", 400)
    escaped = broken.replace("\udfff", "\\udfff")
    assert post(client, sealed, manifest=escaped).status_code == 400
    check_nothing_kept()


@pytest.mark.parametrize("nonce", ["", " 1", "1.0", "0x1", "²", "١", "1e3", "9" * 20, "9" * 5000])
def test_a_nonce_that_is_no_number_is_refused(client: Client, nonce: str) -> None:
    check_refused(post(client, Child().seal(), nonce=nonce), "bad_request", 400)


def test_one_field_of_sixty_thousand_letters_harms_nobody(client: Client) -> None:
    assert post(client, Child().seal(), more="x" * 60_000).status_code == 201


# Lengths of requests


@pytest.mark.parametrize("size", [limits.MAX_REQUEST_BYTES + 1, 17 * 1024 * 1024])
def test_a_body_over_the_limit_is_refused_and_says_the_limit(client: Client, size: int) -> None:
    answer = throw(client, bytes(size))
    check_refused(answer, "too_large", 413)
    assert answer.json()["most"] == limits.MAX_REQUEST_BYTES


@pytest.mark.parametrize("said", ["-1", "1e9", "abc", "²", "9" * 5000, "10 20", "0x10", "99999999999999999999"])
def test_a_length_that_is_no_length_is_refused(client: Client, said: str) -> None:
    check_refused(throw(client, Child().seal().body(), CONTENT_LENGTH=said), "too_large", 413)


@pytest.mark.parametrize("said", ["", "0", "100"])
def test_a_body_behind_a_shorter_length_is_not_read(client: Client, said: str) -> None:
    check_refused(throw(client, Child().seal().body(), CONTENT_LENGTH=said), "bad_request", 400)


# The same again, and many at once


def send(sealed: SealedAppeal) -> tuple[int, str]:
    """Send from a thread of its own; status and promise."""
    try:
        answer = post(Client(), sealed)
        return answer.status_code, answer.json().get("promise", "")
    finally:
        connections.close_all()


def sent_until_taken(sealed: SealedAppeal) -> list[int]:
    """What a page does: try again as long as the answer says that it helps."""
    statuses: list[int] = []
    while not statuses or (statuses[-1] in LATER and len(statuses) < 20):
        statuses.append(send(sealed)[0])
    return statuses


@pytest.mark.django_db(transaction=True)
def test_an_appeal_that_is_replayed_fifty_times_at_once_counts_once() -> None:
    sealed = Child().seal(files=PHOTO)
    before = stored_files()
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(send, [sealed] * 50))
    assert sorted(status for status, _ in answers) == [200] * 49 + [201]
    assert len({promise for _, promise in answers}) == 1
    assert [model.objects.count() for model in KEPT] == [1, 1, 1, 3, 1]
    assert stored_files() - before == {StoredFile.objects.get().name}


def test_two_taps_in_one_batch_keep_the_files_of_the_one_that_is_not_a_repetition(client: Client) -> None:
    """Else the row names the files that are thrown away as the repetition's, and the photo is lost."""
    sealed = Child().seal(files=PHOTO)
    found = check(
        Parcel(nonce=sealed.form()["nonce"], manifest=sealed.form()["manifest"].encode(), **rest_of(sealed)),
        deployment=settings.DEPLOYMENT,
        protection="phone",
        bits=limits.WORK_BITS,
        received=clock.now().replace(microsecond=0),
    )
    jobs = [
        intake.Job(intake.with_files_kept(found), routes.fingerprints(found.manifest)),
        intake.Job(intake.with_files_kept(found), routes.fingerprints(found.manifest)),
    ]
    receipts = intake.store(jobs)
    for job, receipt in zip(jobs, receipts, strict=True):
        if receipt.repeated:
            intake.discard(job.submission.file_names)
    assert [receipt.repeated for receipt in receipts] == [False, True]
    assert files.read(StoredFile.objects.get().name) == sealed.files[0]


def rest_of(sealed: SealedAppeal) -> dict[str, Any]:
    """The parts of a parcel that are as they were sealed."""
    form = sealed.form()
    bytes_of = {"payload": sealed.payload, "grants": sealed.grants, "files": sealed.files}
    return {"ledger_key": form["ledger_key"], "signature": form["signature"], **bytes_of}


@pytest.mark.django_db(transaction=True)
def test_a_school_s_four_hundred_at_once_all_get_through_and_open() -> None:
    texts = {f"оқушы {number}" for number in range(400)}
    sealed = [Child().seal(text) for text in sorted(texts)]
    with ThreadPoolExecutor(64) as pool:
        statuses = list(pool.map(sent_until_taken, sealed))
    assert {status for each in statuses for status in each} <= {200, 201} | LATER
    assert all(each[-1] in (200, 201) for each in statuses)
    assert Thread.objects.count() == Event.objects.count() == 400
    assert Grant.objects.count() == 400 * 3
    assert {opened(thread) for thread in Thread.objects.all()[:40]} <= texts
    assert set(Thread.objects.values_list("commitment", flat=True)) == {one.manifest.commitment() for one in sealed}


def opened(thread: Thread) -> str:
    """What a desk reads in a thread."""
    manifest = parse(thread.manifest.encode())
    seed = open_grant(thread.grants.get(desk=OMBUDSMAN).ciphertext, desk_keys(OMBUDSMAN).identity, manifest)
    return str(open_letter(thread.messages.get().ciphertext, seed)["text"])


@pytest.mark.django_db(transaction=True)
def test_honest_appeals_get_through_between_hostile_ones() -> None:
    honest = [Child().seal(files=PHOTO) for _ in range(20)]
    hostile = [framed(head_of({"manifest": "x" * 60_000}, [["file", 1]] * 40), b"x" * 40)] * 60
    hostile += [b64(bytes(200_000)).encode()] * 20

    def lie(body: bytes) -> int:
        try:
            return int(throw(Client(), body).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(32) as pool:
        lies = pool.map(lie, hostile)
        taken = list(pool.map(sent_until_taken, honest))
        assert {400 <= status < 500 for status in lies} == {True}
    assert all(each[-1] in (200, 201) for each in taken)
    assert Thread.objects.count() == StoredFile.objects.count() == 20
    assert {grant.desk for grant in Grant.objects.all()} == {REGION, OMBUDSMAN, "child"}
