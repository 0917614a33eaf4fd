"""What rooms above may ask of officers."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet

from balaqorgau.accounts import credentials
from balaqorgau.accounts.models import DeskKeyGrant, Membership, Officer, Proposal, WrappedIdentity
from balaqorgau.accounts.passphrases import Cost
from balaqorgau.directory.models import Desk, DeskEpoch

EXAMPLE_FILE: Final = "example-officers.json"
PEOPLE: Final = ("officer:", "administrator:")


@dataclass(frozen=True)
class Stretching:
    """What a browser needs to turn a passphrase into two secrets."""

    salt: bytes
    cost: Cost


@dataclass(frozen=True)
class ExamplePassphrase:
    """An officer of the example country, with what only examples may have: a passphrase that is written down."""

    username: str
    name: str
    desk: str
    language: str
    passphrase: str


@dataclass(frozen=True)
class KeyStanding:
    """Desks by what is wrong with their keys: none yet, none signed yet, nobody who has the one of today."""

    keyless: list[str]
    unsigned: list[str]
    unheld: list[str]


def key_standing() -> KeyStanding:
    """Every desk whose key is not as it should be."""
    proposed = set(Proposal.objects.values_list("desk", flat=True))
    published = set(DeskEpoch.objects.filter(retired_at=None).values_list("desk", flat=True))
    closed = [desk.pk for desk in Desk.objects.order_by("id") if desk.pk not in published]
    return KeyStanding(
        keyless=[desk for desk in closed if desk not in proposed],
        unsigned=[desk for desk in closed if desk in proposed],
        unheld=sorted(published - holding_desks()),
    )


def holding_desks() -> set[str]:
    """Desks of which somebody who belongs to them has the key of today."""
    held = DeskKeyGrant.objects.filter(
        epoch__retired_at=None,
        officer__is_active=True,
        officer__memberships__until=None,
        officer__memberships__desk=F("epoch__desk"),
    )
    return set(held.values_list("epoch__desk", flat=True))


def everybody() -> QuerySet[Officer]:
    """Officers and administrators, present and past."""
    return Officer.objects.order_by("display_name", "username")


def administrators() -> QuerySet[Officer]:
    """The administrators who may sign in."""
    return Officer.objects.filter(is_administrator=True, is_active=True)


def employed() -> QuerySet[Membership, UUID]:
    """The ids of those who belong to a desk now."""
    return Membership.objects.filter(until=None).values_list("officer_id", flat=True)


def officer_named(username: str) -> Officer | None:
    """The active officer of a name."""
    return Officer.objects.filter(username=username, is_active=True).first()


def officer(pk: str) -> Officer | None:
    """The active officer of an id."""
    return Officer.objects.filter(pk=pk, is_active=True).first()


def stretching_for(username: str) -> Stretching:
    """Salt and cost for a name; for one that does not exist, ones that look just like it and stay the same."""
    wrapped = WrappedIdentity.objects.filter(officer__username=username, officer__is_active=True).last()
    if wrapped is None:
        return Stretching(credentials.fake_salt(username), Cost())
    return Stretching(wrapped.salt, Cost(wrapped.memory_kib, wrapped.passes, wrapped.lanes))


def desks_of(officer: Officer) -> QuerySet[Desk]:
    """The desks an officer belongs to now."""
    return Desk.objects.filter(memberships__officer=officer, memberships__until=None).order_by("id")


def colleagues_of(officer: Officer) -> QuerySet[Officer]:
    """Everybody who is or was at a desk the officer belongs to now, themselves included."""
    return Officer.objects.filter(memberships__desk__in=desks_of(officer)).distinct()


def epochs_of(officer: Officer) -> QuerySet[DeskEpoch]:
    """The desk epochs whose private keys an officer may open: granted to them, at desks they belong to now."""
    return (
        DeskEpoch.objects.filter(key_grants__officer=officer, desk__in=desks_of(officer))
        .select_related("desk")
        .order_by("id")
    )


def names_of(signers: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Sign-in name and name of officers and administrators, present and past, by how the audit table names them."""
    wanted = {signer.partition(":")[2] for signer in signers if signer.startswith(PEOPLE)}
    return {str(one.signer): (one.username, one.display_name) for one in Officer.objects.filter(pk__in=wanted)}


def wrapped_identity_of(officer: Officer) -> WrappedIdentity | None:
    """The officer's newest wrapped identity."""
    return WrappedIdentity.objects.filter(officer=officer).last()


def key_grants_of(officer: Officer) -> QuerySet[DeskKeyGrant]:
    """The grants behind `epochs_of`."""
    return DeskKeyGrant.objects.filter(officer=officer, epoch__in=epochs_of(officer)).select_related("epoch")


def example_passphrases() -> list[ExamplePassphrase]:
    """The example officers and their passphrases; nothing unless this installation is the example country."""
    file = Path(settings.VAR) / EXAMPLE_FILE
    if not settings.EXAMPLE or not file.is_file():
        return []
    return [ExamplePassphrase(**row) for row in json.loads(file.read_text(encoding="utf-8"))]
