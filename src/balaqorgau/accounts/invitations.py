"""Inviting somebody to a desk: a link that works once; they make their own keys, and nobody else ever has them."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from balaqorgau.accounts import actions
from balaqorgau.accounts.actions import NewOfficer
from balaqorgau.accounts.models import Invitation, Membership, Officer
from balaqorgau.audit.actions import record
from balaqorgau.directory.models import Desk
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64
from balaqorgau.kernel.signer import Signer
from balaqorgau.sealed import keys

USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,38}")
LONGEST: Final = timedelta(days=30)
ADMINISTRATOR: Final = "admin"
SECRET_BYTES: Final = 24


class InvitationRefused(ValueError):
    """There can be no such invitation, or it is not open any more; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Guest:
    """Whom to invite, an administrator without a desk; `officer` when they are here already and lost their passphrase."""

    desk: Desk | None
    username: str
    display_name: str
    language: str
    officer: Officer | None = None


def token_of(secret: bytes) -> bytes:
    """What a browser shows instead of the link's secret, which stays where the link was opened."""
    return keys.derive(secret, "invitation")


def place_of(desk: Desk | None) -> str:
    """Where an invitation leads, as the audit table names it."""
    return f"desk:{desk.pk}" if desk else actions.ADMINISTRATORS


def free_username(desk: Desk | None) -> str:
    """The desk's code with the first number that nobody has and nobody is invited under."""
    base = desk.pk.lower() if desk else ADMINISTRATOR
    taken = set(Officer.objects.values_list("username", flat=True)) | set(
        open_invitations(now=clock.now()).values_list("username", flat=True)
    )
    numbers = range(1, len(taken) + 2)
    return next(name for number in numbers if (name := f"{base}-{number}") not in taken)


@transaction.atomic
def invite(guest: Guest, *, mark: bytes, days: int, by: Signer) -> Invitation:
    """Keep an invitation; `mark` is the hash of its token. Raises InvitationRefused."""
    check(guest, days)
    now = clock.now()
    withdraw_expired(guest.username, now)
    try:
        made = Invitation.objects.create(
            desk=guest.desk,
            officer=guest.officer,
            username=guest.username,
            display_name=guest.display_name,
            language=guest.language,
            token=mark,
            made_at=now,
            until=now + timedelta(days=days),
        )
    except IntegrityError as error:
        raise InvitationRefused("invited_already") from error
    record("officer-invited", subject=place_of(guest.desk), by=by, detail=guest.username)
    return made


def check(guest: Guest, days: int) -> None:
    """Refuse names that cannot be, that somebody has, and invitations that wait too long."""
    if not USERNAME.fullmatch(guest.username):
        raise InvitationRefused("bad_username")
    if not guest.display_name.strip() or len(guest.display_name) > 120:
        raise InvitationRefused("bad_name")
    if guest.officer is None and Officer.objects.filter(username=guest.username).exists():
        raise InvitationRefused("username_taken")
    if guest.officer and guest.officer.is_administrator is not (guest.desk is None):
        raise InvitationRefused("never_both")
    if not timedelta(0) < timedelta(days=days) <= LONGEST:
        raise InvitationRefused("bad_days")


def send(guest: Guest, *, days: int, by: Signer) -> tuple[Invitation, str]:
    """Invite with a link that is made here: its address, which is shown once and not kept. Raises InvitationRefused."""
    secret = secrets.token_bytes(SECRET_BYTES)
    made = invite(guest, mark=sha256(token_of(secret)).digest(), days=days, by=by)
    return made, f"{settings.ORIGIN}/desk/join/{made.language}/#{b64(secret)}"


def withdraw_expired(username: str, now: datetime) -> None:
    """An invitation that nobody took in time makes room for the next."""
    Invitation.objects.filter(username=username, used_at=None, revoked_at=None, until__lte=now).update(revoked_at=now)


def open_invitations(*, now: datetime) -> QuerySet[Invitation]:
    """Invitations that somebody may still take."""
    return Invitation.objects.filter(used_at=None, revoked_at=None, until__gt=now).select_related("desk", "officer")


def invitation_of(token: bytes, *, now: datetime) -> Invitation:
    """The open invitation of a token; raises InvitationRefused."""
    found = open_invitations(now=now).filter(token=sha256(token).digest()).first()
    if found is None:
        raise InvitationRefused("no_invitation")
    return found


@transaction.atomic
def revoke(invitation: Invitation, *, by: Signer) -> None:
    """Take an open invitation back; raises InvitationRefused."""
    changed = open_invitations(now=clock.now()).filter(pk=invitation.pk).update(revoked_at=clock.now())
    if not changed:
        raise InvitationRefused("no_invitation")
    record("invitation-revoked", subject=place_of(invitation.desk), by=by, detail=invitation.username)


@transaction.atomic
def accept(invitation: Invitation, new: NewOfficer) -> Officer:
    """Make the invited person an officer with the keys that their browser made, once; raises InvitationRefused."""
    now = clock.now()
    if Officer.objects.filter(recipient=new.recipient).exists():
        raise InvitationRefused(
            "used_keys"
        )  # Somebody's public key, shown again: whoever shows it has not its other half.
    if not open_invitations(now=now).filter(pk=invitation.pk).update(used_at=now):
        raise InvitationRefused("no_invitation")
    guest = Signer("guest", str(invitation.pk))
    if invitation.officer:
        return actions.begin_anew(invitation.officer, new)
    if invitation.desk is None:
        return actions.add_administrator(new, by=guest)
    return actions.add_officer(new, desks=[invitation.desk], by=guest)


def members(desk: Desk) -> QuerySet[Officer]:
    """Who belongs to a desk now; also those who may not sign in at present, for a colleague must be able to remove them."""
    mine = Membership.objects.filter(desk=desk, until=None).values("officer")
    return Officer.objects.filter(pk__in=mine)
