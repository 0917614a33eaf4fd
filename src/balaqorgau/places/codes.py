"""School codes: 40 random bits as eight characters of Crockford's base32, which nobody misreads."""

import secrets
from typing import Final

from balaqorgau.kernel.ids import b64
from balaqorgau.sealed.hashing import tagged

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 8
MARK_LENGTH: Final = 4


def new_code() -> str:
    """A code that says nothing about its school and that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def mark(code: str) -> str:
    """What the published directory says of a retired code: enough to know it, too little to learn it."""
    return b64(tagged("school code", code.encode())[:MARK_LENGTH])
