"""The reader of traces finds an acknowledgement that came too early, in every way that it can."""

import pytest
from bench.phones import Phone
from bench.synced import Trace, in_hex, read, unsynced

from balaqorgau.kernel.ids import b64
from balaqorgau.sealed import keys

PHONE = Phone(keys.keys_of_master(bytes(32)), "", b"", bytes(range(250)) * 4, bytes(range(32)), b"")
DRAFT, FILE, FOLDER, WAL = "/f/ab/.x", "/f/ab/abab", "/f/ab", "/v/db.sqlite3-wal"


def path(name: str) -> str:
    """A path as strace writes it with -xx."""
    return in_hex(name.encode())


WRITE = f'7 write(5<{path(DRAFT)}>, "{in_hex(PHONE.sealed_photo)}", 1000) = 1000'
SYNC_FILE = f"7 fsync(5<{path(DRAFT)}>) = 0"
RENAME = f'7 rename("{path(DRAFT)}", "{path(FILE)}") = 0'
SYNC_FOLDER = f"7 fsync(6<{path(FOLDER)}>) = 0"
ROW = f'8 pwrite64(9<{path(WAL)}>, "{in_hex(b"page" + PHONE.commitment + b"page")}", 40, 0) = 40'
SYNC_ROW = f"8 fdatasync(9<{path(WAL)}>) = 0"
TELL = (
    f'9 writev(3<{path("socket:[1]")}>, [{{iov_base="{in_hex(b64(PHONE.commitment).encode())}", iov_len=43}}], 1) = 43'
)
RIGHT = [WRITE, SYNC_FILE, RENAME, SYNC_FOLDER, ROW, SYNC_ROW, TELL]


def early(lines: list[str]) -> bool:
    """Whether the trace leaves the appeal unsynced."""
    return unsynced(read(lines), [PHONE]) == [PHONE.name]


def test_a_trace_in_the_right_order_is_fine() -> None:
    assert not early(RIGHT)


@pytest.mark.parametrize("left_out", range(len(RIGHT)))
def test_every_single_step_is_needed(left_out: int) -> None:
    assert early(RIGHT[:left_out] + RIGHT[left_out + 1 :])


@pytest.mark.parametrize("first", range(len(RIGHT) - 1))
def test_nothing_may_come_after_the_acknowledgement(first: int) -> None:
    assert early([*RIGHT[:first], *RIGHT[first + 1 :], RIGHT[first]])


@pytest.mark.parametrize("swapped", [0, 1, 2, 4])
def test_syncing_before_there_is_something_to_sync_does_not_count(swapped: int) -> None:
    assert early([*RIGHT[:swapped], RIGHT[swapped + 1], RIGHT[swapped], *RIGHT[swapped + 2 :]])


def test_a_sync_that_failed_does_not_count() -> None:
    assert early([line.replace("= 0", "= -1 EIO (Input/output error)") if line == SYNC_ROW else line for line in RIGHT])


def test_a_sync_that_is_still_under_way_does_not_count() -> None:
    begins, ends = f"8 fdatasync(9<{path(WAL)}> <unfinished ...>", "8 <... fdatasync resumed>) = 0"
    assert not early([*RIGHT[:5], begins, ends, TELL])
    assert early([*RIGHT[:5], begins, TELL, ends])
    assert early([*RIGHT[:4], begins, ROW, ends, TELL])


def test_an_acknowledgement_counts_from_its_beginning() -> None:
    begins, ends = TELL.replace(", 1) = 43", " <unfinished ...>"), "9 <... writev resumed>, 1) = 43"
    assert not early([*RIGHT[:6], begins, ends])
    assert early([*RIGHT[:5], begins, SYNC_ROW, ends])


def test_somebody_else_s_row_does_not_count() -> None:
    assert early([line.replace(in_hex(PHONE.commitment), in_hex(bytes(32))) if line == ROW else line for line in RIGHT])


def test_lines_that_are_no_calls_are_passed_over() -> None:
    assert read(["7 +++ exited with 0 +++", "strace: Process 7 attached", ""]) == Trace()
