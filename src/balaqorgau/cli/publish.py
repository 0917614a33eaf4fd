"""`balaqorgau publish`: write the child's static pages and the desks' directory again."""

import argparse
from typing import Any

from balaqorgau.cli import with_django
from balaqorgau.cli.troubles import in_sentences


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("publish", help="write the child's pages and the desks' directory again")
    command.set_defaults(handle=handle)


def handle(_chosen: argparse.Namespace) -> int:
    """Publish, and say how much."""
    with in_sentences():
        with_django()
        from balaqorgau.publishing import publish_site

        names = publish_site()
    print(f"Published {len(names)} files. Restart the server if it serves them itself.")
    return 0
