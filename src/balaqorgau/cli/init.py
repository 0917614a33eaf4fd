"""`balaqorgau init`: make a real installation; asks for what no flag says."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any, Final

from balaqorgau.cli import with_django
from balaqorgau.cli.troubles import in_sentences
from balaqorgau.config import SETTINGS_FILE, ConfigError, explain, find_pack
from balaqorgau.installation import FILE_NAME, new_secrets, write_settings
from balaqorgau.pack import load

DEFAULT_FOLDER: Final = "/var/lib/balaqorgau"
QUESTIONS: Final = {
    "host": ("The host name that people reach, for example balaqorgau.example", ""),
    "folder": ("The folder for everything that is kept", DEFAULT_FOLDER),
    "pack": ("The country pack: a name or a folder", "kz"),
    "database_url": (
        "The database, for example postgresql://user:password@host/name (empty: SQLite in that folder)",
        "",
    ),
    "storage_url": ("The storage of sealed files, for example s3://KEY:SECRET@host/bucket (empty: that folder)", ""),
}


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """The command's arguments."""
    command = commands.add_parser("init", help="make a real installation")
    for name, (question, default) in QUESTIONS.items():
        command.add_argument(
            f"--{name.replace('_', '-')}", help=question + (f" (default: {default})" if default else "")
        )
    command.add_argument("--yes", action="store_true", help="ask nothing: defaults for what no flag says")
    command.set_defaults(handle=handle)


def handle(chosen: argparse.Namespace) -> int:
    """Write the settings, make the database and the desks, say what comes next."""
    answers = {name: answer(name, chosen) for name in QUESTIONS}
    folder = Path(answers["folder"]).expanduser().resolve()
    values = settings_of(answers, folder)
    if problems := explain(values):
        raise ConfigError(problems)
    file = folder / FILE_NAME
    with in_sentences():
        load(find_pack(answers["pack"]))
        write_settings(file, values)
        os.environ[SETTINGS_FILE] = str(file)
        build_or_forget(file)
    print(f"Made {file}. Keep a copy of it in a safe place: its keys cannot be made again.")
    print(f"Next: {SETTINGS_FILE}={file} balaqorgau check")
    return 0


def answer(name: str, chosen: argparse.Namespace) -> str:
    """What a flag says, else what the person at the terminal says, else the default."""
    question, default = QUESTIONS[name]
    said = getattr(chosen, name)
    if said is not None:
        return str(said)
    if chosen.yes or not sys.stdin.isatty():
        return default
    return input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default


def settings_of(answers: dict[str, str], folder: Path) -> dict[str, str]:
    """The settings file's values."""
    values = {
        "BALAQORGAU_HOST": answers["host"],
        "BALAQORGAU_VAR": str(folder),
        "BALAQORGAU_PACK": answers["pack"],
        "DATABASE_URL": answers["database_url"],
        "STORAGE_URL": answers["storage_url"],
    }
    return {key: value for key, value in values.items() if value} | new_secrets()


def build_or_forget(file: Path) -> None:
    """Build; when that fails the settings go again, so that the next try is not refused: nothing used their keys yet."""
    try:
        with_django()
        build()
    except Exception:
        file.unlink()
        raise


def build() -> None:
    """The database, and the country's desks, which wait for their keys."""
    from balaqorgau.database.schema import migrate
    from balaqorgau.directory.actions import create_desks
    from balaqorgau.kernel.signer import OPERATOR

    migrate()
    create_desks(by=OPERATOR)
