"""`balaqorgau run`: serve an installation, or without one the example country."""

import argparse
import os
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from balaqorgau.cli import with_django
from balaqorgau.cli.troubles import in_sentences
from balaqorgau.config import REQUIRED, SETTINGS_FILE, ConfigError
from balaqorgau.installation import FILE_NAME, example_settings

if TYPE_CHECKING:
    from balaqorgau.accounts.queries import ExamplePassphrase

EXAMPLE_FOLDER: Final = "balaqorgau-example"
THREADS: Final = 32


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("run", help="serve; without settings: the example country")
    command.add_argument("--folder", type=Path, help=f"the installation's folder (default: ./{EXAMPLE_FOLDER})")
    command.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    command.add_argument("--port", type=int, default=8080, help="the port to listen on (default: 8080)")
    command.add_argument(
        "--workers", type=int, default=0, help="processes (default: 1 on SQLite, else one for each core up to 4)"
    )
    command.set_defaults(handle=handle)


def handle(chosen: argparse.Namespace) -> int:
    """Prepare and become the server; does not return when that works."""
    with in_sentences():
        choose_settings(chosen)
        with_django()
        from django.conf import settings

        check_reachable(chosen.host, known_as=settings.HOST, example=settings.EXAMPLE)
        prepare(f"http://localhost:{chosen.port}", example=settings.EXAMPLE)
    serve(chosen)
    return 1


def choose_settings(chosen: argparse.Namespace) -> None:
    """Name the settings in the environment: those given, those in the folder, or new ones of the example country."""
    if os.environ.get(SETTINGS_FILE) or all(os.environ.get(key) for key in REQUIRED):
        return
    folder = (chosen.folder or Path(EXAMPLE_FOLDER)).resolve()
    file = folder / FILE_NAME
    if not file.is_file():
        if folder.is_dir() and any(part.suffix == ".sqlite3" for part in folder.iterdir()):
            raise ConfigError([f"{folder} holds a database but no {FILE_NAME}: bring that file back before you start."])
        example_settings(folder, f"localhost:{chosen.port}")
    os.environ[SETTINGS_FILE] = str(file)
    if "BALAQORGAU_EXAMPLE=1" in file.read_text(encoding="utf-8").splitlines():
        os.environ["BALAQORGAU_HOST"] = f"localhost:{chosen.port}"


def check_reachable(host: str, *, known_as: str, example: bool) -> None:
    """Example keys are written down: they may be served to this machine only, not through a proxy either."""
    from balaqorgau.database.schema import missing_migrations
    from balaqorgau.directory import queries as directory

    held = example or (not missing_migrations() and directory.has_example_keys())
    reached = [address for address in (host, known_as.rsplit(":", 1)[0]) if not is_local(address)]
    if held and reached:
        raise ConfigError(
            [
                "This installation has example keys, whose passphrases are written down; "
                f"it may not listen on {reached[0]}."
            ]
        )


def is_local(host: str) -> bool:
    """Whether a name or an address is this machine's own."""
    return host == "localhost" or is_loopback(host)


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own; a name other than localhost is not."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def prepare(origin: str, *, example: bool) -> None:
    """The database, the example country where this is one, and the child's published pages."""
    from balaqorgau.database.schema import migrate, missing_migrations
    from balaqorgau.publishing import publish_site

    if example:
        migrate()
        from balaqorgau.examples import create_example

        made = create_example()
        publish_site()
        greet(origin, made)
        return
    if missing := missing_migrations():
        raise ConfigError([f"The database lacks {len(missing)} steps of this version. Run: balaqorgau upgrade"])
    publish_site()


def greet(origin: str, made: "list[ExamplePassphrase]") -> None:
    """Where to look, and the example passphrases: they are printed once, when they are made."""
    for officer in made:
        print(f"  {officer.username:<14} {officer.passphrase}")
    print(f"The example country is at {origin}/tour/", flush=True)


def serve(chosen: argparse.Namespace) -> None:
    """Become granian; nothing of the preparation stays in memory."""
    sys.stdout.flush()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"]
    command += ["--host", chosen.host, "--port", str(chosen.port), "--workers", str(chosen.workers or workers())]
    command += [
        "--blocking-threads",
        str(THREADS),
        "--backlog",
        "2048",
        "--backpressure",
        "1024",
        "--log-level",
        "warning",
    ]
    os.environ["DJANGO_SETTINGS_MODULE"] = "balaqorgau.settings"
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # Else every thread keeps tens of megabytes that it used once.
    os.execv(sys.executable, [*command, "balaqorgau.wsgi:application"])


def workers() -> int:
    """SQLite has one writer; PostgreSQL serves as many processes as there are cores."""
    from django.db import connection

    return 1 if connection.vendor == "sqlite" else min(4, cores())


def cores() -> int:
    """How many cores this process may use, where the system can tell, else how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
