"""Inviting somebody to a desk: a link that works once; they make their own keys, and nobody else ever has them."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from balaqorgau.accounts import actions
from balaqorgau.accounts.actions import NewOfficer
from balaqorgau.accounts.models import Invitation, Membership, Officer
from balaqorgau.audit.actions import record
from balaqorgau.directory.models import Desk
from balaqorgau.kernel import clock
from balaqorgau.kernel.signer import Signer
from balaqorgau.sealed import keys

USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,38}")
LONGEST: Final = timedelta(days=30)


class InvitationRefused(ValueError):
    """There can be no such invitation, or it is not open any more; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Guest:
    """Whom to invite; `officer` when they are here already and lost their passphrase."""

    desk: Desk
    username: str
    display_name: str
    language: str
    officer: Officer | None = None


def token_of(secret: bytes) -> bytes:
    """What a browser shows instead of the link's secret, which stays where the link was opened."""
    return keys.derive(secret, "invitation")


def free_username(desk: Desk) -> str:
    """The desk's code with the first number that nobody has and nobody is invited under."""
    taken = set(Officer.objects.values_list("username", flat=True)) | set(
        open_invitations(now=clock.now()).values_list("username", flat=True)
    )
    numbers = range(1, len(taken) + 2)
    return next(name for number in numbers if (name := f"{desk.pk.lower()}-{number}") not in taken)


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
    record("officer-invited", subject=f"desk:{guest.desk.pk}", by=by, detail=guest.username)
    return made


def check(guest: Guest, days: int) -> None:
    """Refuse names that cannot be, that somebody has, and invitations that wait too long."""
    if not USERNAME.fullmatch(guest.username):
        raise InvitationRefused("bad_username")
    if not guest.display_name.strip() or len(guest.display_name) > 120:
        raise InvitationRefused("bad_name")
    if guest.officer is None and Officer.objects.filter(username=guest.username).exists():
        raise InvitationRefused("username_taken")
    if not timedelta(0) < timedelta(days=days) <= LONGEST:
        raise InvitationRefused("bad_days")


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
    record("invitation-revoked", subject=f"desk:{invitation.desk_id}", by=by, detail=invitation.username)


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
    if invitation.officer is None:
        return actions.add_officer(new, desks=[invitation.desk], by=guest)
    return actions.begin_anew(invitation.officer, new)


def members(desk: Desk) -> QuerySet[Officer]:
    """Who belongs to a desk now."""
    mine = Membership.objects.filter(desk=desk, until=None).values("officer")
    return Officer.objects.filter(pk__in=mine, is_active=True)
