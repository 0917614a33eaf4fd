"""The child comes back: reads, writes on, erases, and nobody else gets in."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

import balaqorgau
from balaqorgau.appeals import actions, files, guesses, limits, queries
from balaqorgau.appeals.models import Event, Grant, Message, StoredFile, Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.kernel.signer import Signer
from balaqorgau.sealed import age, keys, messages
from balaqorgau.sealed.appeal import open_file, open_grant, open_letter, sealed_grant
from balaqorgau.sealed.manifest import parse
from tests.factories.appeals import OMBUDSMAN, REGION, Child, desk_keys, letter_parcel, post, post_parcel, publish_desks

pytestmark = pytest.mark.django_db
OFFICER = Signer("officer", "test")


@pytest.fixture(autouse=True)
def _desks(db: None) -> None:
    publish_desks()
    guesses.misses.forget()


@pytest.fixture
def child(client: Client) -> Child:
    """A child whose appeal with a photo has arrived."""
    child = Child()
    assert (
        post(client, child.seal("бәрі жақсы емес", files=[("photo", "image/jpeg", b"\xff\xd8abc")])).status_code == 201
    )
    return child


def open_mailbox(client: Client, child: Child) -> Any:
    """What the mailbox answers."""
    return client.post("/api/mailbox", {"token": child.token}, content_type="application/json")


def seed_of(box: dict[str, Any], child: Child) -> keys.Seed:
    """The thread's seed from the child's own grant."""
    return open_grant(unb64(box["grant"]), child.keys.identity, parse(box["manifest"].encode()))


def reply(box: dict[str, Any], child: Child, *, desk: str = REGION, text: str = "жауап") -> actions.Letter:
    """A desk's answer to a thread."""
    found = desk_keys(desk)
    fields, parts = letter_parcel(
        author=found.author,
        signing=found.signing,
        commitment=unb64(box["commitment"]),
        sequence=box["next"],
        previous=unb64(box["last"]),
        seed=seed_of(box, child),
        text=text,
    )
    return actions.Letter(found.author, box["next"], unb64(fields["previous"]), unb64(fields["signature"]), parts[0][1])


def write(client: Client, child: Child, box: dict[str, Any], **changes: Any) -> Any:
    """The child writes on."""
    fields, parts = letter_parcel(
        author="child",
        signing=child.keys.signing,
        commitment=unb64(box["commitment"]),
        sequence=box["next"],
        previous=unb64(box["last"]),
        seed=seed_of(box, child),
    )
    return post_parcel(client, "/api/mailbox/messages", {"token": child.token, **fields, **changes}, parts)


def test_a_child_reads_what_it_wrote(client: Client, child: Child) -> None:
    box = open_mailbox(client, child).json()
    seed = seed_of(box, child)
    assert open_letter(unb64(box["messages"][0]["ciphertext"]), seed)["text"] == "бәрі жақсы емес"
    digest = box["messages"][0]["files"][0]["hash"]
    sealed = client.post("/api/mailbox/file", {"token": child.token, "hash": digest}, content_type="application/json")
    assert open_file(sealed.content, seed) == b"\xff\xd8abc"


def test_a_desk_reads_it_with_its_own_grant_and_no_other(client: Client, child: Child) -> None:
    thread = Thread.objects.get()
    manifest = parse(thread.manifest.encode())
    for desk in (REGION, OMBUDSMAN):
        seed = open_grant(thread.grants.get(desk=desk).ciphertext, desk_keys(desk).identity, manifest)
        assert open_letter(thread.messages.get().ciphertext, seed)["text"] == "бәрі жақсы емес"
    with pytest.raises(age.AgeError):
        open_grant(thread.grants.get(desk=REGION).ciphertext, desk_keys(OMBUDSMAN).identity, manifest)


def test_a_child_reads_the_answer_and_sees_the_steps(client: Client, child: Child) -> None:
    box = open_mailbox(client, child).json()
    thread = Thread.objects.get()
    signature = b"s" * 64
    actions.open_thread(thread, by=OFFICER, detail=f"{REGION}/1", signature=signature)
    actions.add_message(thread, reply(box, child), verify_key=desk_keys(REGION).verify_key, by=OFFICER)
    box = open_mailbox(client, child).json()
    assert open_letter(unb64(box["messages"][1]["ciphertext"]), seed_of(box, child))["text"] == "жауап"
    assert [event["kind"] for event in box["events"]] == ["received", "opened", "replied"]
    assert box["desks"][f"{REGION}/1"]["verify"] == b64(desk_keys(REGION).verify_key)


def test_a_child_writes_on_and_the_same_letter_twice_is_one(client: Client, child: Child) -> None:
    box = open_mailbox(client, child).json()
    fields, parts = letter_parcel(
        author="child",
        signing=child.keys.signing,
        commitment=unb64(box["commitment"]),
        sequence=1,
        previous=unb64(box["last"]),
        seed=seed_of(box, child),
    )
    for _ in range(2):
        answer = post_parcel(client, "/api/mailbox/messages", {**fields, "token": child.token}, parts)
        assert answer.json() == {"sequence": 1}
    assert Message.objects.count() == 2


def test_a_letter_that_is_out_of_date_is_refused_and_says_the_next_number(client: Client, child: Child) -> None:
    box = open_mailbox(client, child).json()
    assert write(client, child, box).status_code == 200
    answer = write(client, child, box)
    assert (answer.status_code, answer.json()) == (409, {"error": "out_of_date", "next": 2})


def test_a_letter_signed_by_somebody_else_is_refused(client: Client, child: Child) -> None:
    box = open_mailbox(client, child).json()
    stranger = Child()
    stranger.keys = keys.ChildKeys(**{**child.keys.__dict__, "signing": stranger.keys.signing})
    answer = write(client, stranger, box)
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_signature")


@pytest.mark.parametrize("change", [{"sequence": "x"}, {"sequence": "1" * 30}, {"previous": "AA"}, {"signature": ""}])
def test_a_broken_letter_is_refused(client: Client, child: Child, change: dict[str, str]) -> None:
    assert write(client, child, open_mailbox(client, child).json(), **change).status_code == 400


@pytest.mark.parametrize("token", ["", "AAAA", b64(bytes(32)) + "=", 7, None, ["a"], {"$ne": ""}])
def test_a_token_that_is_none_is_refused(client: Client, token: Any) -> None:
    answer = client.post("/api/mailbox", {"token": token}, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("body", ["", "[]", "null", "{", "[" * 4000, '{"token": "\\ud800"}'])
def test_a_body_that_is_no_json_object_is_refused(client: Client, body: str) -> None:
    assert client.post("/api/mailbox", body, content_type="application/json").status_code == 400


def test_a_wrong_token_looks_like_a_missing_appeal(client: Client, child: Child) -> None:
    answer = open_mailbox(client, Child())
    assert (answer.status_code, answer.json()["error"]) == (404, "no_mailbox")


def test_guessing_at_speed_is_slowed_down_but_a_whole_school_gets_through(
    client: Client, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "time", SimpleNamespace(monotonic=lambda: 90.0))
    statuses = [open_mailbox(client, Child()).status_code for _ in range(guesses.MISSES_A_MINUTE + 5)]
    assert statuses.count(404) == guesses.MISSES_A_MINUTE
    assert statuses[-5:] == [429] * 5
    assert [open_mailbox(client, child).status_code for _ in range(50)] == [200] * 50
    assert post(client, Child().seal()).status_code == 201


def test_only_the_metrics_door_asks_for_an_address() -> None:
    asking = [path.name for path in Path(balaqorgau.__file__).parent.rglob("*.py") if "REMOTE_ADDR" in path.read_text()]
    assert asking == ["health.py"]


def erase(client: Client, child: Child, act: str, count: int) -> Any:
    """The child asks to erase, or withdraws it."""
    signed = messages.erase_bytes(commitment=Thread.objects.get().commitment, act=act, count=count)
    body = {"token": child.token, "act": act, "signature": b64(messages.sign(child.keys.signing, signed))}
    return client.post("/api/mailbox/erase", body, content_type="application/json")


def test_erasing_hides_at_once_and_destroys_when_the_day_has_come(client: Client, child: Child) -> None:
    due = erase(client, child, "erase", 0).json()["due"]
    region = desk_keys(REGION)
    prints = [keys.desk_fingerprint(region.recipient.recipient, region.verify_key)]
    assert not queries.threads_granted_to(prints).exists()
    assert set(open_mailbox(client, child).json()) == {"commitment", "erase"}
    assert actions.destroy_due(now=clock.now()) == 0
    later = clock.now() + timedelta(days=15)
    assert due < later.timestamp()
    assert actions.destroy_due(now=later) == 1
    assert actions.destroy_due(now=later) == 0
    assert not Message.objects.exists()
    assert not Grant.objects.exists()
    assert not StoredFile.objects.exists()
    assert open_mailbox(client, child).status_code == 410
    assert [event.kind for event in Event.objects.all()] == ["received", "erase-asked", "erased"]


def test_erasing_can_be_withdrawn_and_an_old_signature_does_nothing(client: Client, child: Child) -> None:
    erase(client, child, "erase", 0)
    assert erase(client, child, "withdraw", 1).json() == {"due": None}
    assert erase(client, child, "erase", 0).status_code == 400
    assert open_mailbox(client, child).json()["messages"]


def test_nobody_else_can_erase(client: Client, child: Child) -> None:
    signed = messages.erase_bytes(commitment=Thread.objects.get().commitment, act="erase", count=0)
    body = {"token": child.token, "act": "erase", "signature": b64(messages.sign(Child().keys.signing, signed))}
    assert client.post("/api/mailbox/erase", body, content_type="application/json").status_code == 400
    assert Thread.objects.get().erase_due is None


def test_a_hidden_thread_takes_no_letter(client: Client, child: Child) -> None:
    box = open_mailbox(client, child).json()
    erase(client, child, "erase", 0)
    assert write(client, child, box).status_code == 410


def test_two_officers_at_once_the_second_is_told(client: Client, child: Child) -> None:
    box = open_mailbox(client, child).json()
    thread, key = Thread.objects.get(), desk_keys(REGION).verify_key
    first, second = reply(box, child), reply(box, child, text="басқа жауап")
    actions.add_message(thread, first, verify_key=key, by=OFFICER)
    with pytest.raises(Refused) as refused:
        actions.add_message(thread, second, verify_key=key, by=OFFICER)
    assert refused.value.code == "out_of_date"


def test_referring_gives_one_more_grant_that_the_new_desk_can_open(client: Client, child: Child) -> None:
    box, thread = open_mailbox(client, child).json(), Thread.objects.get()
    giver, receiver = desk_keys(REGION), desk_keys("KZ-11")
    manifest = parse(thread.manifest.encode())
    sealed = sealed_grant(seed_of(box, child), manifest.core(), receiver.recipient)
    signed = messages.grant_bytes(
        commitment=thread.commitment, giver=f"{REGION}/1", receiver="KZ-11/1", digest=age.digest(sealed)
    )
    grant = actions.NewGrant(
        "KZ-11",
        1,
        keys.desk_fingerprint(receiver.recipient.recipient, receiver.verify_key),
        sealed,
        f"{REGION}/1",
        messages.sign(giver.signing, signed),
    )
    for _ in range(2):
        actions.refer(thread, grant, verify_key=giver.verify_key, by=OFFICER)
    assert open_grant(thread.grants.get(desk="KZ-11").ciphertext, receiver.identity, manifest)
    assert Event.objects.filter(kind="referred").count() == 1
    forged = actions.NewGrant(**{**grant.__dict__, "signature": bytes(64), "desk": "committee"})
    with pytest.raises(Refused):
        actions.refer(thread, forged, verify_key=giver.verify_key, by=OFFICER)


def test_a_spoilt_grant_of_one_desk_stands_in_no_other_desk_s_way(client: Client, child: Child) -> None:
    box, thread = open_mailbox(client, child).json(), Thread.objects.get()
    receiver = desk_keys("KZ-11")
    mark = keys.desk_fingerprint(receiver.recipient.recipient, receiver.verify_key)
    good = sealed_grant(seed_of(box, child), parse(thread.manifest.encode()).core(), receiver.recipient)
    spoilt = age.encrypt(b"nothing" * 90, [receiver.recipient.recipient])
    for desk, sealed in ((REGION, spoilt), (OMBUDSMAN, good)):
        giver = desk_keys(desk)
        signed = messages.grant_bytes(
            commitment=thread.commitment, giver=f"{desk}/1", receiver="KZ-11/1", digest=age.digest(sealed)
        )
        grant = actions.NewGrant("KZ-11", 1, mark, sealed, f"{desk}/1", messages.sign(giver.signing, signed))
        actions.refer(thread, grant, verify_key=giver.verify_key, by=OFFICER)
    held = [bytes(row.ciphertext) for row in thread.grants.filter(desk="KZ-11").order_by("id")]
    assert held == [spoilt, good]


def test_a_thread_has_room_for_what_a_phone_can_fetch_and_no_more(
    client: Client, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_WRITTEN_BYTES", 12_000)
    statuses = [write(client, child, open_mailbox(client, child).json()).status_code for _ in range(3)]
    assert statuses == [200, 413, 413]
    assert Message.objects.count() == 2


def test_a_long_body_is_refused_before_it_is_read(client: Client, child: Child) -> None:
    for door in ("mailbox", "mailbox/file", "mailbox/erase"):
        body = '{"token": "' + "x" * 5000 + '"}'
        answer = client.post(f"/api/{door}", body, content_type="application/json")
        assert (door, answer.status_code, answer.json()["error"]) == (door, 413, "too_large")


def test_a_letter_whose_photo_cannot_be_kept_is_refused_kindly(
    client: Client, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_data: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "keep", full)
    box = open_mailbox(client, child).json()
    fields, parts = letter_parcel(
        author="child",
        signing=child.keys.signing,
        commitment=unb64(box["commitment"]),
        sequence=box["next"],
        previous=unb64(box["last"]),
        seed=seed_of(box, child),
        files=[b"photo"],
    )
    answer = post_parcel(client, "/api/mailbox/messages", {"token": child.token, **fields}, parts)
    assert (answer.status_code, answer.json()["error"]) == (503, "storage_full")
    assert Message.objects.count() == 1
