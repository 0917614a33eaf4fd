"""A signed-in officer's session: begins with a fresh key, ends when idle, when old, or when the secret changes."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from balaqorgau.accounts import queries
from balaqorgau.accounts.credentials import keyed
from balaqorgau.accounts.models import Officer
from balaqorgau.kernel.clock import unix

IDLE: Final = timedelta(minutes=30)
ABSOLUTE: Final = timedelta(hours=12)
TOUCH_EVERY: Final = timedelta(minutes=1)


def begin(session: SessionBase, officer: Officer, *, now: datetime) -> None:
    """Start anew: whatever key the browser had before is worth nothing now."""
    session.flush()
    session["officer"] = str(officer.pk)
    session["mark"] = mark(officer)
    session["began"] = session["seen"] = unix(now)


def end(session: SessionBase) -> None:
    """Forget the session here and in the browser."""
    session.flush()


def end_all(officer: Officer) -> int:
    """End every session of an officer, wherever their browsers are; how many."""
    theirs = [one for one in Session.objects.all() if one.get_decoded().get("officer") == str(officer.pk)]
    for one in theirs:
        one.delete()
    return len(theirs)


def officer_of(session: SessionBase, *, now: datetime) -> Officer | None:
    """Whose session it is; an expired one is ended."""
    if "officer" not in session:
        return None
    officer = queries.officer(session["officer"])
    if officer is None or expired(session, now) or not constant_time_compare(session["mark"], mark(officer)):
        end(session)
        return None
    return officer


def touch(session: SessionBase, *, now: datetime) -> None:
    """Note that the officer did something; at most once a minute, because it is a write."""
    if now - moment(session["seen"]) >= TOUCH_EVERY:
        session["seen"] = unix(now)


def expired(session: SessionBase, now: datetime) -> bool:
    """Whether nobody did anything for too long, or it began too long ago."""
    return now - moment(session["seen"]) > IDLE or now - moment(session["began"]) > ABSOLUTE


def mark(officer: Officer) -> str:
    """Changes with the officer's login secret, and with it every session ends."""
    return keyed("session", officer.password.encode("ascii")).hex()


def moment(seconds: Any) -> datetime:
    """Unix seconds as a time in UTC."""
    return datetime.fromtimestamp(int(seconds), UTC)
