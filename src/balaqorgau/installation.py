"""A settings file for a new installation: every secret made here, readable by its owner only."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from balaqorgau.config import ConfigError
from balaqorgau.kernel.ids import b64

FILE_NAME: Final = "balaqorgau.env"
HEAD: Final = (
    "# Settings of Balaqorgau, one KEY=value a line. Keep it secret and keep a copy: its keys cannot be made again."
)


def new_secrets() -> dict[str, str]:
    """What must be random and must stay."""
    return {
        "BALAQORGAU_SECRET_KEY": secrets.token_urlsafe(48),
        "BALAQORGAU_DEPLOYMENT": b64(secrets.token_bytes(16)),
        "BALAQORGAU_PROMISE_KEY": b64(secrets.token_bytes(32)),
    }


def write_settings(file: Path, values: Mapping[str, str]) -> None:
    """Write a settings file of mode 600; ConfigError when one is there, for its keys may be in use."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ConfigError([f"{file} exists already and is left as it is: its keys may be in use."]) from None
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write("\n".join([HEAD, *(f"{key}={value}" for key, value in values.items())]) + "\n")


def example_settings(folder: Path, host: str) -> Path:
    """The settings file of the example country in a folder; made the first time."""
    file = folder / FILE_NAME
    if not file.is_file():
        values = {"BALAQORGAU_HOST": host, "BALAQORGAU_VAR": str(folder), "BALAQORGAU_PACK": "kz"}
        write_settings(file, {**values, "BALAQORGAU_EXAMPLE": "1", "BALAQORGAU_HTTPS": "0", **new_secrets()})
    return file
