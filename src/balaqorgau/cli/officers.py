"""`balaqorgau officers invite|again|list|revoke`: the links with which officers make their own keys."""

import argparse
import sys
from typing import TYPE_CHECKING, Any
from uuid import UUID

from balaqorgau.cli import with_django
from balaqorgau.cli.troubles import in_sentences
from balaqorgau.config import ConfigError

if TYPE_CHECKING:
    from balaqorgau.accounts.invitations import Guest
    from balaqorgau.accounts.models import Invitation
    from balaqorgau.directory.models import Desk

WHY = {
    "bad_username": "A sign-in name has 2 to 39 characters of a-z, 0-9, dot and hyphen.",
    "bad_name": "Say the person's name with --name, in at most 120 characters.",
    "bad_days": "An invitation waits 1 to 30 days.",
    "username_taken": (
        "Somebody has this sign-in name. Did they lose their passphrase? Run: balaqorgau officers again --username NAME"
    ),
    "invited_already": "Somebody is invited under this sign-in name. Run: balaqorgau officers list",
    "never_both": "Nobody is an officer and an administrator with one account.",
    "no_invitation": "There is no such open invitation.",
}


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("officers", help="invite officers to desks, list and take back invitations")
    acts = command.add_subparsers(dest="act", required=True, metavar="invite|again|list|revoke")
    inviting = acts.add_parser("invite", help="make a link with which one person makes their own keys")
    inviting.add_argument("--desk", required=True, metavar="CODE", help="a region's code, committee or ombudsman")
    inviting.add_argument("--name", required=True, help="the person's name, as colleagues know it")
    inviting.add_argument("--language", default="", help="a language of the pack (default: its first)")
    inviting.add_argument("--username", default="", help="the sign-in name (default: the desk's code and a number)")
    again = acts.add_parser("again", help="a link for an officer who lost their passphrase and begins anew")
    again.add_argument("--username", required=True)
    for one in (inviting, again):
        one.add_argument("--days", type=int, default=0, help="how long the link waits (default: the pack's days)")
    listing = acts.add_parser("list", help="print who is invited and has not come")
    revoking = acts.add_parser("revoke", help="take an invitation back")
    revoking.add_argument("id", type=UUID)
    for one, act in ((inviting, invite), (again, begin_again), (listing, show), (revoking, revoke)):
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
        desk = desk_named(chosen.desk)
        return send(Guest(desk, chosen.username or free_username(desk), chosen.name, language), chosen.days)


def desk_named(code: str) -> "Desk":
    """A desk; raises ConfigError with those that there are."""
    from balaqorgau.directory.models import Desk

    found = {desk.pk.lower(): desk for desk in Desk.objects.all()}
    if code.lower() not in found:
        names = ", ".join(desk.pk for desk in found.values())
        raise ConfigError([f"There is no desk {code}. There are: {names}."])
    return found[code.lower()]


def begin_again(chosen: argparse.Namespace) -> int:
    """Invite an officer who is here already to begin anew; colleagues or sheets give them the desk's key again."""
    with in_sentences():
        with_django()
        from balaqorgau.accounts.invitations import Guest
        from balaqorgau.accounts.queries import desks_of, officer_named

        found = officer_named(chosen.username)
        desk = desks_of(found).first() if found else None
        if found is None or desk is None:
            raise ConfigError([f"There is no officer {chosen.username} of any desk."])
        return send(Guest(desk, found.username, found.display_name, found.language, officer=found), chosen.days)


def send(guest: "Guest", days: int) -> int:
    """Make the link and print it: it is shown once, and the database has only a hash of what it becomes."""
    from balaqorgau import pack
    from balaqorgau.accounts import invitations
    from balaqorgau.kernel.signer import OPERATOR

    try:
        made, link = invitations.send(guest, days=days or pack.current().limits.invitation_days, by=OPERATOR)
    except invitations.InvitationRefused as error:
        raise ConfigError([WHY[error.code]]) from error
    place = f"desk {made.desk_id}" if made.desk_id else "administrator"
    print(f"{made.display_name}, {made.username}, {place}. Open until {made.until:%Y-%m-%d %H:%M} UTC, once:")
    print(link)
    print(
        "Give it to that person alone, in person or by a call: whoever opens it first has the place.", file=sys.stderr
    )
    return 0


def show(_chosen: argparse.Namespace) -> int:
    """Open invitations, one in a line."""
    with in_sentences():
        with_django()
        from balaqorgau.accounts.invitations import open_invitations
        from balaqorgau.kernel import clock

        for one in open_invitations(now=clock.now()):
            print(line(one))
    return 0


def line(one: "Invitation") -> str:
    """An invitation as a line."""
    kind = "again" if one.officer_id else "new"
    place = one.desk_id or "administrators"
    return f"{one.pk}  {place}  {one.username}  {kind}  until {one.until:%Y-%m-%d %H:%M}  {one.display_name}"


def revoke(chosen: argparse.Namespace) -> int:
    """Take one back."""
    with in_sentences():
        with_django()
        from balaqorgau.accounts import invitations
        from balaqorgau.accounts.models import Invitation
        from balaqorgau.kernel.signer import OPERATOR

        found = Invitation.objects.filter(pk=chosen.id).first()
        try:
            if found is None:
                raise invitations.InvitationRefused("no_invitation")
            invitations.revoke(found, by=OPERATOR)
        except invitations.InvitationRefused as error:
            raise ConfigError([WHY[error.code]]) from error
    print("Taken back.")
    return 0
