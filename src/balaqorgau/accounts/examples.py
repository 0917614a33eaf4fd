"""Desks and officers of the example country: keys made on this machine, passphrases written down. Never for real."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from django.db import transaction

from balaqorgau.accounts import actions, passphrases, wrapping
from balaqorgau.accounts.models import Officer
from balaqorgau.accounts.passphrases import Cost
from balaqorgau.accounts.queries import EXAMPLE_FILE, ExamplePassphrase
from balaqorgau.accounts.wrapping import DeskSecret
from balaqorgau.directory import actions as directory
from balaqorgau.directory import queries as published
from balaqorgau.directory.chain import Voucher, signer_of
from balaqorgau.directory.models import COMMITTEE, OMBUDSMAN, REGION, Desk, DeskEpoch
from balaqorgau.kernel.signer import OPERATOR

OFFICERS: Final = {REGION: 1, COMMITTEE: 2, OMBUDSMAN: 2}
SALT_LENGTH: Final = passphrases.SALT_LENGTH


@dataclass(frozen=True)
class Country:
    """What the pack says: a language, its passphrase words, and how an example officer is called ("… {number}")."""

    language: str
    words: Sequence[str]
    officer_name: str


@transaction.atomic
def create_example_desks(country: Country, *, var: Path) -> list[ExamplePassphrase]:
    """Every desk with keys and officers, their passphrases in `var`; the second time nothing changes."""
    made: list[ExamplePassphrase] = []
    ombudsman: DeskSecret | None = None
    for desk in sorted(directory.create_desks(by=OPERATOR), key=lambda desk: desk.role != OMBUDSMAN):
        if published.current_epoch(desk.pk) is None:
            secret = wrapping.new_desk_secret()
            ombudsman = ombudsman or secret
            made += open_desk(desk, secret, country, vouching=ombudsman)
    if made:
        write(var / EXAMPLE_FILE, made)
    return made


def open_desk(desk: Desk, secret: DeskSecret, country: Country, *, vouching: DeskSecret) -> list[ExamplePassphrase]:
    """A first epoch for a desk, signed by the Ombudsman's, and its officers."""
    recipient, verify = secret.recipient, secret.verify_key
    signature = vouching.voucher(f"{desk.pk}/1", recipient, verify)
    voucher = Voucher(signer_of(desk, 1), signature)
    epoch = directory.publish_epoch(
        desk, recipient=recipient, verify_key=verify, voucher=voucher, example=True, by=OPERATOR
    )
    numbers = range(1, OFFICERS[desk.role] + 1)
    return [employ(f"{desk.pk.lower()}-{number}", number, epoch, secret, country) for number in numbers]


def employ(username: str, number: int, epoch: DeskEpoch, secret: DeskSecret, country: Country) -> ExamplePassphrase:
    """An officer of a desk with a passphrase of their own and the desk's key."""
    name = country.officer_name.format(number=number)
    passphrase = passphrases.generate(country.words)
    officer, _ = hire(username, name, language=country.language, passphrase=passphrase, desks=[epoch.desk])
    give(officer, epoch, secret)
    return ExamplePassphrase(username, name, epoch.desk_id, country.language, passphrase)


def give(officer: Officer, epoch: DeskEpoch, secret: DeskSecret) -> None:
    """An epoch's keys for an officer."""
    to = {"desk": epoch.desk_id, "epoch": epoch.epoch, "recipient": officer.recipient}
    blob = wrapping.wrap_desk_secret(secret, **to)
    signature = wrapping.sign_grant(secret, blob, **to)
    actions.grant_desk_key(officer, epoch, blob=blob, signature=signature, by=OPERATOR)


def hire(
    username: str, name: str, *, language: str, passphrase: str, desks: Sequence[Desk]
) -> tuple[Officer, wrapping.IdentitySeed]:
    """An officer whose keys are made here from a passphrase, and the identity that opens what they are given."""
    salt, cost, identity = os.urandom(SALT_LENGTH), Cost(), wrapping.new_identity()
    stretched = passphrases.stretch(passphrase, salt, cost)
    new = actions.NewOfficer(
        username=username,
        display_name=name,
        language=language,
        login=stretched.login,
        recipient=wrapping.recipient_of(identity),
        salt=salt,
        cost=cost,
        wrapped_identity=wrapping.wrap_identity(identity, stretched.unlocking),
    )
    return actions.add_officer(new, desks=desks, by=OPERATOR), identity


def write(file: Path, officers: Sequence[ExamplePassphrase]) -> None:
    """The passphrases as a file that only its owner reads."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump([asdict(officer) for officer in officers], out, ensure_ascii=False, indent=1)
