"""`balaqorgau check`: every reason why this installation would not work, or not be safe, one sentence each."""

import argparse
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from balaqorgau.cli import with_django
from balaqorgau.cli.troubles import database_away
from balaqorgau.config import Config, from_environment
from balaqorgau.pack import PackError, load

if TYPE_CHECKING:
    from balaqorgau.accounts.queries import KeyStanding
    from balaqorgau.pack import Pack


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("check", help="say everything that is wrong with this installation")
    command.set_defaults(handle=handle)


def handle(_chosen: argparse.Namespace) -> int:
    """Print what is wrong; 0 when nothing is."""
    config = from_environment()
    try:
        pack = load(config.pack)
    except PackError as error:
        print(error)
        return 1
    with_django()
    found = [*folder_problems(config.var), *database_problems()]
    if config.var.is_dir():  # Else trying the storage would make the folder that is missing.
        found += storage_problems()
    found += [*mail_problems(config), *exposure_problems(config, pack)]
    for problem in found:
        print(problem)
    if not found:
        print("Everything is as it should be.")
    return 1 if found else 0


def folder_problems(folder: Path) -> Iterator[str]:
    """A folder that others can look into, or that cannot be written."""
    if not folder.is_dir():
        yield f"The folder {folder} does not exist."
        return
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield f"Others can look into {folder}. Run: chmod 700 {folder}"
    if not os.access(folder, os.W_OK):
        yield f"The folder {folder} cannot be written by this user."


def database_problems() -> Iterator[str]:
    """A database that does not answer, or is not as this version needs it."""
    from django.db import DatabaseError

    from balaqorgau.database.schema import missing_migrations

    try:
        missing = missing_migrations()
    except (DatabaseError, OSError) as error:
        yield database_away(error)
        return
    if missing:
        yield f"The database lacks {len(missing)} steps of this version. Run: balaqorgau upgrade"
    else:
        yield from desk_problems()


def desk_problems() -> Iterator[str]:
    """Desks that nothing can be sealed to or that nobody can open, schools that are not there."""
    from django.conf import settings

    from balaqorgau.accounts import queries as accounts
    from balaqorgau.directory.queries import has_example_keys
    from balaqorgau.places.queries import has_schools

    for why, desks in key_problems(accounts.key_standing()):
        if desks:
            yield f"{why}: {', '.join(desks)}."
    if has_example_keys() and not settings.EXAMPLE:
        yield "This installation has example keys, whose passphrases are written down: begin a new one with `balaqorgau init`."
    if not has_schools():
        yield "There are no schools yet. Run: balaqorgau schools import FILE"


def key_problems(standing: "KeyStanding") -> Iterator[tuple[str, list[str]]]:
    """What is wrong with desks' keys, and with whose."""
    yield (
        f"{len(standing.keyless)} desks have no keys yet, so nothing can be sent to them. "
        "Run for each: balaqorgau officers invite --desk CODE --name NAME",
        standing.keyless,
    )
    yield (
        "Keys wait for the signature of the Ombudsman's desk, and nothing can be sent to these desks",
        standing.unsigned,
    )
    yield "No officer has the key of these desks any more: their sheets must bring it back", standing.unheld


def storage_problems() -> Iterator[str]:
    """A storage of sealed files that does not keep what it is given."""
    from balaqorgau.appeals import files

    try:
        name = files.keep(b"check")
        kept = files.read(name)
        files.destroy(name)
    except Exception as error:  # Each storage fails in its own library's way.
        yield f"The storage of sealed files does not work: {type(error).__name__}: {str(error).partition(chr(10))[0]}"
        return
    if kept != b"check":
        yield "The storage of sealed files does not give back what it was given."


MAIL_TROUBLES: Final = {
    "unreachable": "nobody answers there",
    "timeout": "it did not answer in time",
    "tls": "no encrypted connection can be made, or its certificate is not trusted",
    "sign-in": "it refuses the user or the password",
}


def mail_problems(config: Config) -> Iterator[str]:
    """Why nobody would be woken; an example country needs no mail."""
    from balaqorgau.waking.post import trouble

    if config.mail is None:
        if not config.example:
            yield "BALAQORGAU_MAIL_URL is not set: nobody is woken when a child is not safe."
    elif why := trouble():
        yield f"The mail server does not work: {MAIL_TROUBLES.get(why, 'it refuses the connection')}. Nobody is woken."


def exposure_problems(config: Config, pack: "Pack") -> Iterator[str]:
    """What is fine on one's own machine and not for a country."""
    if config.example:
        return
    if not config.secure:
        yield "BALAQORGAU_HTTPS is 0: without TLS, browsers neither encrypt nor protect what children write."
    if config.host.rsplit(":", 1)[0] in ("localhost", "127.0.0.1"):
        yield f"BALAQORGAU_HOST is {config.host}: posters would lead children to their own phones."
    if ".example" in pack.operator.contact["security"]:
        yield "pack.yaml: operator.contact.security is an example address: nobody could report a weakness."
