"""A load of sealed appeals from one light client: bodies are made beforehand, connections are kept."""

import asyncio
import json
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

RETRY_SECONDS = 0.05


@dataclass
class Outcome:
    """What the client saw: seconds of each answer, status codes, and the appeals that were acknowledged."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    acknowledged: list[str] = field(default_factory=list)
    wall: float = 0.0

    def add(self, status: int, body: bytes, took: float) -> None:
        """Remember one answer."""
        self.seconds.append(took)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status in (200, 201) and body[:1] == b"{":
            self.acknowledged.append(json.loads(body)["commitment"])

    def percentile(self, share: float) -> float:
        """The time that this share of the answers stayed below, in milliseconds."""
        ordered = sorted(self.seconds)
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 1) if ordered else 0.0


def request(path: str, body: bytes, content_type: str, host: str = "localhost") -> bytes:
    """A whole HTTP/1.1 POST as bytes."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Read one answer that says its length."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    length = next((int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length")), 0)
    return int(lines[0].split()[1]), await reader.readexactly(length)


async def client(port: int, waiting: "asyncio.Queue[bytes]", outcome: Outcome) -> None:
    """One connection that sends whatever is waiting, one after the other."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while not waiting.empty():
        data = waiting.get_nowait()
        began = time.perf_counter()
        writer.write(data)
        status, body = await answer(reader)
        outcome.add(status, body, time.perf_counter() - began)
    writer.close()


async def send_all(port: int, requests: Sequence[bytes], at_once: int) -> Outcome:
    """Send every request over `at_once` connections."""
    outcome, waiting = Outcome(), asyncio.Queue[bytes]()
    for data in requests:
        waiting.put_nowait(data)
    began = time.perf_counter()
    await asyncio.gather(*(client(port, waiting, outcome) for _ in range(at_once)))
    outcome.wall = time.perf_counter() - began
    return outcome


async def send_at_rate(
    port: int, requests: Sequence[bytes], per_second: float, at_once: int, tls: ssl.SSLContext | None = None
) -> Outcome:
    """Send requests evenly over time, each timed from the moment it was due (no coordinated omission)."""
    outcome, began = Outcome(), time.perf_counter()
    turns = iter(enumerate(requests))

    async def worker() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls)
        for place, data in turns:
            due = began + place / per_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            writer.write(data)
            status, body = await answer(reader)
            outcome.add(status, body, time.perf_counter() - due)
        writer.close()

    await asyncio.gather(*(worker() for _ in range(at_once)))
    outcome.wall = time.perf_counter() - began
    return outcome
