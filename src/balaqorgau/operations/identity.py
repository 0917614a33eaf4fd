"""The key that opens backups: made once, kept away from the server, which only knows whom to seal to."""

import os
import secrets
from pathlib import Path
from typing import Final

from balaqorgau.sealed import age
from balaqorgau.sealed.header import AgeError

RECIPIENT_SETTING: Final = "BALAQORGAU_BACKUP_RECIPIENT"
HEAD: Final = "# Opens the backups of a Balaqorgau installation. Keep it on paper or a stick, never on the server.\n"


def create(file: Path) -> str:
    """Write a new identity into a new file of mode 600, as age itself writes one; returns its recipient `age1pq1…`."""
    seed = secrets.token_bytes(age.SEED)
    recipient = age.recipient_text(age.recipient(seed))
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(f"{HEAD}# public key: {recipient}\n{age.identity_text(seed)}\n")
    return recipient


def read(file: Path) -> bytes:
    """The 32-byte seed in an identity file; comments are skipped. Raises AgeError when there is not exactly one."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    found = [line for line in lines if line and not line.startswith("#")]
    if len(found) != 1:
        raise AgeError("an identity file holds exactly one AGE-SECRET-KEY-PQ-1… line")
    return age.read_identity(found[0])
