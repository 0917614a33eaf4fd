"""The way from the passphrase to the second factor to an open session, and the list of those that are open."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.crypto import constant_time_compare

from balaqorgau.accounts import actions as accounts
from balaqorgau.accounts import queries, sessions
from balaqorgau.accounts.models import Officer
from balaqorgau.audit.actions import record
from balaqorgau.kernel.clock import unix
from balaqorgau.signin.models import Visit

PATIENCE: Final = timedelta(minutes=5)
ASKED: Final = "asked"
NONE: Final = UUID(int=0)


def wait(session: SessionBase, officer: Officer, *, now: datetime) -> None:
    """The passphrase was right; the second factor has five minutes. Whoever was here before is not any more."""
    forget(session, now=now)
    session.flush()
    session["waiting"] = {"officer": str(officer.pk), "mark": sessions.mark(officer), "at": unix(now)}


def waiting(session: SessionBase, *, now: datetime) -> Officer | None:
    """Who is half in."""
    half = session.get("waiting")
    if half is None or now - sessions.moment(half["at"]) > PATIENCE:
        return None
    found = queries.officer(half["officer"])
    return found if found and constant_time_compare(half["mark"], sessions.mark(found)) else None


def ask(session: SessionBase, purpose: str, state: dict[str, Any], *, now: datetime) -> None:
    """Remember what a browser was asked."""
    session[ASKED] = {"purpose": purpose, "state": state, "at": unix(now)}


def asked(session: SessionBase, purpose: str, *, now: datetime) -> dict[str, Any] | None:
    """What it was asked for this purpose, once and not long ago."""
    found = session.pop(ASKED, None)
    if found is None or found["purpose"] != purpose or now - sessions.moment(found["at"]) > PATIENCE:
        return None
    state: dict[str, Any] = found["state"]
    return state


@transaction.atomic
def begin(session: SessionBase, officer: Officer, how: str, *, now: datetime) -> Visit:
    """The officer is in."""
    forget(session, now=now)
    sessions.begin(session, officer, now=now)
    visit = Visit.objects.create(officer=officer, how=how, began_at=now, seen_at=now)
    session["visit"] = str(visit.pk)
    accounts.welcome(officer, now)
    return visit


def forget(session: SessionBase, *, now: datetime) -> None:
    """This browser's visit ends, if it has one: another begins in its place."""
    Visit.objects.filter(pk=session.get("visit", NONE), ended_at=None).update(ended_at=now)


def of(session: SessionBase, officer: Officer) -> Visit | None:
    """The visit behind a session, unless it was ended from elsewhere."""
    return Visit.objects.filter(pk=session.get("visit", NONE), officer=officer, ended_at=None).first()


def touch(session: SessionBase, visit: Visit, *, now: datetime) -> None:
    """The officer did something; written at most once a minute."""
    if now - visit.seen_at >= sessions.TOUCH_EVERY:
        Visit.objects.filter(pk=visit.pk).update(seen_at=now)
    sessions.touch(session, now=now)


@transaction.atomic
def end(officer: Officer, visit: Visit, *, now: datetime) -> None:
    """End one visit; its browser hears of it with its next request."""
    if Visit.objects.filter(pk=visit.pk, officer=officer, ended_at=None).update(ended_at=now):
        record("visit-ended", subject=str(officer.signer), by=officer.signer)


def leave(session: SessionBase, *, now: datetime) -> None:
    """The officer signs out: this visit ends, here and in the list."""
    forget(session, now=now)
    sessions.end(session)


def end_all(officer: Officer, *, now: datetime) -> int:
    """End every visit, for whoever shuts an officer out; how many."""
    return Visit.objects.filter(officer=officer, ended_at=None).update(ended_at=now)


def forget_old(*, now: datetime) -> int:
    """Remove visits that can no longer be open; how many. The audit table keeps who came when."""
    return Visit.objects.filter(began_at__lt=now - sessions.ABSOLUTE).delete()[0]
