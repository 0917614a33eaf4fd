"""A TCP relay on loopback that counts what passes: every byte with headers, as a phone would pay for it, without TLS."""

import asyncio
import threading
from dataclasses import dataclass, field

from tests.postgres import free_port

CHUNK = 65536


@dataclass
class Relay:
    """Counts between `port`, which it opens, and `target`. `requests` are HTTP/1.1 request heads that were seen."""

    target: int
    port: int = field(default_factory=free_port)
    down: int = 0
    up: int = 0
    requests: list[str] = field(default_factory=list)

    def start(self) -> "Relay":
        """Serve in a thread of its own until the process ends."""
        ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True).start()
        ready.wait(10)
        return self

    def reset(self) -> None:
        """Begin to count anew."""
        self.down = self.up = 0
        self.requests = []

    async def _serve(self, ready: threading.Event) -> None:
        server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        ready.set()
        async with server:
            await server.serve_forever()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward_reader, onward_writer = await asyncio.open_connection("127.0.0.1", self.target)
        await asyncio.gather(
            self._copy(reader, onward_writer, upward=True), self._copy(onward_reader, writer, upward=False)
        )

    async def _copy(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, upward: bool) -> None:
        try:
            while data := await source.read(CHUNK):
                self._count(data, upward=upward)
                sink.write(data)
                await sink.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            sink.close()

    def _count(self, data: bytes, *, upward: bool) -> None:
        if not upward:
            self.down += len(data)
            return
        self.up += len(data)
        first = data.split(b"\r\n", 1)[0].decode("latin-1")
        if first.endswith(" HTTP/1.1"):
            self.requests.append(first.removesuffix(" HTTP/1.1"))
