"""Ciphertext files in the configured storage, under names that say nothing."""

import errno
import secrets
from collections.abc import Iterable
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from balaqorgau.appeals.refusals import Refused


def keep(data: bytes) -> str:
    """Store sealed bytes durably; the storage's name for them. Raises OSError."""
    token = secrets.token_hex(16)
    try:
        return storages["sealed"].save(f"{token[:2]}/{token}", ContentFile(data))
    except OSError:
        raise
    except Exception as error:  # A store elsewhere fails in its own library's way.
        raise OSError(errno.EIO, "the storage of sealed files failed") from error


def keep_all(parts: Iterable[bytes]) -> list[str]:
    """Store several durably, all or none; their names in order. Raises Refused: storage_full or busy."""
    names: list[str] = []
    try:
        for data in parts:
            names.append(keep(data))
    except OSError as error:
        with suppress(Exception):  # What cannot be removed now, `balaqorgau sweep` removes: no row names it.
            for name in names:
                destroy(name)
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise Refused("storage_full" if full else "busy", 503, seconds=30) from error
    return names


def read(name: str) -> bytes:
    """The sealed bytes under a name; FileNotFoundError when they are gone, OSError when the store is away."""
    try:
        with storages["sealed"].open(name) as file:
            return bytes(file.read())
    except OSError:
        raise
    except Exception as error:  # A store elsewhere fails in its own library's way.
        raise OSError(errno.EIO, "the storage of sealed files failed") from error


def destroy(name: str) -> None:
    """Remove sealed bytes; nothing happens when they are gone already."""
    storages["sealed"].delete(name)
