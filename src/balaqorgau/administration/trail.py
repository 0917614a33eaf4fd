"""The audit table for administrators: accounts, desks, schools and keys. What is done with appeals is not in it."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.db.models import QuerySet

from balaqorgau import pack
from balaqorgau.accounts import queries as accounts
from balaqorgau.audit import queries as audit
from balaqorgau.audit.models import AuditRow
from balaqorgau.directory import queries as directory
from balaqorgau.directory.models import Desk

SUBJECTS: Final = (
    "officer:",
    "administrator:",
    "administrators",
    "desk:",
    "school:",
    "schools",
    "region:",
    "audit",
)
"""What rows may be about. Whatever is not here is not shown: "thread:" above all, by which appeals could be counted."""
READING: Final = ("inbox-listed", "schools-listed", "renewals-listed")
"""Acts that an officer's reading leaves behind: how often somebody reads tells how much there is to read."""
ACTS: Final = (
    "administrator-added", "audit-exported", "codes-rotated", "desk-created", "desk-key-granted", "desk-key-made",
    "desk-key-withdrawn", "duty-began", "duty-ended", "epoch-published", "escrow-made", "factor-added",
    "factor-removed", "factors-forgotten", "identity-renewed", "invitation-revoked", "key-history-seen", "keys-taken",
    "language-chosen", "mail-asked", "mail-confirmed", "mail-forgotten", "mail-refused", "mail-rhythm",
    "officer-added", "officer-invited", "officer-left", "officer-removed", "passkey-unlocks", "poster-fetched",
    "poster-link-made", "poster-link-withdrawn", "posters-printed", "schools-imported", "second-factor-failed",
    "sheets-taken", "sign-in-allowed", "sign-in-failed", "sign-in-stopped", "signed-in", "signed-out",
    "template-added", "template-changed", "template-removed", "visit-ended",
)  # fmt: skip
PAGE: Final = 50
FIRST_DAYS: Final = 30
RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Search:
    """When (days on the country's clock, both inside), who (a signer or nothing), what (an act or nothing)."""

    first: date
    last: date
    who: str = ""
    what: str = ""

    @property
    def span(self) -> str:
        """The days as the audit table keeps them."""
        return f"{self.first.isoformat()} {self.last.isoformat()}"


@dataclass(frozen=True)
class Line:
    """A row in words."""

    at: datetime
    who: str
    act: str
    subject: str
    detail: str


def search_of(first: str, last: str, who: str, what: str) -> Search:
    """What was asked for; the last thirty days when it says nothing, and nothing that is not known."""
    today = pack.current().today()
    until = day_of(last) or today
    since = day_of(first) or until - timedelta(days=FIRST_DAYS)
    return Search(since, until, who, what if what in ACTS else "")


def day_of(text: str) -> date | None:
    """A date as forms send it."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if date(2000, 1, 1) <= found <= date(2199, 12, 31) else None


def rows(search: Search) -> QuerySet[AuditRow]:
    """What was found, the newest first."""
    zone = pack.current().zone
    since = datetime.combine(search.first, time(), zone).astimezone(UTC)
    until = datetime.combine(search.last + timedelta(days=1), time(), zone).astimezone(UTC)
    found = audit.found(subjects=SUBJECTS, actor=search.who, act=search.what, since=since, until=until)
    return found.exclude(act__in=READING)


def lines(found: Iterable[AuditRow], language: str) -> list[Line]:
    """Rows in words."""
    kept = list(found)
    signers = {text for row in kept for text in (row.actor, row.subject, row.detail)}
    people = {signer: f"{name} ({login})" for signer, (login, name) in accounts.names_of(signers).items()}
    desks = {desk.pk: directory.desk_name(desk, language) for desk in Desk.objects.all()}
    words = Words(language, people, desks)
    return [words.line(row) for row in kept]


@dataclass(frozen=True)
class Words:
    """How things are called in a language."""

    language: str
    people: dict[str, str]
    desks: dict[str, str]

    def line(self, row: AuditRow) -> Line:
        """One row."""
        detail = self.people.get(row.detail, row.detail)
        return Line(
            row.at, self.person(row.actor), act_words(row.act, self.language), self.subject(row.subject), detail
        )

    def person(self, actor: str) -> str:
        """Whoever did it."""
        kind = actor.partition(":")[0]
        return self.people.get(actor) or text(self.language, "admin.audit.kind", kind) or actor

    def subject(self, subject: str) -> str:
        """What it was done to."""
        kind, _, name = subject.partition(":")
        if subject in self.people:
            return self.people[subject]
        if kind == "desk":
            return self.desk(name)
        return " ".join(filter(None, (text(self.language, "admin.audit.about", kind), name)))

    def desk(self, name: str) -> str:
        """A desk's name, with its epoch's number when one is said."""
        code, _, epoch = name.partition("/")
        return " / ".join(filter(None, (self.desks.get(code, code), epoch)))


def text(language: str, family: str, name: str) -> str:
    """A text of a family, if there is one."""
    key = f"{family}.{name}"
    return pack.current().text(language, key) if pack.current().has_text(key) else ""


def act_words(act: str, language: str) -> str:
    """An act in words; one that has none yet by its code."""
    return text(language, "admin.act", act) or act


def people() -> list[tuple[str, str]]:
    """Everybody who can be searched for: their signer and their name."""
    found = accounts.everybody()
    return [(str(one.signer), f"{one.display_name} ({one.username})") for one in found]


def table(search: Search, language: str) -> Iterator[str]:
    """The rows as CSV, some at a time, with a mark by which spreadsheets know UTF-8."""
    yield "\ufeff" + line_of("at", "who", "act", "subject", "detail")
    batch: list[AuditRow] = []
    for row in rows(search).iterator(chunk_size=1000):
        batch.append(row)
        if len(batch) == 1000:
            yield written(batch, language)
            batch = []
    yield written(batch, language)


def written(batch: list[AuditRow], language: str) -> str:
    """Some rows."""
    found = zip(batch, lines(batch, language), strict=True)
    return "".join(line_of(row.at.isoformat(), one.who, row.act, one.subject, one.detail) for row, one in found)


def line_of(*cells: str) -> str:
    """A line of CSV that no spreadsheet takes for a formula."""
    out = io.StringIO()
    csv.writer(out).writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def harmless(cell: str) -> str:
    """A cell that begins like a formula gets an apostrophe before it, as OWASP advises."""
    return f"'{cell}" if cell.startswith(RISKY) else cell
