"""Kills server and database with -9 at random moments under load, twenty times: what was acknowledged must be there.

A kill leaves the page cache to the kernel, a power cut does not: so a trace of system calls shows, in a run of its own,
that log, file and folder were synced before each acknowledgement. On SQLite and on PostgreSQL.
"""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.browser.house import House
from tests.postgres import Cluster

from bench.appeals import target
from bench.phones import Crowd, missing, seal_many
from bench.processes import family
from bench.synced import read, tracing, unsynced

KILLS = 20
AT_ONCE = 64
ENOUGH = 800
"""More than are sent before the latest kill, so that every kill comes under load."""
TRACED = 60
TRACED_AT_ONCE = 8
SHORTEST, LONGEST = 0.05, 1.5


@dataclass
class Result:
    """The figures of one house."""

    kills: int
    acknowledged: int
    missing: int
    traced: int
    unsynced: int


def kill_all(process: "subprocess.Popen[bytes]") -> None:
    """A process and everything below it, at once; returns when none of them is left."""
    everybody = family(process.pid)
    for pid in everybody:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
    while any(Path(f"/proc/{pid}").exists() for pid in everybody):
        time.sleep(0.02)


def kill_server(house: House) -> None:
    """The server with all its workers, and then again alive."""
    kill_all(house.process)
    house.start()


def kill_database(cluster: Cluster) -> None:
    """The database with all its processes, and then again alive."""
    kill_all(cluster.process)
    cluster.start()


def crash(house: House, kill: Callable[[int], None], kills: int) -> tuple[Crowd, list[str]]:
    """Send, kill at a random moment, start again, send on; then look for everything that was acknowledged."""
    crowd, to = Crowd(deque()), target(f"http://127.0.0.1:{house.port}")
    moment = random.Random()
    for number in range(kills):
        crowd.waiting.extend(seal_many(to, max(0, ENOUGH - len(crowd.waiting))))

        async def meanwhile(number: int = number) -> None:
            await asyncio.sleep(moment.uniform(SHORTEST, LONGEST))
            await asyncio.to_thread(kill, number)

        asyncio.run(crowd.send(house.port, AT_ONCE, meanwhile))
        print(f"kill {number + 1}: {len(crowd.acknowledged)} acknowledged", file=sys.stderr, flush=True)
    return crowd, list(missing(house.port, crowd.acknowledged.values()))


def trace(house: House, pids: list[int], folder: Path) -> tuple[int, int]:
    """How many appeals were acknowledged under the eyes of strace, and of how many it did not see everything synced."""
    crowd = Crowd(deque(seal_many(target(f"http://127.0.0.1:{house.port}"), TRACED)))

    async def until_sent() -> None:
        while crowd.waiting:
            await asyncio.sleep(0.1)

    out = folder / "trace"
    with tracing(pids, out):
        asyncio.run(asyncio.wait_for(crowd.send(house.port, TRACED_AT_ONCE, until_sent), 120))
    with out.open(encoding="ascii", errors="replace") as lines:
        return len(crowd.acknowledged), len(unsynced(read(lines), crowd.acknowledged.values()))


def measure(house: House, kill: Callable[[int], None], kills: int, database: Cluster | None, folder: Path) -> Result:
    """One house from its first kill to its trace."""
    crowd, lost = crash(house, kill, kills)
    pids = [house.process.pid, *([database.process.pid] if database else [])]
    traced, open_ends = trace(house, pids, folder)
    return Result(kills, len(crowd.acknowledged), len(lost), traced, open_ends)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder on a disk of this machine, gone afterwards."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as name:
        yield Path(name)


def on_sqlite(kills: int) -> Result:
    """The server is killed; SQLite lives in it."""
    with folder() as here:
        house = House(here / "var").start()
        try:
            return measure(house, lambda _: kill_server(house), kills, None, here)
        finally:
            house.stop()


def on_postgresql(kills: int) -> Result:
    """Server and database are killed in turn."""
    cluster = Cluster(os.environ["TEST_POSTGRES"], durable=True)
    cluster.create()
    cluster.start()
    with folder() as here:
        house = House(here / "var", cluster.url).start()
        try:
            turns = (lambda: kill_database(cluster), lambda: kill_server(house))
            return measure(house, lambda number: turns[number % 2](), kills, cluster, here)
        finally:
            house.stop()
            cluster.stop()


def main() -> int:
    """Both databases where PostgreSQL is installed, else SQLite alone with all twenty."""
    both = "TEST_POSTGRES" in os.environ
    results = {"sqlite": on_sqlite(KILLS // 2 if both else KILLS)}
    if both:
        results["postgresql"] = on_postgresql(KILLS // 2)
    keys = ("kills", "acknowledged", "missing", "unsynced", "traced")
    total = {key: sum(getattr(result, key) for result in results.values()) for key in keys}
    print(json.dumps(total | {name: result.__dict__ for name, result in results.items()}))
    return 1 if total["missing"] or total["unsynced"] else 0


if __name__ == "__main__":
    sys.exit(main())
