"""An administrator has an account and nothing else: no desk, no key, no door of the console, and nobody is both."""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from balaqorgau.__main__ import main
from balaqorgau.accounts import actions, credentials, invitations, wrapping
from balaqorgau.accounts.actions import GrantRefused
from balaqorgau.accounts.invitations import Guest, InvitationRefused
from balaqorgau.accounts.models import DeskKeyGrant, Membership, Officer
from balaqorgau.appeals.models import Thread
from balaqorgau.audit.models import AuditRow
from balaqorgau.directory.models import Desk, DeskEpoch
from balaqorgau.kernel.ids import b64
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.signin.models import Visit
from tests.factories.appeals import REGION, Child, desk_keys, post
from tests.factories.keymaking import Made, grant_body
from tests.integration.administration.people import ROOT, administrator, appointed, fill, page
from tests.integration.desk.office import Visitor, at_work, hired, secret_of, sign_in, stranger

pytestmark = pytest.mark.django_db
TOKEN = bytes(range(32))


def test_an_administrator_is_told_so_at_the_gate_and_an_officer_is_not(admin: Visitor) -> None:
    assert admin.get("/desk/api/me").json()["administrator"] is True
    assert admin.get("/desk/api/me").json()["desks"] == []
    assert at_work("officer", REGION).get("/desk/api/me").json()["administrator"] is False


def test_an_administrator_gets_nothing_of_an_appeal_and_of_no_key(admin: Visitor, client: Client) -> None:
    assert post(client, Child().seal(desks=(REGION, "ombudsman"))).status_code == 201
    thread = Thread.objects.get()
    paths = ["inbox", f"threads/{thread.pk}", f"threads/{thread.pk}/draft", "keys", "desk-keys", "directory", "waking"]
    paths += [f"desk-keys/history/{REGION}", f"desk-keys/sheets/{REGION}", f"desk-keys/renewals/{REGION}"]
    paths += [f"schools/{REGION}", "templates"]
    assert {path: admin.get(f"/desk/api/{path}").status_code for path in paths} == dict.fromkeys(paths, 403)
    assert admin.get("/desk/waking/").status_code == 403
    asked = admin.post("/desk/api/envelopes", {"ids": [str(thread.pk)]})
    assert (asked.status_code, asked.json()["error"]) == (403, "not_for_administrators")


def test_nobody_can_give_an_administrator_a_desk_s_key(admin: Visitor) -> None:
    account, _ = appointed("admin-2")
    epoch = DeskEpoch.objects.get(desk=REGION)
    with pytest.raises(GrantRefused):
        actions.grant_desk_key(account, epoch, blob=b"x", signature=bytes(64), by=OPERATOR)
    body = grant_body(Made(REGION, secret_of(desk_keys(REGION)), b""), str(account.pk), bytes(account.recipient))
    assert at_work("giver", REGION).post("/desk/api/desk-keys/grants", body).status_code == 404
    assert not DeskKeyGrant.objects.filter(officer=account).exists()


def test_a_rightly_signed_grant_to_an_administrator_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    account, _ = appointed("admin-2")
    monkeypatch.setattr("balaqorgau.sealed.messages.verify", lambda *_: True)
    with pytest.raises(GrantRefused):
        actions.grant_desk_key(account, DeskEpoch.objects.get(desk=REGION), blob=b"x", signature=bytes(64), by=OPERATOR)


@pytest.mark.parametrize("desk", [REGION, None])
def test_nobody_is_an_officer_and_an_administrator_with_one_account(desk: str | None) -> None:
    account, _ = appointed("admin-2")
    officer, _ = hired("officer", REGION)
    one = officer if desk is None else account
    place = Desk.objects.get(pk=desk) if desk else None
    guest = Guest(place, one.username, one.display_name, "en", officer=one)
    with pytest.raises(InvitationRefused, match="never_both"):
        invitations.invite(guest, mark=sha256(TOKEN).digest(), days=1, by=OPERATOR)


def test_an_invited_administrator_joins_no_desk() -> None:
    guest = Guest(None, "admin-7", "Somebody", "en")
    invitations.invite(guest, mark=sha256(TOKEN).digest(), days=1, by=OPERATOR)
    visitor, identity = stranger(), wrapping.new_identity()
    told = visitor.post("/desk/api/invitation", {"token": b64(TOKEN)}).json()
    assert (told["desk"], told["desk_name"]) == ("", "")
    body = {"token": b64(TOKEN), "language": "en", "secret": b64(bytes(32)), "salt": b64(bytes(16))}
    body |= {"recipient": b64(wrapping.recipient_of(identity)), "identity": b64(bytes(300))}
    assert visitor.post("/desk/api/join", body).status_code == 201
    account = Officer.objects.get(username="admin-7")
    assert (account.is_administrator, account.memberships.count()) == (True, 0)
    assert visitor.post("/desk/api/join", body).status_code == 404


def test_an_officer_and_a_stranger_are_turned_away_from_every_page(admin: Visitor) -> None:
    officer, nobody = at_work("officer", REGION), stranger()
    for path in pages():
        assert officer.get(path).status_code == 403
        assert nobody.get(path).status_code == 401
        assert admin.get(path).status_code == 200


def pages() -> Iterator[str]:
    """Addresses of administration that show something and need nothing."""
    yield from (ROOT + name for name in ("", "schools/", "schools/import/", "desks/", "health/", "audit/", "pack/"))


def test_the_second_step_comes_before_every_page(settings: Any) -> None:
    account, login = appointed()
    visitor = stranger()
    assert sign_in(visitor, account.username, login).json()["second"] == "advised"
    assert visitor.get(ROOT).status_code == 200
    settings.SECOND_FACTOR = True
    assert {visitor.get(path).status_code for path in pages()} == {401}
    assert visitor.post("/desk/api/account/apps/new").status_code == 200
    assert visitor.post("/desk/api/language", {"language": "kk"}).status_code == 403


def test_signing_out_ends_the_visit_and_is_written_down(admin: Visitor) -> None:
    assert fill(admin, "", "sign-out").status_code == 303
    assert admin.get(ROOT).status_code == 401
    assert AuditRow.objects.filter(act="signed-out", actor__startswith="administrator:").count() == 1


def test_a_form_from_elsewhere_is_refused(admin: Visitor) -> None:
    assert admin.client.post(ROOT + "language", {"language": "kk"}).status_code == 403
    assert Officer.objects.get(username="admin-1").language == "en"


def test_the_language_is_remembered(admin: Visitor) -> None:
    assert fill(admin, "", "language", language="ru").status_code == 303
    assert "Администрирование" in page(admin)
    assert fill(admin, "", "language", language="xx").status_code == 400


def test_two_administrators_have_names_of_their_own() -> None:
    appointed("admin-1")
    assert invitations.free_username(None) == "admin-2"
    administrator("admin-2")
    assert not Membership.objects.filter(officer__is_administrator=True).exists()


def test_the_operator_lists_stops_and_invites_an_administrator_again(capsys: pytest.CaptureFixture[str]) -> None:
    visitor = administrator("admin-5")
    assert main(["administrators", "list"]) == 0
    assert capsys.readouterr().out.startswith("admin-5  last here 20")
    assert main(["administrators", "again", "admin-5"]) == 0
    assert "admin-5, administrator." in capsys.readouterr().out
    assert main(["administrators", "stop", "admin-5"]) == 0
    assert visitor.get(ROOT).status_code == 401
    assert main(["administrators", "list"]) == 0
    assert capsys.readouterr().out == "Shut out.\n"


def test_an_officer_cannot_be_stopped_or_invited_again_as_an_administrator() -> None:
    hired("officer", REGION)
    for act in ("stop", "again"):
        assert main(["administrators", act, "officer"]) == 2


def test_an_administrator_ends_their_own_visits_and_nobody_else_s(admin: Visitor) -> None:
    login = actions.LoginSecret(bytes(range(32)))
    Officer.objects.filter(username="admin-1").update(password=credentials.stored(login))
    here, elsewhere = stranger(), stranger()
    assert [sign_in(one, "admin-1", login).status_code for one in (here, elsewhere)] == [200, 200]
    assert (
        page(here).count("/visits/") == 2
    )  # The first one's session hangs on the old secret; its visit is still listed.
    for pk in re.findall(r"/visits/([0-9a-f-]{36})/end", page(here)):
        assert fill(here, "", f"visits/{pk}/end").status_code == 303
    assert elsewhere.get(ROOT).status_code == 401
    assert here.get(ROOT).status_code == 200
    other = administrator("admin-2")
    mine = Visit.objects.get(officer__username="admin-1", ended_at=None)
    assert fill(other, "", f"visits/{mine.pk}/end").status_code == 404
