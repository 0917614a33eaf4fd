"""Desks and officers: what comes next is said, an invitation gives no key, and who may not sign in is out at once."""

import re
from hashlib import sha256

import pytest
from django.contrib.sessions.models import Session

from balaqorgau.accounts import invitations
from balaqorgau.accounts.invitations import Invitation, token_of
from balaqorgau.accounts.models import DeskKeyGrant, Membership, Officer
from balaqorgau.audit.models import AuditRow
from balaqorgau.directory.models import Desk
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import unb64
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.signin.models import Visit
from balaqorgau.waking.alarms import people_to_wake
from balaqorgau.waking.models import Postbox
from tests.factories.appeals import REGION
from tests.integration.administration.people import appointed, fill, page
from tests.integration.desk.office import Visitor, at_work, hired, sign_in, stranger

pytestmark = pytest.mark.django_db
LINK = re.compile(r'id="made-link"[^>]*>http[^<]*?/desk/join/en/#([\w-]+)<')


def state(admin: Visitor, desk: str) -> str:
    """What the page says of a desk."""
    found = re.search(rf'data-desk="{desk}" data-state="(\w+)"', page(admin, "desks/"))
    assert found
    return found[1]


def test_a_desk_without_a_key_says_what_comes_next_and_nobody_can_be_invited_to_it(admin: Visitor) -> None:
    Desk.objects.create(id="KZ-15", role="region", territory="KZ-15")
    assert state(admin, "KZ-15") == "keyless"
    assert "balaqorgau officers invite --desk KZ-15" in page(admin, "desks/")
    assert "not open yet: 1" in page(admin)
    answer = fill(admin, "desks/", "desks/invite", desk="KZ-15", name="A", language="en")
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_the_state_of_a_desk_is_that_of_its_keys(admin: Visitor) -> None:
    assert state(admin, REGION) == "unheld"
    hired("officer", REGION)
    assert state(admin, REGION) == "open"


def test_an_invitation_gives_a_place_and_no_key(admin: Visitor) -> None:
    hired("officer", REGION)
    answer = fill(admin, "desks/", "desks/invite", desk=REGION, name="Aigul", language="en")
    link = LINK.search(answer.content.decode())
    assert link
    made = Invitation.objects.get()
    assert bytes(made.token) == sha256(token_of(unb64(link[1]))).digest()
    assert (made.desk_id, made.officer) == (REGION, None)
    assert AuditRow.objects.get(act="officer-invited").actor.startswith("administrator:")
    assert link[1] not in page(admin, "desks/")
    assert not DeskKeyGrant.objects.exclude(officer__username="officer").exists()
    assert fill(admin, "desks/", f"desks/invitations/{made.pk}/revoke").status_code == 303
    assert fill(admin, "desks/", f"desks/invitations/{made.pk}/revoke").status_code == 404


def test_what_was_typed_stays_when_an_invitation_is_refused(admin: Visitor) -> None:
    answer = fill(admin, "desks/", "desks/invite", desk=REGION, name=" ", language="ru")
    assert answer.status_code == 422
    assert "Write the person&#x27;s name" in answer.content.decode()
    assert '<option value="ru" selected>' in answer.content.decode()


def test_an_administrator_s_own_invitation_is_the_operator_s_to_take_back(admin: Visitor) -> None:
    made, _ = invitations.send(invitations.Guest(None, "admin-9", "A", "en"), days=1, by=OPERATOR)
    assert "admin-9" not in page(admin, "desks/")
    assert fill(admin, "desks/", f"desks/invitations/{made.pk}/revoke").status_code == 404


def test_who_may_not_sign_in_is_out_at_once_in_every_tab_and_comes_back_when_allowed(admin: Visitor) -> None:
    officer, login = hired("officer", REGION)
    tabs = [stranger(), stranger()]
    assert [sign_in(tab, "officer", login).status_code for tab in tabs] == [200, 200]
    now = clock.now()
    Postbox.objects.create(officer=officer, address="a@b.example", told_until=now, beat_until=now)
    assert people_to_wake(REGION) == [officer]
    assert fill(admin, "desks/", f"desks/officers/{officer.pk}/stop").status_code == 303
    assert people_to_wake(REGION) == []
    assert str(officer.pk) not in [one.get_decoded().get("officer") for one in Session.objects.all()]
    assert [tab.get("/desk/api/me").status_code for tab in tabs] == [401, 401]
    assert not Visit.objects.filter(officer=officer, ended_at=None).exists()
    assert sign_in(stranger(), "officer", login).status_code == 401
    assert "Sign-in stopped" in page(admin, "desks/")
    assert (Membership.objects.get().until, DeskKeyGrant.objects.filter(officer=officer).count()) == (None, 1)
    assert fill(admin, "desks/", f"desks/officers/{officer.pk}/allow").status_code == 303
    assert sign_in(stranger(), "officer", login).status_code == 200
    acts = AuditRow.objects.filter(act__startswith="sign-in-", actor__startswith="administrator:")
    assert list(acts.values_list("act", flat=True)) == ["sign-in-stopped", "sign-in-allowed"]


def test_a_colleague_still_sees_and_can_remove_who_may_not_sign_in(admin: Visitor) -> None:
    colleague, (officer, _) = at_work("colleague", REGION), hired("officer", REGION)
    fill(admin, "desks/", f"desks/officers/{officer.pk}/stop")
    desks = colleague.get("/desk/api/desk-keys").json()["desks"]
    assert "officer" in [one["username"] for one in desks[0]["members"]]


def test_nobody_who_was_removed_is_let_in_again(admin: Visitor) -> None:
    officer, login = hired("officer", REGION)
    Membership.objects.update(until="2026-01-01T00:00Z", since="2026-01-01T00:00Z")
    Officer.objects.filter(pk=officer.pk).update(is_active=False)
    assert fill(admin, "desks/", f"desks/officers/{officer.pk}/allow").status_code == 422
    assert sign_in(stranger(), "officer", login).status_code == 401


def test_an_administrator_shuts_no_administrator_out(admin: Visitor) -> None:
    other, login = appointed("admin-2")
    assert fill(admin, "desks/", f"desks/officers/{other.pk}/stop").status_code == 404
    assert sign_in(stranger(), "admin-2", login).status_code == 200


def test_officers_are_listed_with_the_day_they_were_here_last(admin: Visitor) -> None:
    hired("never", REGION)
    at_work("today", REGION)
    shown = page(admin, "desks/")
    assert "never signed in" in shown
    day = re.search(r"last signed in: ([^<]+)<", shown)
    assert day
    assert not re.search(r"\d:\d", day[1])


def test_an_administrator_is_in_no_list_of_officers(admin: Visitor) -> None:
    assert "Administrator admin-1" not in page(admin, "desks/").partition("<main")[2]
