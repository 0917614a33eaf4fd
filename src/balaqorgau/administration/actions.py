"""What administrators do, each in one transaction with its audit row; the rooms below do the work."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from balaqorgau import pack
from balaqorgau.accounts import actions as accounts
from balaqorgau.accounts import invitations
from balaqorgau.accounts.invitations import Guest, InvitationRefused
from balaqorgau.accounts.models import Invitation, Officer
from balaqorgau.administration.models import Chore
from balaqorgau.appeals.refusals import Refused
from balaqorgau.audit.actions import record
from balaqorgau.directory import queries as directory
from balaqorgau.directory.models import Desk
from balaqorgau.kernel import clock
from balaqorgau.places import actions as places
from balaqorgau.places import links
from balaqorgau.places.actions import Imported
from balaqorgau.places.models import PosterLink, School
from balaqorgau.places.schoollist import SchoolRow
from balaqorgau.signin import queries as signin
from balaqorgau.signin import visits

REASONS = ("lost", "false", "flood", "other")
"""Why a school gets a new code."""


def note_done(name: str, *, now: datetime) -> None:
    """Remember that work which runs by itself has come to its end."""
    Chore.objects.update_or_create(name=name, defaults={"done_at": now})


def invite(desk: str, name: str, language: str, *, by: Officer) -> tuple[Invitation, str]:
    """Invite an officer to a desk whose key somebody has: without that person's grant the newcomer reads nothing.

    A desk's first officer makes its key, so the operator invites them at the server. Raises Refused.
    """
    found = Desk.objects.filter(pk=desk).first()
    if found is None or directory.current_epoch(desk) is None:
        raise Refused("desk_without_key", 422)
    if language not in pack.current().languages:
        raise Refused("bad_request", field="language")
    guest = Guest(found, invitations.free_username(found), name, language)
    try:
        return invitations.send(guest, days=pack.current().limits.invitation_days, by=by.signer)
    except InvitationRefused as error:
        raise Refused(error.code, 422) from error


def revoke(found: Invitation | None, *, by: Officer) -> None:
    """Take an invitation to a desk back; raises Refused."""
    try:
        if found is None or found.desk is None:
            raise InvitationRefused("no_invitation")
        invitations.revoke(found, by=by.signer)
    except InvitationRefused as error:
        raise Refused(error.code, 404) from error


@transaction.atomic
def stop_sign_in(officer: Officer, *, by: Officer) -> bool:
    """Let an officer in no more, and end their visits; keys and desks stay as they are. False when it was so."""
    visits.end_all(officer, now=clock.now())
    return accounts.stop_sign_in(officer, by=by.signer)


def allow_sign_in(officer: Officer, *, by: Officer) -> bool:
    """Let an officer in again; False when that changes nothing."""
    return accounts.allow_sign_in(officer, by=by.signer)


def import_schools(rows: list[SchoolRow], *, by: Officer, dry_run: bool) -> Imported:
    """Take a list of schools, or only say what would happen."""
    return places.import_schools(rows, by=by.signer, dry_run=dry_run)


def rotate(school: School, *, why: str, sure: bool, by: Officer) -> None:
    """Give a school a new code; raises Refused without a reason or a confirmation."""
    if why not in REASONS:
        raise Refused("no_reason", 422)
    if not sure:
        raise Refused("not_sure", 422)
    places.rotate_codes(by=by.signer, number=school.number, why=why)


def make_link(school: School, *, by: Officer) -> tuple[PosterLink, str]:
    """A one-time link for the school's contact, and its secret."""
    return links.make(school, days=pack.current().limits.poster_link_days, by=by.signer)


def withdraw_link(link: PosterLink | None, *, by: Officer) -> None:
    """Take an open link back; raises Refused."""
    if link is None:
        raise Refused("no_link", 404)
    try:
        links.withdraw(link, by=by.signer)
    except links.LinkRefused as error:
        raise Refused("no_link", 404) from error


def note_print(subject: str, count: int, *, by: Officer) -> None:
    """Write down that posters were printed for a school or a region."""
    record("posters-printed", subject=subject, by=by.signer, detail=str(count))


def note_export(span: str, *, by: Officer) -> None:
    """Write down that the audit table was exported for a span of days."""
    record("audit-exported", subject="audit", by=by.signer, detail=span)


def end_visit(pk: UUID, *, by: Officer) -> None:
    """End one of the administrator's own visits, wherever it is; raises Refused."""
    found = signin.visits_of(by).filter(pk=pk).first()
    if found is None:
        raise Refused("no_visit", 404)
    visits.end(by, found, now=clock.now())


@transaction.atomic
def sign_out(by: Officer) -> None:
    """Write down that the administrator left."""
    accounts.sign_out(by)
