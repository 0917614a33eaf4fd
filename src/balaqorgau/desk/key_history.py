"""Who could read what of a desk from when to when, told from the audit table, which nobody can change."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from balaqorgau.accounts import queries as accounts
from balaqorgau.appeals import queries as appeals
from balaqorgau.audit import queries as audit
from balaqorgau.audit.models import AuditRow
from balaqorgau.desk.actions import HANDED_OUT
from balaqorgau.directory import queries as directory
from balaqorgau.directory.models import Desk
from balaqorgau.kernel.clock import unix

GIVEN: Final = "desk-key-granted"
ENDED: Final = ("officer-removed", "identity-renewed")


@dataclass(frozen=True)
class Period:
    """An officer, as the audit table names them, with an epoch's key from `since` until `until`, or still."""

    officer: str
    epoch: int
    since: datetime
    until: datetime | None = None


def periods(desk: Desk) -> list[Period]:
    """Every period of a desk, in the order in which they began."""
    found: list[Period] = []
    for row in audit.about_keys(f"desk:{desk.pk}", given=GIVEN, ended=ENDED):
        if row.act == GIVEN:
            found.append(Period(row.detail, int(row.subject.rpartition("/")[2]), row.at))
        else:
            found = [ended(period, row) for period in found]
    return found


def ended(period: Period, row: AuditRow) -> Period:
    """The period after somebody's keys ended."""
    whose = row.subject if row.act == "identity-renewed" else row.detail
    return replace(period, until=row.at) if period.until is None and period.officer == whose else period


def as_json(desk: Desk, language: str) -> dict[str, Any]:
    """The history as the page shows it and as a file."""
    found = periods(desk)
    names = accounts.names_of({period.officer for period in found})
    return {
        "desk": desk.pk,
        "name": directory.desk_name(desk, language),
        "periods": [period_json(desk, period, names) for period in found],
    }


def period_json(desk: Desk, period: Period, names: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """One period: who, since when, until when, how many appeals the key opened meanwhile, and which of them were handed out."""
    username, name = names.get(period.officer, ("", ""))
    reach = within(desk, period)
    return {
        "username": username,
        "name": name,
        "epoch": period.epoch,
        "since": unix(period.since),
        "until": unix(period.until) if period.until else None,
        "total": len(reach),
        "taken": handed(period, reach),
    }


def within(desk: Desk, period: Period) -> dict[UUID, datetime]:
    """Every appeal that the key opened by the period's end, with when it was received."""
    mark = directory.fingerprint(desk.pk, period.epoch)
    grants = appeals.grants_to([mark] if mark else []).filter(thread__erased_at=None).order_by("at", "id")
    if period.until:
        grants = grants.filter(at__lte=period.until)
    return dict(grants.values_list("thread_id", "thread__received_at"))


def handed(period: Period, reach: dict[UUID, datetime]) -> list[dict[str, Any]]:
    """Which of these appeals the officer's browser was handed, and when first; the newest first."""
    taken = audit.first_times(period.officer, HANDED_OUT, since=period.since, until=period.until)
    known = {f"thread:{pk}": (pk, received) for pk, received in reach.items()}
    found = [(known[subject], at) for subject, at in taken.items() if subject in known]
    rows = [{"id": str(pk), "received": unix(received), "taken": at} for (pk, received), at in found]
    return sorted(rows, key=lambda row: (-row["taken"], row["id"]))
