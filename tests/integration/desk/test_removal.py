"""Somebody leaves a desk: their sessions end, the next key is not theirs, open appeals go over, and nothing is forgotten."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from balaqorgau.accounts.models import DeskKeyGrant, Membership, Officer
from balaqorgau.accounts.wrapping import new_desk_secret
from balaqorgau.appeals.models import Event, Grant, Thread
from balaqorgau.audit.models import AuditRow
from balaqorgau.directory import queries as directory
from balaqorgau.directory.models import Desk, Escrow, EscrowGrant
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64, unb64
from balaqorgau.sealed import age, messages
from balaqorgau.sealed.appeal import Recipient, open_grant, sealed_grant
from balaqorgau.sealed.manifest import parse
from tests.factories.appeals import REGION, Child, desk_keys, post
from tests.factories.keymaking import Made, Next, make, next_key
from tests.integration.desk.office import Opened, Visitor, at_work, hired, secret_of, sign_in, stranger

REMOVALS = "/desk/api/desk-keys/removals"


@pytest.fixture
def stayer() -> Visitor:
    """Who removes."""
    return at_work("stayer", REGION)


@pytest.fixture
def leaver() -> Visitor:
    """Who is removed, with the console open."""
    return at_work("leaver", REGION)


def officer(username: str) -> Officer:
    """An officer as they stand now."""
    return Officer.objects.get(username=username)


def removal(key: Next, *staying: str, leaver: str = "leaver") -> dict[str, Any]:
    """What the stayer's browser sends."""
    to = [(str(officer(name).pk), bytes(officer(name).recipient)) for name in staying or ("stayer",)]
    return key.body(str(officer(leaver).pk), *to)


def region_key() -> Next:
    """The region's next key."""
    return next_key(REGION, secret_of(desk_keys(REGION)))


def test_who_is_removed_is_out_at_once_everywhere(stayer: Visitor, leaver: Visitor) -> None:
    assert stayer.post(REMOVALS, removal(region_key())).json() == {"epoch": 2}
    for path in ("me", "keys", "inbox", "desk-keys"):
        assert leaver.get(f"/desk/api/{path}").status_code == 401
    assert not officer("leaver").is_active
    assert AuditRow.objects.get(act="officer-removed").detail == str(officer("leaver").signer)
    assert stayer.get("/desk/api/me").status_code == 200


def test_who_is_removed_from_one_desk_keeps_the_other_and_signs_in_anew(stayer: Visitor) -> None:
    _, login = hired("leaver", REGION, "KZ-11")
    old = stranger()
    assert sign_in(old, "leaver", login).status_code == 200
    assert stayer.post(REMOVALS, removal(region_key())).status_code == 201
    assert old.get("/desk/api/me").status_code == 401
    assert sign_in(stranger(), "leaver", login).json()["desks"] == ["KZ-11"]


def test_the_next_key_is_published_and_signed_by_the_last(stayer: Visitor, leaver: Visitor) -> None:
    key = region_key()
    stayer.post(REMOVALS, removal(key))
    epoch = directory.current_epoch(REGION)
    assert epoch is not None
    assert (epoch.epoch, epoch.signed_by) == (2, f"{REGION}/1")
    assert bytes(epoch.recipient) == key.secret.recipient
    held = stayer.get("/desk/api/keys").json()["grants"]
    assert [grant["epoch"] for grant in held] == [1, 2]
    assert not DeskKeyGrant.objects.filter(officer=officer("leaver"), epoch=epoch).exists()


def refused(stayer: Visitor, body: dict[str, Any]) -> Any:
    """The error; nothing of it happened."""
    answer = stayer.post(REMOVALS, body)
    assert officer("leaver").is_active
    epoch = directory.current_epoch(REGION)
    assert epoch is not None
    assert epoch.epoch == 1
    return answer.json()["error"]


def test_a_next_key_that_the_last_has_not_signed_removes_nobody(stayer: Visitor, leaver: Visitor) -> None:
    forged = next_key(REGION, new_desk_secret())
    assert refused(stayer, removal(forged)) == "bad_keys"
    assert refused(stayer, removal(replace(region_key(), epoch=3))) == "bad_keys"


def test_the_next_key_is_for_whoever_made_it_and_never_for_who_leaves(stayer: Visitor, leaver: Visitor) -> None:
    hired("third", REGION)
    assert refused(stayer, removal(region_key(), "third")) == "bad_keys"
    assert refused(stayer, removal(region_key(), "stayer", "leaver")) == "bad_keys"
    assert stayer.post(REMOVALS, removal(region_key(), "stayer", "third")).status_code == 201


def test_the_same_removal_again_and_one_beside_it_change_nothing(stayer: Visitor, leaver: Visitor) -> None:
    hired("third", REGION)
    body, beside = removal(region_key()), removal(region_key(), leaver="third")
    assert stayer.post(REMOVALS, body).status_code == 201
    assert stayer.post(REMOVALS, body).json()["error"] == "no_officer"
    assert stayer.post(REMOVALS, beside).json()["error"] == "bad_keys"
    assert officer("third").is_active


def test_nobody_removes_themselves_or_people_of_another_desk(stayer: Visitor, leaver: Visitor) -> None:
    at_work("outsider", "KZ-11")
    assert refused(stayer, removal(region_key(), leaver="stayer")) == "not_yourself"
    assert refused(stayer, removal(region_key(), leaver="outsider")) == "no_officer"
    outsider = at_work("other", "KZ-11")
    assert refused(outsider, removal(region_key(), "other")) == "not_your_desk"


def test_who_has_not_the_key_removes_nobody(leaver: Visitor) -> None:
    keyless = at_work("keyless", REGION)
    officer("keyless").key_grants.all().delete()
    assert refused(keyless, removal(region_key(), "keyless")) == "not_your_desk"


def test_the_next_key_goes_onto_the_sheets_that_were_printed(stayer: Visitor, leaver: Visitor) -> None:
    sheets = make(REGION)
    recipient = age.recipient(sheets.escrow)
    Escrow.objects.create(
        desk=Desk.objects.get(pk=REGION), recipient=recipient, threshold=2, sheets=3, made_at=clock.now()
    )
    key = region_key()
    sealed = key.sealed_to("", recipient)
    wrong = removal(key) | {"escrow_blob": sealed["blob"], "escrow_signature": b64(bytes(64))}
    assert refused(stayer, removal(key)) == "bad_keys"
    assert refused(stayer, wrong) == "bad_keys"
    right = {"escrow_blob": sealed["blob"], "escrow_signature": sealed["signature"]}
    assert stayer.post(REMOVALS, removal(key) | right).status_code == 201
    assert age.decrypt(bytes(EscrowGrant.objects.get().blob), sheets.escrow)


# -- open appeals go over to the next key


def renewal(open_thread: Opened, key: Next) -> dict[str, str]:
    """The thread's seed for the next key, signed by the last."""
    to = Recipient(REGION, 2, key.secret.recipient)
    grant = sealed_grant(open_thread.seed, parse(open_thread.thread["manifest"].encode()).core(), to)
    signed = messages.grant_bytes(
        commitment=open_thread.commitment, giver=f"{REGION}/1", receiver=f"{REGION}/2", digest=age.digest(grant)
    )
    signature = b64(messages.sign(open_thread.desk.signing, signed))
    return {"seat": f"{REGION}/1", "to": f"{REGION}/2", "ciphertext": b64(grant), "signature": signature}


def left(visitor: Visitor) -> dict[str, Any]:
    """What waits for the key of today."""
    return dict(visitor.get(f"/desk/api/desk-keys/renewals/{REGION}").json())


def test_an_open_appeal_is_answered_again_once_it_went_over(
    stayer: Visitor, leaver: Visitor, open_thread: Opened
) -> None:
    key = region_key()
    stayer.post(REMOVALS, removal(key))
    fields, parts = open_thread.reply()
    assert stayer.send(f"{open_thread.url}/messages", fields, parts).json()["error"] == "not_your_desk"
    assert left(stayer) == {"total": 1, "left": [open_thread.thread["id"]]}
    assert stayer.post(f"{open_thread.url}/grants", renewal(open_thread, key)).status_code == 200
    assert left(stayer) == {"total": 1, "left": []}
    found = stayer.get(open_thread.url).json()
    assert found["can_speak"] is True
    manifest = parse(found["manifest"].encode())
    assert open_grant(unb64(found["grant"]), key.secret.identity, manifest) == open_thread.seed
    assert Event.objects.filter(kind="referred", detail__contains=f"{REGION}/2").exists()
    assert stayer.get("/desk/api/inbox").json()["threads"][0]["desks"].count(REGION) == 1


def test_with_an_old_key_an_appeal_goes_to_no_other_desk(stayer: Visitor, leaver: Visitor, open_thread: Opened) -> None:
    body = open_thread.grant_to("KZ-11")
    stayer.post(REMOVALS, removal(region_key()))
    assert stayer.post(f"{open_thread.url}/grants", body).json()["error"] == "not_your_desk"
    assert not Grant.objects.filter(desk="KZ-11").exists()


# -- what was readable, told plainly


def periods(visitor: Visitor) -> list[dict[str, Any]]:
    """The history of the region's keys."""
    return list(visitor.get(f"/desk/api/desk-keys/history/{REGION}").json()["periods"])


def test_the_history_says_who_could_read_what_until_when(
    stayer: Visitor, leaver: Visitor, thread: Thread, open_thread: Opened, child: Child
) -> None:
    leaver.get(open_thread.url)
    stayer.post(REMOVALS, removal(region_key()))
    assert post(stranger().client, Child().seal(desks=(REGION,))).status_code == 201
    Grant.objects.exclude(thread=thread).update(at=clock.now() + timedelta(seconds=2))
    found = {period["username"]: period for period in periods(stayer) if period["epoch"] == 1}
    assert found["leaver"]["until"] is not None
    assert [one["id"] for one in found["leaver"]["taken"]] == [str(thread.pk)]
    assert found["stayer"]["until"] is None
    assert [(found[who]["total"], len(found[who]["taken"])) for who in ("leaver", "stayer")] == [(1, 1), (2, 0)]
    assert [one["username"] for one in periods(stayer) if one["epoch"] == 2] == ["stayer"]


def test_who_began_anew_has_a_period_that_ended_and_one_that_began(stayer: Visitor) -> None:
    found, _ = hired("forgetful", REGION)
    AuditRow.objects.create(at=clock.now(), actor="", act="identity-renewed", subject=str(found.signer))
    found.key_grants.all().delete()
    made = Made(REGION, secret_of(desk_keys(REGION)), b"")
    blob, signature = made.sealed_to(bytes(found.recipient))
    grants = [{"epoch": 1, "blob": blob, "signature": signature}]
    stayer.post("/desk/api/desk-keys/grants", {"desk": REGION, "officer": str(found.pk), "grants": grants})
    assert [one["until"] is None for one in periods(stayer) if one["username"] == "forgetful"] == [False, True]


def test_the_history_is_the_desk_s_own(stayer: Visitor) -> None:
    assert stayer.get("/desk/api/desk-keys/history/KZ-11").json()["error"] == "not_your_desk"
    assert stayer.get("/desk/api/desk-keys/renewals/KZ-11").json()["error"] == "not_your_desk"
    Membership.objects.filter(officer=officer("stayer")).update(until=clock.now())
    assert stayer.get(f"/desk/api/desk-keys/history/{REGION}").json()["error"] == "not_your_desk"
