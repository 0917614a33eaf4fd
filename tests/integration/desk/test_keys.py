"""Desks' keys: made once, published with the Ombudsman's signature, given only by those who have them."""

from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest

from balaqorgau.accounts import actions as accounts
from balaqorgau.accounts import wrapping
from balaqorgau.accounts.models import DeskKeyGrant, Invitation, Officer, Proposal
from balaqorgau.accounts.passphrases import LoginSecret
from balaqorgau.accounts.wrapping import DeskSecret
from balaqorgau.audit.models import AuditRow
from balaqorgau.directory import queries as directory
from balaqorgau.directory.models import Desk, DeskEpoch, Escrow
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64
from balaqorgau.sealed import keys, messages
from balaqorgau.signin.models import TOTP, Factor
from tests.factories.appeals import OMBUDSMAN, REGION, desk_keys
from tests.factories.keymaking import Made, grant_body, make
from tests.integration.desk.office import Visitor, at_work, hired, secret_of, sign_in, stranger

NEW = "KZ-15"
MADE = "/desk/api/desk-keys/made"
GRANTS = "/desk/api/desk-keys/grants"


@pytest.fixture
def desk() -> Desk:
    """A desk without keys."""
    return Desk.objects.create(id=NEW, role="region", territory=NEW)


@pytest.fixture
def first(desk: Desk) -> Visitor:
    """Its first officer."""
    return at_work("first", desk.pk)


@pytest.fixture
def ombudsman() -> Visitor:
    """An officer of the Ombudsman's desk, with its key."""
    return at_work("ombudsman-1", OMBUDSMAN)


def recipient_of(username: str) -> bytes:
    """An officer's public half."""
    return bytes(Officer.objects.get(username=username).recipient)


def signature(made: Made, signing: bytes) -> dict[str, str]:
    """What the Ombudsman's officer sends."""
    return {"signature": b64(messages.sign(DeskSecret(made.secret.identity, signing).signing, made.signed))}


def propose(first: Visitor, made: Made) -> Proposal:
    """The first officer finishes the ceremony."""
    assert first.post(MADE, made.body(recipient_of("first"))).json() == {"published": False}
    return Proposal.objects.get()


def sign_url(found: Proposal) -> str:
    """Where the Ombudsman's officer signs."""
    return f"/desk/api/proposals/{found.pk}/sign"


def desk_in(visitor: Visitor) -> dict[str, Any]:
    """The first desk on an officer's screen of keys."""
    return dict(visitor.get("/desk/api/desk-keys").json()["desks"][0])


def test_a_desk_opens_only_with_the_ombudsman_s_signature(first: Visitor, ombudsman: Visitor) -> None:
    made = make(NEW)
    waiting = propose(first, made)
    assert directory.current_epoch(NEW) is None
    assert desk_in(first)["state"] == "proposed"
    answer = ombudsman.post(sign_url(waiting), signature(made, desk_keys(OMBUDSMAN).signing))
    assert answer.json() == {"desk": NEW, "epoch": 1}
    epoch = directory.current_epoch(NEW)
    assert epoch is not None
    assert (epoch.signed_by, epoch.example) == ("ombudsman/1", False)
    assert desk_in(first)["state"] == "open"
    assert (Escrow.objects.get().threshold, Escrow.objects.get().sheets) == (2, 3)


def test_the_ombudsman_s_own_first_key_signs_itself() -> None:
    DeskKeyGrant.objects.all().delete()
    DeskEpoch.objects.filter(desk=OMBUDSMAN).delete()
    made = make(OMBUDSMAN)
    officer = at_work("first", OMBUDSMAN)
    assert officer.post(MADE, made.body(recipient_of("first"))).json() == {"published": True}
    epoch = directory.current_epoch(OMBUDSMAN)
    assert epoch is not None
    assert epoch.signed_by == "ombudsman/1"
    assert messages.verify(made.secret.verify_key, made.signed, bytes(epoch.signature))


def test_another_s_signature_opens_nothing(first: Visitor, ombudsman: Visitor) -> None:
    made = make(NEW)
    waiting = propose(first, made)
    for signing in (desk_keys(REGION).signing, made.secret.signing):
        assert ombudsman.post(sign_url(waiting), signature(made, signing)).json()["error"] == "bad_signature"
    assert directory.current_epoch(NEW) is None


def test_keys_that_changed_on_their_way_are_not_what_was_signed(first: Visitor, ombudsman: Visitor) -> None:
    made, swapped = make(NEW), make(NEW)
    waiting = propose(first, made)
    seen = signature(made, desk_keys(OMBUDSMAN).signing)
    Proposal.objects.update(recipient=swapped.secret.recipient, verify_key=swapped.secret.verify_key)
    assert ombudsman.post(sign_url(waiting), seen).json()["error"] == "bad_signature"
    assert directory.current_epoch(NEW) is None


def test_only_the_ombudsman_s_officers_sign(first: Visitor) -> None:
    made = make(NEW)
    waiting = propose(first, made)
    said = signature(made, desk_keys(OMBUDSMAN).signing)
    for visitor, status in ((stranger(), 401), (first, 403), (at_work("region", REGION), 403)):
        assert visitor.post(sign_url(waiting), said).status_code == status
    assert directory.current_epoch(NEW) is None


def test_an_ombudsman_s_officer_without_the_key_does_not_sign(first: Visitor, ombudsman: Visitor) -> None:
    made = make(NEW)
    waiting = propose(first, made)
    DeskKeyGrant.objects.filter(officer__username="ombudsman-1").delete()
    assert ombudsman.post(sign_url(waiting), signature(made, desk_keys(OMBUDSMAN).signing)).status_code == 403


def test_a_desk_s_first_key_is_made_once(first: Visitor) -> None:
    propose(first, make(NEW))
    assert first.post(MADE, make(NEW).body(recipient_of("first"))).json()["error"] == "bad_keys"
    busy = at_work("busy", REGION)
    assert busy.post(MADE, make(REGION).body(recipient_of("busy"))).json()["error"] == "bad_keys"


@pytest.mark.parametrize(
    "part", ["signature", "grant_signature", "recipient", "verify", "blob", "escrow_recipient", "escrow_blob"]
)
def test_a_key_of_which_a_part_was_exchanged_is_refused(first: Visitor, part: str) -> None:
    body, other = (make(NEW).body(recipient_of("first")) for _ in range(2))
    exchanged = other[part] if part != "escrow_recipient" else b64(b"\xff" * 1216)
    assert first.post(MADE, body | {part: exchanged}).json()["error"] == "bad_keys"
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"threshold": 1},
        {"threshold": 4},
        {"sheets": 17},
        {"threshold": True},
        {"verify": "AA"},
        {"blob": 1},
        {"desk": None},
    ],
)
def test_a_key_that_makes_no_sense_is_refused(first: Visitor, change: dict[str, Any]) -> None:
    assert first.post(MADE, make(NEW).body(recipient_of("first")) | change).json()["error"] == "bad_request"


def test_a_key_is_made_by_those_of_the_desk(first: Visitor) -> None:
    outsider = at_work("other", "KZ-11")
    body = make(NEW).body(recipient_of("other"))
    assert outsider.post(MADE, body).json()["error"] == "not_your_desk"
    assert stranger().post(MADE, body).status_code == 401


def test_a_key_that_waits_is_given_up_by_its_desk_or_refused_by_the_ombudsman(
    first: Visitor, ombudsman: Visitor
) -> None:
    for visitor in (first, ombudsman):
        waiting = propose(first, make(NEW))
        assert (
            at_work(f"o{uuid4().hex[:6]}", REGION).post(f"/desk/api/proposals/{waiting.pk}/withdraw").status_code == 403
        )
        assert visitor.post(f"/desk/api/proposals/{waiting.pk}/withdraw").status_code == 204
        assert not Proposal.objects.exists()


# -- giving a key to a colleague


@pytest.fixture
def giver() -> Visitor:
    """An officer with the region's key."""
    return at_work("giver", REGION)


@pytest.fixture
def newcomer() -> Officer:
    """A colleague who has not got it yet."""
    officer, _ = hired("newcomer", REGION)
    officer.key_grants.all().delete()
    return officer


def region_keys() -> Made:
    """The region's keys as its officers have them."""
    return Made(REGION, secret_of(desk_keys(REGION)), b"")


def give(visitor: Visitor, officer: Officer, recipient: bytes) -> Any:
    """A colleague's browser seals the key to a recipient."""
    return visitor.post(GRANTS, grant_body(region_keys(), str(officer.pk), recipient))


def test_a_colleague_gives_the_key(giver: Visitor, newcomer: Officer) -> None:
    assert give(giver, newcomer, bytes(newcomer.recipient)).json() == {"granted": 1}
    assert DeskKeyGrant.objects.filter(officer=newcomer).count() == 1
    assert AuditRow.objects.filter(act="desk-key-granted", detail=str(newcomer.signer)).exists()
    assert give(giver, newcomer, bytes(newcomer.recipient)).json() == {"granted": 0}


def test_a_public_key_that_was_swapped_after_it_was_compared_is_refused(giver: Visitor, newcomer: Officer) -> None:
    compared = bytes(newcomer.recipient)
    Officer.objects.filter(pk=newcomer.pk).update(recipient=wrapping.recipient_of(wrapping.new_identity()))
    assert give(giver, newcomer, compared).json()["error"] == "bad_signature"
    assert not DeskKeyGrant.objects.filter(officer=newcomer).exists()


def test_a_grant_for_somebody_else_is_no_grant(giver: Visitor, newcomer: Officer) -> None:
    other, _ = hired("other", REGION)
    body = grant_body(region_keys(), str(other.pk), bytes(other.recipient))
    assert giver.post(GRANTS, body | {"officer": str(newcomer.pk)}).json()["error"] == "bad_signature"


def test_an_old_grant_is_worth_nothing_after_somebody_began_anew(giver: Visitor, newcomer: Officer) -> None:
    body = grant_body(region_keys(), str(newcomer.pk), bytes(newcomer.recipient))
    assert giver.post(GRANTS, body).json() == {"granted": 1}
    accounts.begin_anew(newcomer, fresh(newcomer.username))
    assert giver.post(GRANTS, body).json()["error"] == "bad_signature"
    assert not DeskKeyGrant.objects.filter(officer=newcomer).exists()


def fresh(username: str) -> accounts.NewOfficer:
    """New keys for an officer who lost their passphrase."""
    identity = wrapping.new_identity()
    return accounts.NewOfficer(
        username=username,
        display_name=username,
        language="kk",
        login=LoginSecret(b"n" * 32),
        recipient=wrapping.recipient_of(identity),
        salt=bytes(16),
        cost=accounts.Cost(),
        wrapped_identity=wrapping.wrap_identity(identity, wrapping.UnlockingKey(bytes(32))),
    )


def test_without_the_desk_s_private_keys_nobody_grants_themselves(newcomer: Officer) -> None:
    visitor = stranger()
    _, login = hired("keyless", REGION)
    Officer.objects.get(username="keyless").key_grants.all().delete()
    assert sign_in(visitor, "keyless", login).status_code == 200
    forged = Made(REGION, wrapping.new_desk_secret(), b"")
    for officer in ("keyless", "newcomer"):
        found = Officer.objects.get(username=officer)
        body = grant_body(forged, str(found.pk), bytes(found.recipient))
        assert visitor.post(GRANTS, body).json()["error"] == "bad_signature"
    assert visitor.get("/desk/api/inbox").json()["threads"] == []


def test_a_key_is_given_within_a_desk_alone(giver: Visitor, newcomer: Officer) -> None:
    outsider, _ = hired("outsider", "KZ-11")
    assert give(giver, outsider, bytes(outsider.recipient)).json()["error"] == "no_officer"
    body = grant_body(region_keys(), str(newcomer.pk), bytes(newcomer.recipient))
    assert at_work("stranger", "KZ-11").post(GRANTS, body).json()["error"] == "not_your_desk"


def test_what_the_sheets_open_is_for_the_desk_and_is_written_down(giver: Visitor) -> None:
    assert giver.get(f"/desk/api/desk-keys/sheets/{REGION}").json() == {"grants": []}
    assert AuditRow.objects.filter(act="sheets-taken", actor=str(Officer.objects.get(username="giver").signer)).exists()
    assert giver.get("/desk/api/desk-keys/sheets/KZ-11").status_code == 403


# -- inviting


def link_secret(visitor: Visitor, **changes: str) -> tuple[bytes, Any]:
    """An officer's browser makes a link; its secret stays there."""
    secret = b"s" * 24
    mark = sha256(keys.derive(secret, "invitation")).digest()
    body = {"desk": REGION, "name": "Дана", "language": "kk", "officer": "", "mark": b64(mark)} | changes
    return secret, visitor.post("/desk/api/invitations", body)


def joining(secret: bytes, **changes: str) -> dict[str, str]:
    """What the invited person's browser sends."""
    new = fresh("anybody")
    return {
        "token": b64(keys.derive(secret, "invitation")),
        "language": "kk",
        "secret": b64(b"l" * 32),
        "salt": b64(b"s" * 16),
        "recipient": b64(new.recipient),
        "identity": b64(new.wrapped_identity),
    } | changes


def test_who_is_invited_joins_once_and_reads_nothing_yet(giver: Visitor) -> None:
    secret, answer = link_secret(giver)
    assert answer.status_code == 201
    guest = stranger()
    shown = guest.post("/desk/api/invitation", {"token": joining(secret)["token"]}).json()
    assert (shown["desk"], shown["name"], shown["again"]) == (REGION, "Дана", False)
    joined = guest.post("/desk/api/join", joining(secret))
    assert joined.status_code == 201
    assert guest.get("/desk/api/me").status_code == 401
    assert sign_in(guest, joined.json()["username"], b"l" * 32).status_code == 200
    assert desk_in(guest)["state"] == "waiting"
    assert guest.get("/desk/api/keys").json()["grants"] == []
    assert stranger().post("/desk/api/join", joining(secret)).json()["error"] == "no_invitation"


def test_a_public_key_that_somebody_has_already_is_refused(giver: Visitor) -> None:
    secret, _ = link_secret(giver)
    taken = b64(recipient_of("giver"))
    assert stranger().post("/desk/api/join", joining(secret, recipient=taken)).json()["error"] == "used_keys"
    assert stranger().post("/desk/api/join", joining(secret)).status_code == 201


@pytest.mark.parametrize("recipient", [b"", b"\xff" * 1216, bytes(1215)])
def test_a_public_key_that_is_none_is_refused(giver: Visitor, recipient: bytes) -> None:
    secret, _ = link_secret(giver)
    assert stranger().post("/desk/api/join", joining(secret, recipient=b64(recipient))).json()["error"] == "bad_keys"


def test_an_invitation_that_was_taken_back_or_whose_time_is_over_opens_nothing(giver: Visitor) -> None:
    secret, answer = link_secret(giver)
    assert giver.post(f"/desk/api/invitations/{answer.json()['id']}/revoke").status_code == 204
    assert stranger().post("/desk/api/join", joining(secret)).json()["error"] == "no_invitation"
    Invitation.objects.all().delete()
    secret, _ = link_secret(giver)
    Invitation.objects.update(until=Invitation.objects.get().made_at)
    assert stranger().post("/desk/api/join", joining(secret)).json()["error"] == "no_invitation"


def test_the_database_holds_nothing_that_opens_a_link(giver: Visitor) -> None:
    secret, _ = link_secret(giver)
    token = keys.derive(secret, "invitation")
    assert bytes(Invitation.objects.get().token) not in (secret, token)


def test_only_those_with_the_key_invite(giver: Visitor, newcomer: Officer) -> None:
    keyless = at_work("keyless", REGION)
    Officer.objects.get(username="keyless").key_grants.all().delete()
    for visitor in (keyless, at_work("outsider", "KZ-11")):
        assert link_secret(visitor)[1].json()["error"] == "not_your_desk"


@pytest.mark.parametrize(
    ("change", "error"),
    [({"name": " "}, "bad_name"), ({"language": "xx"}, "unknown_language"), ({"mark": "AA"}, "bad_request")],
)
def test_an_invitation_that_makes_no_sense_is_refused(giver: Visitor, change: dict[str, str], error: str) -> None:
    assert link_secret(giver, **change)[1].json()["error"] == error


def test_an_officer_who_lost_their_passphrase_begins_anew_and_their_old_sessions_end(giver: Visitor) -> None:
    officer, login = hired("forgetful", REGION)
    old = stranger()
    assert sign_in(old, "forgetful", login).status_code == 200
    Factor.objects.create(officer=officer, kind=TOTP, label="lost phone", secret=b"s", at=clock.now())
    secret, _ = link_secret(giver, officer=str(officer.pk))
    guest = stranger()
    assert guest.post("/desk/api/join", joining(secret)).status_code == 201
    assert old.get("/desk/api/me").status_code == 401
    assert sign_in(stranger(), "forgetful", login).status_code == 401
    assert sign_in(stranger(), "forgetful", b"l" * 32).status_code == 200
    assert not DeskKeyGrant.objects.filter(officer=officer).exists()
    assert not Factor.objects.filter(officer=officer).exists()
    assert Officer.objects.filter(username="forgetful").count() == 1


def test_nobody_who_is_not_of_the_desk_is_invited_anew(giver: Visitor) -> None:
    outsider, _ = hired("outsider", "KZ-11")
    assert link_secret(giver, officer=str(outsider.pk))[1].json()["error"] == "no_officer"
    assert link_secret(giver, officer="x")[1].json()["error"] == "bad_request"
