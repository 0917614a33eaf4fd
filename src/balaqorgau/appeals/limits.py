"""How much a phone may send; the page says so before anybody hits one of these."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from balaqorgau.appeals.refusals import Refused
from balaqorgau.sealed import age, padding

MAX_FILES: Final = 6
MAX_FILE_BYTES: Final = 3 * 1024 * 1024
MAX_REQUEST_BYTES: Final = 10 * 1024 * 1024
LETTERS: Final = 30_000
"""What a letter is said to hold, on either page; of letters that take two bytes."""
PHOTO_MB: Final = 30
"""The largest photo that the page takes up, before it is drawn anew and small."""
WORK_BITS: Final = 12
MERGE_SECONDS: Final = 60
MAX_JSON_BYTES: Final = 4096  # A token, a hash, a signature.
MAX_WRITTEN_BYTES: Final = 4 * 1024 * 1024
MAX_ADDED_FILE_BYTES: Final = 64 * 1024 * 1024
"""What one author may write into one thread: no mailbox grows beyond what a phone can fetch."""
MOST_DIGITS: Final = 20  # Python refuses to read a number of thousands of digits.


def written(number: int) -> str:
    """A large number in groups of three, which no line parts."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def for_page() -> dict[str, int]:
    """The limits as the published site file carries them."""
    return {
        "files": MAX_FILES,
        "file_bytes": MAX_FILE_BYTES,
        "request_bytes": MAX_REQUEST_BYTES,
        "text_bytes": padding.PAYLOAD_SIZES[-1],
    }


@cache
def sealed_payload_sizes() -> frozenset[int]:
    """How long a sealed payload can be: the padded sizes plus what age adds for one recipient."""
    return frozenset(age.sealed_length(size, recipients=1) for size in padding.PAYLOAD_SIZES)


def check_sizes(payload: bytes, files: Sequence[bytes]) -> None:
    """Refuse too many files, too large ones, and a payload longer than the longest text."""
    if len(files) > MAX_FILES:
        raise Refused("too_many_files", 413, most=MAX_FILES)
    if any(len(data) > MAX_FILE_BYTES for data in files):
        raise Refused("too_large", 413, most=MAX_FILE_BYTES)
    if len(payload) > max(sealed_payload_sizes()):
        raise Refused("too_large", 413, most=max(sealed_payload_sizes()))


def check_length(said: str) -> None:
    """Refuse a request before reading it when it says how long it is and that is too long."""
    length = said or "0"
    is_number = length.isascii() and length.isdigit() and len(length) <= MOST_DIGITS
    if not is_number or int(length) > MAX_REQUEST_BYTES:
        raise Refused("too_large", 413, most=MAX_REQUEST_BYTES)
