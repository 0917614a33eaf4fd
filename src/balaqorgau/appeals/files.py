"""Ciphertext files in the configured storage, under names that say nothing."""

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import storages


def keep(data: bytes) -> str:
    """Store sealed bytes durably; the storage's name for them."""
    token = secrets.token_hex(16)
    return storages["sealed"].save(f"{token[:2]}/{token}", ContentFile(data))


def read(name: str) -> bytes:
    """The sealed bytes under a name; FileNotFoundError when they are gone."""
    with storages["sealed"].open(name) as file:
        return bytes(file.read())


def destroy(name: str) -> None:
    """Remove sealed bytes; nothing happens when they are gone already."""
    storages["sealed"].delete(name)
