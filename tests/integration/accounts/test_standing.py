"""What `balaqorgau check` says of desks' keys."""

import pytest

from balaqorgau.accounts import ceremony, queries
from balaqorgau.accounts.models import Membership, Officer
from balaqorgau.desk.views.keys import desk_key
from balaqorgau.directory.models import Desk
from balaqorgau.kernel import clock
from tests.factories.appeals import COMMITTEE, OMBUDSMAN, REGION, publish_desks
from tests.factories.keymaking import make
from tests.integration.desk.office import hired

pytestmark = pytest.mark.django_db


def test_desks_are_told_by_what_is_wrong_with_their_keys() -> None:
    publish_desks(REGION, COMMITTEE, OMBUDSMAN)
    for code in ("KZ-15", "KZ-19"):
        Desk.objects.create(id=code, role="region", territory=code)
    officer, _ = hired("somebody", REGION, COMMITTEE, "KZ-19")
    ceremony.propose(Desk.objects.get(pk="KZ-19"), desk_key(make("KZ-19").body(officer.recipient)), by=officer)
    assert queries.key_standing() == queries.KeyStanding(["KZ-15"], ["KZ-19"], [OMBUDSMAN])


def test_a_key_that_only_those_have_who_left_is_held_by_nobody() -> None:
    publish_desks(REGION)
    hired("leaver", REGION)
    assert queries.key_standing().unheld == []
    Membership.objects.update(until=clock.now())
    assert queries.key_standing().unheld == [REGION]
    Membership.objects.update(until=None)
    Officer.objects.update(is_active=False)
    assert queries.key_standing().unheld == [REGION]
