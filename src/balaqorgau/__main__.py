"""The command `balaqorgau`: one word, then what to do."""

import argparse
import sys
from importlib import import_module

from balaqorgau import __version__
from balaqorgau.config import ConfigError

COMMANDS = (
    "run",
    "init",
    "check",
    "upgrade",
    "publish",
    "backup",
    "restore",
    "sweep",
    "pack",
    "schools",
    "posters",
    "officers",
    "administrators",
    "manage",
)


def parser() -> argparse.ArgumentParser:
    """Every command, each from its module in `cli`."""
    top = argparse.ArgumentParser(
        prog="balaqorgau", description="Every school's own door to those who protect children."
    )
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"balaqorgau.cli.{name}").add(commands)
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run a command; a configuration that cannot work ends it with sentences, not with a traceback."""
    chosen = parser().parse_args(arguments)
    try:
        return int(chosen.handle(chosen) or 0)
    except ConfigError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
