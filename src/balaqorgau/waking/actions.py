"""What officers decide about their own mail and duty; each with its audit row in the same transaction."""

import os
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from balaqorgau.accounts import queries as accounts
from balaqorgau.accounts.models import Membership, Officer
from balaqorgau.appeals.refusals import Refused
from balaqorgau.audit.actions import record
from balaqorgau.directory.models import Desk
from balaqorgau.kernel import clock
from balaqorgau.kernel.mail import ADDRESS
from balaqorgau.kernel.signer import CUSTODIAN, Signer
from balaqorgau.waking import codes, outbox
from balaqorgau.waking.models import CODE, RHYTHMS, Duty, Postbox

LONGEST: Final = 254


def box_of(officer: Officer) -> Postbox:
    """The officer's postbox, held until the transaction ends; an empty one the first time."""
    box, _ = Postbox.objects.select_for_update().get_or_create(officer=officer)
    return box


@transaction.atomic
def ask_address(officer: Officer, address: str) -> None:
    """Mail a code to an address; the one before goes on serving until the code was typed. Raises Refused."""
    wanted, now, box = address.strip(), clock.now(), box_of(officer)
    if len(wanted) > LONGEST or not ADDRESS.fullmatch(wanted):
        raise Refused("bad_address", 422)
    if not codes.may_ask(box, now=now):
        raise Refused("asked_just_now", 429)
    box.asked, box.asked_at, box.nonce, box.tries = wanted, now, os.urandom(16), 0
    box.save()
    outbox.drop_codes(officer, now=now)
    outbox.put(officer, CODE, 1, now=now)
    record("mail-asked", subject=str(officer.signer), by=officer.signer)


def confirm_address(officer: Officer, typed: str) -> None:
    """Make the asked address the officer's own when the code is right; raises Refused."""
    if not try_code(officer, typed):
        raise Refused("wrong_code", 422)


@transaction.atomic
def try_code(officer: Officer, typed: str) -> bool:
    """Count the try, and take the address when the code is right."""
    now, box = clock.now(), box_of(officer)
    waited_for = codes.is_open(box, now=now)
    right = waited_for and codes.matches(box, typed)
    box.tries += waited_for
    if right:
        box.address, box.asked, box.asked_at, box.nonce = box.asked, "", None, b""
        box.told_until = box.beat_until = now
    box.save()
    record("mail-confirmed" if right else "mail-refused", subject=str(officer.signer), by=officer.signer)
    return right


@transaction.atomic
def choose_rhythm(officer: Officer, rhythm: str) -> None:
    """When the officer wants to hear of news; raises Refused. What came before the change is not told again."""
    if rhythm not in RHYTHMS:
        raise Refused("bad_request", field="rhythm")
    box = box_of(officer)
    if box.rhythm == rhythm:
        return
    box.rhythm = rhythm
    box.told_until = clock.now() if box.address else None
    box.save()
    record("mail-rhythm", subject=str(officer.signer), by=officer.signer, detail=rhythm)


@transaction.atomic
def forget_address(officer: Officer) -> None:
    """No more mail to this officer, and the address is gone."""
    Postbox.objects.filter(officer=officer).delete()
    outbox.drop_all(officer, now=clock.now())
    record("mail-forgotten", subject=str(officer.signer), by=officer.signer)


@transaction.atomic
def set_duty(officer: Officer, desk: str, *, on: bool) -> None:
    """Begin or end an officer's duty for a desk of theirs; raises Refused for another's. Twice is once."""
    found = accounts.desks_of(officer).select_for_update().filter(pk=desk).first()
    if found is None:
        raise Refused("not_your_desk", 403)
    if on == Duty.objects.filter(officer=officer, desk=found, until=None).exists():
        return
    begin(officer, found) if on else end(officer, found)


@transaction.atomic
def end_duty_of_those_who_left() -> None:
    """Whoever is at a desk no longer is not on duty there, and not again by coming back."""
    here = Membership.objects.filter(officer=OuterRef("officer"), desk=OuterRef("desk"), until=None)
    for duty in Duty.objects.filter(until=None).exclude(Exists(here)).select_related("officer", "desk"):
        end(duty.officer, duty.desk, by=CUSTODIAN)


def begin(officer: Officer, desk: Desk) -> None:
    """From now on this officer is woken for the desk."""
    Duty.objects.create(officer=officer, desk=desk, since=clock.now())
    record("duty-began", subject=f"desk:{desk.pk}", by=officer.signer, detail=str(officer.signer))


def end(officer: Officer, desk: Desk, *, by: Signer | None = None) -> None:
    """From now on no longer."""
    Duty.objects.filter(officer=officer, desk=desk, until=None).update(until=clock.now())
    record("duty-ended", subject=f"desk:{desk.pk}", by=by or officer.signer, detail=str(officer.signer))
