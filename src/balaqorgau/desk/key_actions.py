"""What officers do with keys, each allowed only to those who may: invite, make, vouch, grant, take back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from balaqorgau import pack
from balaqorgau.accounts import actions as accounts
from balaqorgau.accounts import ceremony, invitations, rotation
from balaqorgau.accounts.actions import GrantRefused, NewOfficer
from balaqorgau.accounts.ceremony import DeskKey
from balaqorgau.accounts.invitations import Guest, InvitationRefused
from balaqorgau.accounts.models import DeskKeyGrant, Invitation, Officer, Proposal
from balaqorgau.accounts.rotation import Given, NextKey
from balaqorgau.appeals.refusals import Refused
from balaqorgau.audit.actions import record
from balaqorgau.desk import policies
from balaqorgau.desk.policies import Actor
from balaqorgau.directory import queries as directory
from balaqorgau.directory.chain import KeyRefused, Voucher
from balaqorgau.directory.models import Desk, DeskEpoch
from balaqorgau.kernel import clock
from balaqorgau.signin import actions as signin
from balaqorgau.signin import visits


@dataclass(frozen=True)
class Sealed:
    """An epoch's keys, sealed to an officer and signed with them."""

    epoch: int
    blob: bytes
    signature: bytes


@dataclass(frozen=True)
class Invited:
    """Whom an officer invites; `again` is a colleague who lost their passphrase."""

    desk: str
    name: str
    language: str
    again: str


def invite(said: Invited, *, mark: bytes, by: Actor) -> Invitation:
    """Keep an invitation whose link the officer's browser made; raises Refused."""
    desk = policies.check_can_manage_keys(by, said.desk)
    guest = guest_again(desk, said.again) if said.again else new_guest(desk, said)
    try:
        return invitations.invite(guest, mark=mark, days=pack.current().limits.invitation_days, by=by.officer.signer)
    except InvitationRefused as error:
        raise Refused(error.code, 422) from error


def new_guest(desk: Desk, said: Invited) -> Guest:
    """Somebody who is not here yet."""
    return Guest(desk, invitations.free_username(desk), said.name.strip(), said.language)


def guest_again(desk: Desk, officer: str) -> Guest:
    """A colleague of the desk who begins anew."""
    found = member_of(desk, officer)
    return Guest(desk, found.username, found.display_name, found.language, officer=found)


def member_of(desk: Desk, officer: str) -> Officer:
    """An officer of the desk by id; Refused("no_officer")."""
    found = invitations.members(desk).filter(pk=uuid(officer)).first()
    if found is None:
        raise Refused("no_officer", 404)
    return found


def uuid(text: str) -> UUID:
    """An id; Refused("bad_request")."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused("bad_request", field="officer") from error


@transaction.atomic
def join(invitation: Invitation, new: NewOfficer) -> Officer:
    """Make the invited person an officer; of who begins anew, nothing they came in with before is left. Raises Refused."""
    try:
        found = invitations.accept(invitation, new)
    except InvitationRefused as error:
        raise Refused(error.code, 404) from error
    if invitation.officer_id:
        signin.forget_all(found, by=found.signer)
        visits.end_all(found, now=clock.now())
    return found


def revoke(pk: UUID, *, by: Actor) -> None:
    """Take an invitation of the officer's desk back; raises Refused."""
    found = Invitation.objects.filter(pk=pk).first()
    if found is None:
        raise Refused("no_invitation", 404)
    policies.check_can_manage_keys(by, found.desk_id or "")
    try:
        invitations.revoke(found, by=by.officer.signer)
    except InvitationRefused as error:
        raise Refused(error.code, 404) from error


def make(desk: str, key: DeskKey, *, by: Actor) -> DeskEpoch | None:
    """Keep the first key of the officer's desk; None while it waits for the Ombudsman's signature. Raises Refused."""
    try:
        return ceremony.propose(policies.check_belongs(by, desk), key, by=by.officer)
    except (KeyRefused, GrantRefused) as error:
        raise Refused("bad_keys", 422) from error


def proposal(pk: UUID) -> Proposal:
    """A key that waits; Refused("no_proposal")."""
    found = Proposal.objects.select_related("desk", "officer").filter(pk=pk).first()
    if found is None:
        raise Refused("no_proposal", 404)
    return found


def vouch(found: Proposal, *, signature: bytes, by: Actor) -> DeskEpoch:
    """Sign a desk's first key with the Ombudsman's, which opens the desk; raises Refused."""
    mine = policies.check_can_vouch(by)
    try:
        return ceremony.publish(found, Voucher(str(mine), signature), by=by.officer.signer)
    except (KeyRefused, GrantRefused) as error:
        raise Refused("bad_signature", 422) from error


def withdraw(found: Proposal, *, by: Actor) -> None:
    """Throw a key away that nobody signed; raises Refused."""
    if not policies.can_vouch(by):
        policies.check_belongs(by, found.desk_id)
    ceremony.withdraw(found, by=by.officer)


@transaction.atomic
def grant(desk: str, officer: str, sealed: Sequence[Sealed], *, by: Actor) -> int:
    """Give a colleague, or oneself after the sheets were read, keys of the desk; how many were new. Raises Refused."""
    found = policies.check_belongs(by, desk)
    to = member_of(found, officer)
    return sum(grant_one(found, to, one, by) for one in sealed)


def grant_one(desk: Desk, officer: Officer, sealed: Sealed, by: Actor) -> bool:
    """One epoch's keys; False when they have them already."""
    epoch = directory.epoch_named(f"{desk.pk}/{sealed.epoch}")
    if epoch is None:
        raise Refused("no_epoch", 404)
    if DeskKeyGrant.objects.filter(officer=officer, epoch=epoch).exists():
        return False
    try:
        accounts.grant_desk_key(officer, epoch, blob=sealed.blob, signature=sealed.signature, by=by.officer.signer)
    except GrantRefused as error:
        raise Refused("bad_signature", 422) from error
    return True


@dataclass(frozen=True)
class SealedTo:
    """The next key, sealed to an officer by id."""

    officer: str
    blob: bytes
    signature: bytes


@transaction.atomic
def remove(desk: str, leaver: str, key: NextKey, sealed: Sequence[SealedTo], *, by: Actor) -> DeskEpoch:
    """Remove a colleague and publish the desk's next key; raises Refused."""
    found = policies.check_can_manage_keys(by, desk)
    gone = member_of(found, leaver)
    if gone.pk == by.officer.pk:
        raise Refused("not_yourself", 422)
    given = [Given(member_of(found, one.officer), one.blob, one.signature) for one in sealed]
    try:
        epoch = rotation.remove(found, gone, replace(key, given=given), by=by.officer)
    except (KeyRefused, GrantRefused) as error:
        raise Refused("bad_keys", 422) from error
    visits.end_all(gone, now=clock.now())
    return epoch


def managed(desk: str, *, by: Actor) -> Desk:
    """A desk whose key of today the officer has; raises Refused."""
    found = policies.check_can_manage_keys(by, desk)
    record("renewals-listed", subject=f"desk:{found.pk}", by=by.officer.signer)
    return found


def see_history(desk: str, *, by: Actor) -> Desk:
    """A desk whose history of keys the officer may see; raises Refused."""
    found = policies.check_belongs(by, desk)
    record("key-history-seen", subject=f"desk:{found.pk}", by=by.officer.signer)
    return found


def take_sheets(desk: str, *, by: Actor) -> Desk:
    """Write down that an officer took what the desk's sheets open; raises Refused."""
    found = policies.check_belongs(by, desk)
    record("sheets-taken", subject=f"desk:{found.pk}", by=by.officer.signer)
    return found
