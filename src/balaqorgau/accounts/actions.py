"""Everything that changes officers; each writes its audit row in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from balaqorgau.accounts import credentials, pace, queries, sessions
from balaqorgau.accounts.models import DeskKeyGrant, Membership, Officer, WrappedIdentity
from balaqorgau.accounts.passphrases import Cost, LoginSecret
from balaqorgau.audit.actions import record
from balaqorgau.directory.models import Desk, DeskEpoch
from balaqorgau.kernel import clock
from balaqorgau.kernel.signer import Signer
from balaqorgau.sealed import age, messages

ADMINISTRATORS: Final = "administrators"
"""How the audit table names them all."""


class SignInRefused(Exception):
    """The name and the secret do not belong together."""


class SlowDown(Exception):
    """Too many failures for this name; `seconds` until the next try."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"{seconds} seconds")
        self.seconds = seconds


class GrantRefused(Exception):
    """Whoever gives these keys has not signed with them for this officer, or gives them to an administrator."""


@dataclass(frozen=True)
class NewOfficer:
    """An officer as they come from wherever their keys were made; nothing in it opens anything."""

    username: str
    display_name: str
    language: str
    login: LoginSecret
    recipient: bytes
    salt: bytes
    cost: Cost
    wrapped_identity: bytes


@transaction.atomic
def add_officer(new: NewOfficer, *, desks: Sequence[Desk], by: Signer) -> Officer:
    """Make an officer, a member of these desks; raises IntegrityError when the name is taken."""
    now = clock.now()
    officer = account(new)
    Membership.objects.bulk_create(Membership(officer=officer, desk=desk, since=now) for desk in desks)
    for desk in desks:
        record("officer-added", subject=f"desk:{desk.pk}", by=by, detail=str(officer.signer))
    return officer


@transaction.atomic
def add_administrator(new: NewOfficer, *, by: Signer) -> Officer:
    """Make an administrator, who belongs to no desk and never will; raises IntegrityError when the name is taken."""
    found = account(new, is_administrator=True)
    record("administrator-added", subject=ADMINISTRATORS, by=by, detail=str(found.signer))
    return found


def account(new: NewOfficer, *, is_administrator: bool = False) -> Officer:
    """The row of a new account, with its wrapped identity."""
    made = Officer.objects.create(
        username=new.username,
        display_name=new.display_name,
        language=new.language,
        password=credentials.stored(new.login),
        recipient=new.recipient,
        is_administrator=is_administrator,
    )
    wrap(made, new)
    return made


def wrap(officer: Officer, new: NewOfficer) -> WrappedIdentity:
    """Keep an officer's identity as only their passphrase opens it."""
    return WrappedIdentity.objects.create(
        officer=officer,
        salt=new.salt,
        memory_kib=new.cost.memory_kib,
        passes=new.cost.passes,
        lanes=new.cost.lanes,
        blob=new.wrapped_identity,
        at=clock.now(),
    )


@transaction.atomic
def begin_anew(officer: Officer, new: NewOfficer) -> Officer:
    """Give an officer who lost their passphrase a fresh identity: what was sealed to the old one goes, colleagues grant again.

    Sessions end, because they hang on the login secret.
    """
    officer.wrapped_identities.all().delete()
    officer.key_grants.all().delete()
    officer.proposals.all().delete()
    officer.password, officer.recipient = credentials.stored(new.login), new.recipient
    officer.save(update_fields=["password", "recipient"])
    wrap(officer, new)
    record("identity-renewed", subject=str(officer.signer), by=officer.signer)
    return officer


@transaction.atomic
def grant_desk_key(officer: Officer, epoch: DeskEpoch, *, blob: bytes, signature: bytes, by: Signer) -> DeskKeyGrant:
    """Keep a desk epoch's private keys, sealed to an officer; raises GrantRefused, IntegrityError when they have it.

    `signature` is the epoch's own: whoever has not its keys cannot give them, to themselves neither.
    """
    if officer.is_administrator:
        raise GrantRefused
    signed = messages.key_grant_bytes(epoch=str(epoch), recipient=officer.recipient, digest=age.digest(blob))
    if not messages.verify(epoch.verify_key, signed, signature):
        raise GrantRefused
    grant = DeskKeyGrant.objects.create(officer=officer, epoch=epoch, blob=blob, signature=signature, at=clock.now())
    record("desk-key-granted", subject=f"desk:{epoch}", by=by, detail=str(officer.signer))
    return grant


@transaction.atomic
def leave(officer: Officer, desk: Desk, *, by: Signer) -> None:
    """End a membership now; what it let them read so far they may have kept."""
    Membership.objects.filter(officer=officer, desk=desk, until=None).update(until=clock.now())
    record("officer-left", subject=f"desk:{desk.pk}", by=by, detail=str(officer.signer))


def sign_in(username: str, secret: LoginSecret, *, now: datetime) -> Officer:
    """The officer of a name and login secret; raises SlowDown or SignInRefused, the same for unknown names.

    Nobody is in yet: `welcome` is called when the second factor was shown.

    Only wrong secrets are slowed down: whoever has the right one comes in while somebody else is guessing. A login secret is
    256 bits of Argon2id over six random words, so that guessing at any speed finds nothing.
    """
    officer = queries.officer_named(username)
    kept = officer.password if officer else credentials.stored(LoginSecret(b""))
    if credentials.matches(secret, kept) and officer is not None:
        pace.succeeded(username)
        return officer
    wait = pace.seconds_to_wait(username, now=now)
    if wait:
        raise SlowDown(wait)
    refuse(username, officer, now)
    raise SignInRefused


@transaction.atomic
def refuse(username: str, officer: Officer | None, now: datetime) -> None:
    """Count a failure; of a name that exists it is also written down."""
    pace.failed(username, now=now)
    if officer:
        record("sign-in-failed", subject=str(officer.signer), by=Signer("stranger", ""))


@transaction.atomic
def welcome(officer: Officer, now: datetime) -> None:
    """Write down that the officer came."""
    Officer.objects.filter(pk=officer.pk).update(last_login=now)
    record("signed-in", subject=str(officer.signer), by=officer.signer)


@transaction.atomic
def sign_out(officer: Officer) -> None:
    """Write down that the officer left."""
    record("signed-out", subject=str(officer.signer), by=officer.signer)


@transaction.atomic
def stop_sign_in(officer: Officer, *, by: Signer) -> bool:
    """Let an officer in no more until somebody allows it again; their keys and desks stay. False when it was so."""
    if not Officer.objects.filter(pk=officer.pk, is_active=True).update(is_active=False):
        return False
    sessions.end_all(officer)
    record("sign-in-stopped", subject=str(officer.signer), by=by)
    return True


@transaction.atomic
def allow_sign_in(officer: Officer, *, by: Signer) -> bool:
    """Let an officer of some desk in again; False when they could come in, or are of no desk any more."""
    here = Officer.objects.filter(pk=officer.pk, is_active=False, pk__in=queries.employed())
    if not here.update(is_active=True):
        return False
    record("sign-in-allowed", subject=str(officer.signer), by=by)
    return True


@transaction.atomic
def choose_language(officer: Officer, language: str) -> None:
    """Remember the language the console speaks to an officer; `language` is one of the pack's."""
    if Officer.objects.filter(pk=officer.pk).exclude(language=language).update(language=language):
        record("language-chosen", subject=str(officer.signer), by=officer.signer, detail=language)
