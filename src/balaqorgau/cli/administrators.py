"""`balaqorgau administrators invite|again|list|stop`: people who look after schools and the installation, and read nothing."""

import argparse
from typing import Any

from balaqorgau.cli import with_django
from balaqorgau.cli.officers import send
from balaqorgau.cli.troubles import in_sentences
from balaqorgau.config import ConfigError


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("administrators", help="invite administrators, list them, shut one out")
    acts = command.add_subparsers(dest="act", required=True, metavar="invite|again|list|stop")
    inviting = acts.add_parser("invite", help="make a link with which one person makes their own account")
    inviting.add_argument("name", help="the person's name")
    inviting.add_argument("--language", default="", help="a language of the pack (default: its first)")
    inviting.add_argument("--username", default="", help="the sign-in name (default: admin and a number)")
    again = acts.add_parser("again", help="a link for an administrator who lost their passphrase")
    stopping = acts.add_parser("stop", help="let an administrator in no more")
    for one in (again, stopping):
        one.add_argument("username")
    for one in (inviting, again):
        one.add_argument("--days", type=int, default=0, help="how long the link waits (default: the pack's days)")
    listing = acts.add_parser("list", help="print administrators")
    for one, act in ((inviting, invite), (again, begin_again), (listing, show), (stopping, stop)):
        one.set_defaults(handle=act)


def invite(chosen: argparse.Namespace) -> int:
    """Invite somebody new."""
    with in_sentences():
        with_django()
        from balaqorgau import pack
        from balaqorgau.accounts.invitations import Guest, free_username

        language = chosen.language or pack.current().languages[0]
        if language not in pack.current().languages:
            raise ConfigError([f"The pack has no language {language}; it has {', '.join(pack.current().languages)}."])
        return send(Guest(None, chosen.username or free_username(None), chosen.name, language), chosen.days)


def begin_again(chosen: argparse.Namespace) -> int:
    """Invite an administrator to make new words; what they came in with before is forgotten."""
    with in_sentences():
        with_django()
        from balaqorgau.accounts.invitations import Guest

        found = administrator(chosen.username)
        return send(Guest(None, found.username, found.display_name, found.language, officer=found), chosen.days)


def administrator(username: str) -> Any:
    """The administrator of a name who may sign in; ConfigError when there is none."""
    from balaqorgau.accounts.queries import officer_named

    found = officer_named(username)
    if found is None or not found.is_administrator:
        raise ConfigError([f"There is no administrator {username}. Run: balaqorgau administrators list"])
    return found


def show(_chosen: argparse.Namespace) -> int:
    """Everybody who may come in, one in a line."""
    with in_sentences():
        with_django()
        from balaqorgau.accounts.queries import administrators

        for one in administrators():
            seen = f"{one.last_login:%Y-%m-%d}" if one.last_login else "never"
            print(f"{one.username}  last here {seen}  {one.display_name}")
    return 0


def stop(chosen: argparse.Namespace) -> int:
    """Shut one out; their sessions end at once."""
    with in_sentences():
        with_django()
        from balaqorgau.accounts.actions import stop_sign_in
        from balaqorgau.kernel import clock
        from balaqorgau.kernel.signer import OPERATOR
        from balaqorgau.signin import visits

        found = administrator(chosen.username)
        stop_sign_in(found, by=OPERATOR)
        visits.end_all(found, now=clock.now())
    print("Shut out.")
    return 0
