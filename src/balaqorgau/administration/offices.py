"""Desks and their people, as an administrator sees them: whether a desk is open, what comes next, who was here when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from balaqorgau import pack
from balaqorgau.accounts import invitations
from balaqorgau.accounts import queries as accounts
from balaqorgau.accounts.models import Invitation, Membership, Officer
from balaqorgau.directory import queries as directory
from balaqorgau.directory.models import Desk
from balaqorgau.kernel import clock

OPEN: Final = "open"
KEYLESS: Final = "keyless"
UNSIGNED: Final = "unsigned"
UNHELD: Final = "unheld"


@dataclass(frozen=True)
class Person:
    """An officer of a desk; `seen` is when they signed in last, to the day."""

    id: str
    username: str
    name: str
    seen: datetime | None
    may_sign_in: bool


@dataclass(frozen=True)
class Office:
    """A desk: its state, and who belongs to it."""

    id: str
    name: str
    state: str
    people: tuple[Person, ...]

    @property
    def is_open(self) -> bool:
        """Whether its key is published, so that somebody can be invited who is then given it."""
        return self.state in (OPEN, UNHELD)


def offices(language: str) -> list[Office]:
    """Every desk as the language sorts their names, those with something to do first."""
    people = members()
    states = desk_states()
    found = [
        Office(desk.pk, directory.desk_name(desk, language), states.get(desk.pk, OPEN), tuple(people[desk.pk]))
        for desk in Desk.objects.all()
    ]
    order = pack.current().collation(language)
    return sorted(found, key=lambda office: (office.state == OPEN, order.key(office.name)))


def desk_states() -> dict[str, str]:
    """Desks that are not as they should be, by what is wrong."""
    standing = accounts.key_standing()
    lists = {UNHELD: standing.unheld, UNSIGNED: standing.unsigned, KEYLESS: standing.keyless}
    return {desk: state for state, desks in lists.items() for desk in desks}


def members() -> dict[str, list[Person]]:
    """Everybody who belongs to a desk now, by desk."""
    found: dict[str, list[Person]] = defaultdict(list)
    for row in Membership.objects.filter(until=None).select_related("officer").order_by("officer__username"):
        found[row.desk_id].append(person(row.officer))
    return found


def person(officer: Officer) -> Person:
    """One of them."""
    return Person(
        str(officer.pk), officer.username, officer.display_name, officer.last_login, may_sign_in=officer.is_active
    )


def open_invitations() -> list[Invitation]:
    """Links to desks that somebody may still use; those of administrators are the operator's."""
    return list(invitations.open_invitations(now=clock.now()).exclude(desk=None))


def closed_desks() -> int:
    """How many desks children cannot write to yet."""
    return sum(state in (KEYLESS, UNSIGNED) for state in desk_states().values())
