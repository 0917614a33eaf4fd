"""`balaqorgau sweep`: wakes officers, publishes new keys, destroys what children asked to erase, removes leftovers."""

import argparse
from typing import Any

from balaqorgau.cli import with_django


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("sweep", help="wake officers, destroy what is due, remove what nobody needs")
    command.add_argument(
        "--only-waking", action="store_true", help="alarms, mails and new keys only; run it every minute"
    )
    command.set_defaults(handle=handle)


def handle(chosen: argparse.Namespace) -> int:
    """Sweep once and say how much went; the second time nothing does. Waking comes first: it cannot wait."""
    with_django()
    from django.conf import settings

    from balaqorgau.administration.actions import note_done
    from balaqorgau.administration.models import SWEEP, WAKING
    from balaqorgau.kernel import clock
    from balaqorgau.operations.sweep import counted, rouse, sweep
    from balaqorgau.publishing import publish_new_keys

    print(f"Woken: {counted(rouse(now=clock.now()))}.")
    if files := publish_new_keys():
        print(f"Desks' keys have changed: published {files} files.")
    note_done(WAKING, now=clock.now())
    if chosen.only_waking:
        return 0
    print(f"Removed: {sweep(settings.VAR, now=clock.now())}.")
    note_done(SWEEP, now=clock.now())
    return 0
