"""Sealed files on disk: when `save` returns, the bytes and the folder that names them are synced."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


def sync_folder(folder: Path) -> None:
    """Make a folder's list of names durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_durably(path: Path, data: bytes) -> None:
    """Write, sync, rename, sync the folder: a crash leaves the whole file or none. Mode 600."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


class DurableFiles(FileSystemStorage):
    """Django's folder storage, with nothing acknowledged before it is on disk."""

    def _save(self, name: str, content: "File[Any]") -> str:
        """Called by `save` with a name that is free."""
        path = Path(self.path(name))
        new_folder = not path.parent.is_dir()
        write_durably(path, content.read())
        if new_folder:
            sync_folder(path.parent.parent)
        return name
