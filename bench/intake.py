"""What taking an appeal costs: server CPU (database included), appeals a second, latency, losses; on both databases.

Appeals of a 4 KiB payload and its grants, sealed beforehand, no files, no TLS, 64 at once; servers and clients share two
cores, also where there are more.
"""

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.house import House
from tests.postgres import Cluster

from balaqorgau.kernel.ids import b64
from bench.appeals import sealed_requests, target
from bench.load import send_all
from bench.processes import cpu_seconds, peak_megabytes

COUNT = 6000
WARM_UP = 300
AT_ONCE = 64


def measure(house: House, database: int | None) -> dict[str, Any]:
    """The figures of a running house; `database` is the pid of a database server of its own."""
    requests = list(sealed_requests(target(f"http://127.0.0.1:{house.port}"), COUNT + WARM_UP))
    warm = asyncio.run(send_all(house.port, requests[:WARM_UP], AT_ONCE))
    pids = [house.process.pid, *([database] if database else [])]
    before = sum(cpu_seconds(pid) for pid in pids)
    outcome = asyncio.run(send_all(house.port, requests[WARM_UP:], AT_ONCE))
    cpu = sum(cpu_seconds(pid) for pid in pids) - before
    stored = stored_commitments(house)
    return {
        "cpu_ms": round(cpu / COUNT * 1000, 3),
        "per_s": round(COUNT / outcome.wall),
        "p50_ms": outcome.percentile(0.5),
        "p99_ms": outcome.percentile(0.99),
        "sent": COUNT,
        "stored": len(stored & set(outcome.acknowledged)),
        "lost": len({*warm.acknowledged, *outcome.acknowledged} - stored),
        "statuses": outcome.statuses,
        "warm_up": warm.statuses,
        "server_mb": peak_megabytes(house.process.pid),
    }


def stored_commitments(house: House) -> set[str]:
    """The appeals that the database holds, asked of the database itself."""
    query = "SELECT commitment FROM appeals_thread"
    if house.database_url:
        import psycopg

        with psycopg.connect(house.database_url) as connection:
            return {b64(row[0]) for row in connection.execute(query)}
    import sqlite3

    found = next(house.folder.rglob("*.sqlite3"))
    with sqlite3.connect(found) as connection:
        return {b64(row[0]) for row in connection.execute(query)}


def on_sqlite() -> dict[str, Any]:
    """SQLite as `balaqorgau run` sets it up."""
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "var").start()
        try:
            return measure(house, None)
        finally:
            house.stop()


def on_postgresql() -> dict[str, Any] | None:
    """A durable PostgreSQL cluster of its own; None where it is not installed."""
    if "TEST_POSTGRES" not in os.environ:
        return None
    cluster = Cluster(os.environ["TEST_POSTGRES"], durable=True)
    cluster.create()
    cluster.start()
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "var", cluster.url).start()
        try:
            return measure(house, cluster.process.pid)
        finally:
            house.stop()
            cluster.stop()


if __name__ == "__main__":
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    figures = {"sqlite": on_sqlite(), "postgresql": on_postgresql()}
    print(json.dumps(figures))
    sys.exit(0)
