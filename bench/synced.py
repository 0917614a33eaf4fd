"""Reads a trace of system calls: was row, file and folder of an appeal on disk before anybody was told so?"""

import re
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.phones import Phone
from bench.processes import family

CALLS = "fsync,fdatasync,write,writev,pwrite64,pwritev,sendto,sendmsg,rename,renameat,renameat2"
LINE = re.compile(r"^(\d+) +(?:<\.\.\. (\w+) resumed>(.*)|(\w+)\((.*))$")
TARGET = re.compile(r"^\d+<((?:[^>\\]|\\.)*)>")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
HEX = re.compile(r"\\x([0-9a-f]{2})")
LONGEST = 4 * 1024 * 1024
"""As much as one call may write: PostgreSQL writes many pages of its log at once."""
LOGS = ("-wal", "/pg_wal/")
"""How the path of a database's write-ahead log is known."""


@dataclass(frozen=True)
class Wrote:
    """Bytes (as the trace writes them) that went to a path or a socket."""

    at: int
    path: str
    data: str


@dataclass(frozen=True)
class Synced:
    """A path was synced: what was written before `began` is durable from `ended` on."""

    began: int
    ended: int
    path: str


@dataclass(frozen=True)
class Renamed:
    """A file has its name from `at` on."""

    at: int
    old: str
    new: str


@dataclass
class Trace:
    """What happened, in the order in which it was seen; the position of a line is its time."""

    wrote: list[Wrote] = field(default_factory=list)
    synced: list[Synced] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)

    def durable(self, path: str, *, after: int, before: int) -> bool:
        """Whether a path was synced wholly between two moments."""
        return any(one.path == path and after < one.began and one.ended < before for one in self.synced)

    def row_is_synced(self, phone: Phone, told: int) -> bool:
        """Whether the log with the appeal's commitment in it was synced before the acknowledgement."""
        needle = in_hex(phone.commitment)
        rows = [one for one in self.wrote if any(log in one.path for log in LOGS) and needle in one.data]
        return any(self.durable(one.path, after=one.at, before=told) for one in rows)

    def file_is_synced(self, phone: Phone, told: int) -> bool:
        """Whether the photo was synced, then got its name, and then its folder was synced, all before that."""
        needle = in_hex(phone.sealed_photo[100:400])
        for draft in (one for one in self.wrote if needle in one.data and one.path.startswith("/")):
            for named in (one for one in self.renamed if one.old == draft.path):
                folder = str(Path(named.new).parent)
                whole = self.durable(draft.path, after=draft.at, before=named.at)
                if whole and self.durable(folder, after=named.at, before=told):
                    return True
        return False

    def told(self, phone: Phone) -> int | None:
        """When the acknowledgement began to leave."""
        needle = in_hex(phone.name.encode())
        return next((one.at for one in self.wrote if "socket:" in one.path and needle in one.data), None)


def in_hex(data: bytes) -> str:
    """Bytes as the trace writes them."""
    return "".join(f"\\x{byte:02x}" for byte in data)


def plain(text: str) -> str:
    """A path of the trace as text."""
    return bytes.fromhex("".join(HEX.findall(text))).decode() if text.startswith("\\x") else text


def read(lines: Iterable[str]) -> Trace:
    """The events of a trace; a call that another one interrupts in the trace is put together again."""
    trace, begun = Trace(), dict[str, tuple[int, str]]()
    for at, line in enumerate(lines):
        found = LINE.match(line)
        if not found:
            continue
        pid, resumed, rest, call, arguments = found.groups()
        if resumed:
            began, first = begun.pop(pid, (at, ""))
            note(trace, resumed, first + rest, began, at)
        elif arguments.endswith("<unfinished ...>"):
            begun[pid] = (at, arguments.removesuffix("<unfinished ...>"))
        else:
            note(trace, call, arguments, at, at)
    return trace


def note(trace: Trace, call: str, arguments: str, began: int, ended: int) -> None:
    """Remember one call that succeeded. A write counts from its beginning for those who are told something."""
    if " = -1 " in arguments:
        return
    if call.startswith("rename"):
        old, new = (plain(name) for name in QUOTED.findall(arguments)[:2])
        trace.renamed.append(Renamed(ended, old, new))
        return
    target = TARGET.match(arguments)
    path = plain(target[1]) if target else ""
    if call in ("fsync", "fdatasync"):
        trace.synced.append(Synced(began, ended, path))
    else:
        sent = "socket:" in path or path.startswith("TCP")
        trace.wrote.append(Wrote(began if sent else ended, f"socket:{path}" if sent else path, arguments))


@contextmanager
def tracing(pids: Iterable[int], out: Path) -> Iterator[None]:
    """Trace processes with everything below them while the block runs."""
    everybody = [part for pid in pids for member in family(pid) for part in ("-p", str(member))]
    command = ["strace", "-f", "-y", "-xx", "-s", str(LONGEST), "-e", f"trace={CALLS}", "-o", str(out), *everybody]
    tracer = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(2)
    if tracer.poll() is not None:
        raise RuntimeError("strace cannot look into these processes: is it installed, and may it?")
    try:
        yield
        time.sleep(1)
    finally:
        tracer.terminate()
        tracer.wait()


def unsynced(trace: Trace, phones: Iterable[Phone]) -> list[str]:
    """Acknowledged appeals of which the trace does not show that row, file and folder were on disk before."""
    return [phone.name for phone in phones if not was_synced(trace, phone)]


def was_synced(trace: Trace, phone: Phone) -> bool:
    """Whether everything of an appeal was on disk when its acknowledgement began to leave."""
    told = trace.told(phone)
    return told is not None and trace.row_is_synced(phone, told) and trace.file_is_synced(phone, told)
