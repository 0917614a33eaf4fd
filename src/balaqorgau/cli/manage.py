"""`balaqorgau manage …`: Django's own commands, for those who develop it."""

import argparse
import os
from typing import Any


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("manage", help="Django's own commands")
    command.add_argument("arguments", nargs=argparse.REMAINDER)
    command.set_defaults(handle=handle)


def handle(chosen: argparse.Namespace) -> int:
    """Hand the rest of the line to Django."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balaqorgau.settings")
    execute_from_command_line(["balaqorgau manage", *chosen.arguments])
    return 0
