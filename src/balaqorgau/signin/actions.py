"""Everything that changes an officer's second factors; each with its audit row in the same transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction

from balaqorgau.accounts import credentials, pace
from balaqorgau.accounts.actions import SlowDown
from balaqorgau.accounts.models import Officer
from balaqorgau.accounts.passphrases import LoginSecret
from balaqorgau.audit.actions import record
from balaqorgau.kernel.signer import Signer
from balaqorgau.signin import passkeys, queries, totp
from balaqorgau.signin.models import PASSKEY, TOTP, Factor

MOST: Final = 10
LONGEST_WAIT: Final = timedelta(minutes=15)


class SecondRefused(Exception):
    """Not the second factor of this officer."""


class Impossible(Exception):
    """It cannot be done; `code` says why: "wrong_passphrase", "too_many", "last_factor", "have_it"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_passphrase(officer: Officer, secret: LoginSecret) -> None:
    """Whoever changes how an officer comes in knows the passphrase: an unlocked console alone is not enough."""
    if not credentials.matches(secret, officer.password):
        raise Impossible("wrong_passphrase")


@transaction.atomic
def add_app(officer: Officer, *, label: str, secret: bytes, code: str, now: datetime) -> Factor:
    """Keep an app's secret once its digits prove that the app has it; raises SecondRefused."""
    check_room(officer)
    step = totp.step_of(secret, code, now=now, after=-1)
    if step is None or len(secret) != totp.LENGTH:
        raise SecondRefused
    kept = totp.sealed(secret, str(officer.pk))
    factor = Factor.objects.create(officer=officer, kind=TOTP, label=label, secret=kept, counter=step, at=now)
    return told(factor, "factor-added")


def add_passkey(
    officer: Officer, *, label: str, state: dict[str, Any], answer: Mapping[str, Any], now: datetime
) -> Factor:
    """Keep a passkey that the browser made; raises SecondRefused, and Impossible for one that is here already."""
    try:
        found = passkeys.made(state, answer)
    except passkeys.WrongPasskey as error:
        raise SecondRefused from error
    try:
        return keep_passkey(officer, label, found.credential_id, bytes(found), now)
    except IntegrityError as error:
        raise Impossible("have_it") from error


@transaction.atomic
def keep_passkey(officer: Officer, label: str, credential: bytes, public: bytes, now: datetime) -> Factor:
    """The row and its line in the audit."""
    check_room(officer)
    factor = Factor.objects.create(
        officer=officer, kind=PASSKEY, label=label, secret=public, credential=credential, at=now
    )
    return told(factor, "factor-added")


@transaction.atomic
def let_unlock(officer: Officer, factor: Factor, *, salt: bytes, wrapped: bytes) -> None:
    """Keep the officer's identity as only this passkey opens it."""
    Factor.objects.filter(pk=factor.pk, officer=officer, kind=PASSKEY).update(salt=salt, wrapped=wrapped)
    record("passkey-unlocks", subject=str(officer.signer), by=officer.signer, detail=str(factor.pk))


@transaction.atomic
def remove(officer: Officer, factor: Factor) -> None:
    """Forget a second factor; the last one stays, so that nobody shuts themselves out."""
    others = Factor.objects.select_for_update().filter(officer=officer).exclude(pk=factor.pk)
    if not list(others):
        raise Impossible("last_factor")
    told(factor, "factor-removed")
    factor.delete()


@transaction.atomic
def forget_all(officer: Officer, *, by: Signer) -> None:
    """For somebody who begins anew: what they had before opens nothing any more."""
    if Factor.objects.filter(officer=officer).delete()[0]:
        record("factors-forgotten", subject=str(officer.signer), by=by)


def check_room(officer: Officer) -> None:
    """Nobody needs more than ten."""
    if queries.factors_of(officer).count() >= MOST:
        raise Impossible("too_many")


def told(factor: Factor, act: str) -> Factor:
    """Write it down."""
    signer = factor.officer.signer
    record(act, subject=str(signer), by=signer, detail=factor.kind)
    return factor


def try_code(officer: Officer, code: str, *, now: datetime) -> None:
    """Let six digits in once; raises SlowDown or SecondRefused. Slower with every failure, up to a quarter of an hour."""
    wait = pace.seconds_to_wait(turn(officer), now=now, longest=LONGEST_WAIT)
    if wait:
        raise SlowDown(wait)
    if not use_code(officer, code, now):
        refuse(officer, now)
        raise SecondRefused


@transaction.atomic
def use_code(officer: Officer, code: str, now: datetime) -> bool:
    """Whether an app of theirs shows these digits; they are used up by that."""
    for factor in Factor.objects.select_for_update().filter(officer=officer, kind=TOTP):
        step = totp.step_of(totp.opened(factor.secret, str(officer.pk)), code, now=now, after=factor.counter)
        if step is not None:
            return used(factor, step, now)
    return False


def try_passkey(officer: Officer, state: dict[str, Any], answer: Mapping[str, Any], *, now: datetime) -> None:
    """Let a passkey in; raises SecondRefused."""
    if not use_passkey(officer, state, answer, now):
        refuse(officer, now)
        raise SecondRefused


@transaction.atomic
def use_passkey(officer: Officer, state: dict[str, Any], answer: Mapping[str, Any], now: datetime) -> bool:
    """Whether a passkey of theirs answered what was asked."""
    have = list(Factor.objects.select_for_update().filter(officer=officer, kind=PASSKEY))
    try:
        factor, counter = passkeys.shown(state, have, answer)
    except passkeys.WrongPasskey:
        return False
    return used(factor, counter, now)


def used(factor: Factor, counter: int, now: datetime) -> bool:
    """Note that a factor was used, so that the same answer is worth nothing again."""
    factor.counter, factor.used_at = counter, now
    factor.save(update_fields=["counter", "used_at"])
    pace.succeeded(turn(factor.officer))
    return True


@transaction.atomic
def refuse(officer: Officer, now: datetime) -> None:
    """Count a failure and write it down: somebody had the passphrase."""
    pace.failed(turn(officer), now=now)
    record("second-factor-failed", subject=str(officer.signer), by=Signer("stranger", ""))


def turn(officer: Officer) -> str:
    """The name under which an officer's failed digits are counted."""
    return f"second/{officer.pk}"
