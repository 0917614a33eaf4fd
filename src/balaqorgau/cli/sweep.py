"""`balaqorgau sweep`: destroys what children asked to erase once its day has come, and removes what nobody needs."""

import argparse
from typing import Any

from balaqorgau.cli import with_django


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("sweep", help="destroy what is due and remove what nobody needs; run it daily")
    command.set_defaults(handle=handle)


def handle(_chosen: argparse.Namespace) -> int:
    """Sweep once and say how much went; the second time nothing does."""
    with_django()
    from django.conf import settings

    from balaqorgau.kernel import clock
    from balaqorgau.operations.sweep import sweep

    print(f"Removed: {sweep(settings.VAR, now=clock.now())}.")
    return 0
