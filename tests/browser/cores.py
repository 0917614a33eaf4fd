"""Core files of running processes, made as an administrator makes them (gdb's gcore), and searched piece by piece.

Where gdb is missing, `./dev test` says so and the same memory is read through /proc instead; under CI that fails.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.browser.seizure import WINDOW, memory_of

OVERLAP: Final = 4096
EVERYTHING: Final = "0x7b"
OWN_ALONE: Final = "0x31"
"""Bits of /proc/PID/coredump_filter: all that can be written; what processes share is in the core of the first of them."""
UNTOUCHED: Final = bytes(4096)


def gcore() -> str:
    """The program that writes cores, "" where `./dev test` found none that may."""
    return os.environ.get("TEST_GCORE", "")


def dumped(*pids: int, sharing: Sequence[int] = ()) -> Iterator[bytes]:
    """What the processes' core files hold, in pieces that overlap; those in `sharing` have their memory in common."""
    if not gcore():
        yield from memory_of(*pids, *sharing)
        return
    for pid in (*pids, *sharing):
        with tempfile.TemporaryDirectory() as folder:
            yield from pieces(core(pid, Path(folder), OWN_ALONE if pid in sharing[1:] else EVERYTHING))


def core(pid: int, folder: Path, filters: str = EVERYTHING) -> Path:
    """The core file of a process that goes on running."""
    Path(f"/proc/{pid}/coredump_filter").write_text(filters)
    done = subprocess.run([gcore(), "-o", str(folder / "core"), str(pid)], capture_output=True, text=True, check=False)
    made = folder / f"core.{pid}"
    assert made.is_file(), f"{gcore()} made no core of {pid}: {done.stderr[-2000:]}"
    with made.open("rb") as file:
        assert file.read(4) == b"\x7fELF"
    return made


def pieces(path: Path) -> Iterator[bytes]:
    """A file in pieces that overlap, so that nothing hides on a border; pages without anything are left out."""
    with path.open("rb") as file:
        for place in range(0, path.stat().st_size, WINDOW):
            file.seek(place)
            yield file.read(WINDOW + OVERLAP).replace(UNTOUCHED, bytes(16))
