"""The list of erasures beside the backups, and obeying it: a backup brings nothing back that was erased after it."""

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Final

from balaqorgau.appeals import erasing, tombstones
from balaqorgau.appeals.storage import sync_folder

LIST: Final = "erased.jsonl"
BACKUPS: Final = "backups"


def write(folder: Path) -> Path:
    """Write the list of every erasure into a folder, whole or not at all."""
    path = folder / LIST
    draft = folder / f".{LIST}.{secrets.token_hex(4)}"
    try:
        with draft.open("x", encoding="utf-8") as out:
            draft.chmod(0o600)
            out.writelines(f"{line}\n" for line in tombstones.lines())
            out.flush()
            os.fsync(out.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(folder)
    return path


def write_beside_backups(var: Path) -> None:
    """Write it where this installation keeps backups, if it does."""
    if (var / BACKUPS).is_dir():
        write(var / BACKUPS)


def obey(var: Path, *, ours: bool, now: datetime) -> tuple[int, int]:
    """Erase again what the list in a restored folder says; how many, and how many lines prove nothing.

    While the storage may be another installation's, files are left to a later sweep.
    """
    path = var / LIST
    done = [tombstones.obey(line, now=now) for line in lines_of(path)]
    if ours:
        erasing.forget([name for one in done for name in one.files])
    return sum(one.erased for one in done), sum(not one.proven for one in done)


def lines_of(path: Path) -> list[str]:
    """The lines of a list; none without one."""
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
