"""A whole country in one lesson: 1,444 page loads and 144 appeals a second together for a minute, behind the shipped nginx.

A page load is a new TLS connection (HTTP/2) that asks for everything the form needs, made by h2load (Debian: nghttp2-client);
appeals are sealed beforehand and sent over TLS connections that are kept, each timed from the moment it was due. `p99_ms` is
the slower of both kinds of answers. PostgreSQL where it is installed, SQLite with `--sqlite`.
"""

import asyncio
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

from tests.browser.house import House
from tests.deploy.nginx import Nginx
from tests.postgres import Cluster

from bench.appeals import sealed_requests, target
from bench.intake import stored_commitments
from bench.load import send_at_rate
from bench.processes import cpu_seconds

SECONDS = 60
PAGES_A_SECOND = 1450
PAGES_A_PERIOD, PERIOD = 29, "20ms"
APPEALS_A_SECOND = 144
AT_ONCE = 256


def addresses(house: House) -> list[str]:
    """Everything that the form needs, as its first page names it."""
    html = urllib.request.urlopen(f"{house.url}/").read().decode()
    parts = re.findall(r'(?:href|src)="((?:/static|/p)/[^"]+)"', html)
    script = next(part for part in parts if part.endswith(".js"))
    code = urllib.request.urlopen(house.url + script).read().decode()
    later = re.findall(r'import\("\./(letter\.[^"]+)"\)', code)
    return ["/", *parts, *(f"{script.rpartition('/')[0]}/{name}" for name in later)]


def page_loads(port: int, urls: list[str], folder: Path) -> "subprocess.Popen[bytes]":
    """h2load, beginning connections evenly: its own period would begin a second's connections all in the same instant."""
    program = shutil.which("h2load")
    if not program:
        sys.exit("h2load is not installed. On Debian: apt install nghttp2-client")
    listed = folder / "urls"
    listed.write_text("".join(f"https://localhost:{port}{url}\n" for url in urls))
    total = PAGES_A_SECOND * SECONDS
    command = [program, "-r", str(PAGES_A_PERIOD), "--rate-period", PERIOD, "-c", str(total)]
    command += ["-n", str(total * len(urls)), "-m", str(len(urls)), "-i", str(listed)]
    command += ["--log-file", str(folder / "log"), "-H", "accept-encoding: br"]
    return subprocess.Popen(command, stdout=(folder / "h2load").open("wb"), stderr=subprocess.STDOUT)


def page_figures(folder: Path, per_page: int) -> dict[str, Any]:
    """What h2load wrote: start in microseconds, status, microseconds taken, a line for each answer."""
    rows = [line.split("\t") for line in (folder / "log").read_text().splitlines()]
    times = sorted(int(row[2]) / 1000 for row in rows if row[1] == "200")
    starts = [int(row[0]) for row in rows]
    seconds = (max(starts) - min(starts)) / 1e6
    failed = PAGES_A_SECOND * SECONDS * per_page - len(times)
    return {"per_s": len(times) / per_page / seconds, "p99_ms": times[int(len(times) * 0.99)], "failed": failed}


def measure(house: House, nginx: Nginx, folder: Path) -> dict[str, Any]:
    """The figures of a house behind a running nginx."""
    urls = addresses(house)
    requests = list(sealed_requests(target(f"http://127.0.0.1:{house.port}"), APPEALS_A_SECOND * SECONDS))
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    roots = [pid for pid in (house.process and house.process.pid, nginx.process and nginx.process.pid) if pid]
    before = sum(cpu_seconds(pid) for pid in roots)
    loads = page_loads(nginx.port, urls, folder)
    outcome = asyncio.run(send_at_rate(nginx.port, requests, APPEALS_A_SECOND, AT_ONCE, trusting))
    cpu = sum(cpu_seconds(pid) for pid in roots) - before
    loads.wait()
    pages = page_figures(folder, len(urls))
    return {
        "pages_per_s": round(pages["per_s"]),
        "appeals_per_s": round(len(outcome.acknowledged) / outcome.wall),
        "p99_ms": round(max(pages["p99_ms"], outcome.percentile(0.99)), 1),
        "lost": len(requests) - len(stored_commitments(house) & set(outcome.acknowledged)),
        "pages_failed": pages["failed"],
        "pages_p99_ms": round(pages["p99_ms"], 1),
        "appeals_p99_ms": outcome.percentile(0.99),
        "requests_per_page": len(urls),
        "server_cores": round(cpu / outcome.wall, 2),
    }


def main(folder: Path) -> dict[str, Any]:
    """A house and an nginx of their own."""
    cluster = None
    if "--sqlite" not in sys.argv and "TEST_POSTGRES" in os.environ:
        cluster = Cluster(os.environ["TEST_POSTGRES"], durable=True)
        cluster.create()
        cluster.start()
    house = House(folder / "house", cluster.url if cluster else "").start()
    build = Path(__file__).parents[1] / "src/balaqorgau/build"
    nginx = Nginx(folder / "nginx", house.port, house.folder / "site", build, workers=2).start()
    try:
        return {"database": "postgresql" if cluster else "sqlite", **measure(house, nginx, folder)}
    finally:
        nginx.stop()
        house.stop()
        if cluster:
            cluster.stop()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        print(json.dumps(main(Path(place))))
