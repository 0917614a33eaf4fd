"""What a country pack says, as values that nothing changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Final, Literal

Names = Mapping[str, str]
Basis = Literal["law", "policy"]
LAW: Final = "law"


@dataclass(frozen=True, slots=True)
class Language:
    """A language that people may choose: BCP 47 code, its own name, writing direction, CLDR locale."""

    code: str
    name: str
    direction: str
    locale: str


@dataclass(frozen=True, slots=True)
class Territory:
    """A region or district for as long as it is the same: `until` is the first day on which it is no longer.

    `id` is ISO 3166-2 for regions and the national register's code for districts; `register` is that code for both.
    """

    id: str
    parent: str
    register: str
    names: Names
    valid_from: date | None = None
    valid_to: date | None = None
    predecessors: tuple[str, ...] = ()

    def exists(self, on: date) -> bool:
        """Whether the territory exists on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Helpline:
    """A number to call. `hours` is (from, until), ("00:00", "24:00") for always, None where it is not known."""

    number: str
    hours: tuple[str, str] | None
    danger: bool

    @property
    def always(self) -> bool:
        """Whether somebody answers day and night."""
        return self.hours == ("00:00", "24:00")


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that can have happened. `id` is opaque and never gets another meaning; `standard` are the field's terms."""

    id: str
    group: str
    picture: str
    standard: tuple[str, ...]
    retired: bool


@dataclass(frozen=True, slots=True)
class Term:
    """How long something may take, in its own unit, and whether a law says so or the operator does."""

    amount: int
    basis: Basis
    source: str


@dataclass(frozen=True, slots=True)
class ReadingHours:
    """From when to when people read letters on working days, as the country writes times of day."""

    opens: str
    closes: str
    basis: Basis
    source: str


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Working days to an answer, minutes to open an urgent appeal, days until erasure."""

    answer: Term
    urgent: Term
    erase: Term

    @property
    def answer_days(self) -> int:
        """Working days, the first of which is the day after registration."""
        return self.answer.amount

    @property
    def urgent_minutes(self) -> int:
        """Minutes an appeal of a child in danger may lie unopened."""
        return self.urgent.amount

    @property
    def erase_days(self) -> int:
        """Days between a child's wish to erase and the erasing."""
        return self.erase.amount


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A rule that the work rests on: the act's name, its number, the article, and what it says in short."""

    id: str
    act: Names
    number: str
    article: str
    rule: Names


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the installation, and how to reach them: a kind of contact (phone, mail, web…) to its value."""

    names: Names
    contact: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is still plausible: schools in one list, its size in megabytes, letters in a name, and how
    many days an invitation to a desk and a link to a poster wait.
    """

    schools: int
    school_file_mb: int
    name_letters: int
    invitation_days: int
    poster_link_days: int


@dataclass(frozen=True, slots=True)
class Waking:
    """When officers are told by mail: minutes until an alarm, until the next desk's, until one more round, between two
    mails of news; the hours of digests and of the mail that says that there was nothing, on the country's clock.
    """

    unopened_minutes: int
    next_minutes: int
    again_minutes: int
    gather_minutes: int
    digest: tuple[time, ...]
    heartbeat: time


@dataclass(frozen=True, slots=True)
class Unlawful:
    """Whose desks alone are handed a file that may be unlawful, and the rule of `legal` that says what to do with it."""

    readers: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class CalendarRules:
    """Where non-working days come from: the `holidays` library's country and the days decreed beside it."""

    country: str
    subdivision: str
    weekend: frozenset[int]
    first_year: int
    last_year: int
    also_free: frozenset[date]
    also_working: frozenset[date]
