"""A tiny application behind nginx that remembers what it was sent."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Patient(ThreadingHTTPServer):
    """Lets a whole school wait at its door."""

    request_queue_size = 1024
    daemon_threads = True


@dataclass
class Upstream:
    """Answers everything with 200 and keeps it in `seen`."""

    seen: list[Seen] = field(default_factory=list)
    server: "ThreadingHTTPServer | None" = None

    def start(self) -> "Upstream":
        """Listen on loopback."""
        self.server = Patient(("127.0.0.1", 0), handler(self.seen))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self.server
        return int(self.server.server_address[1])

    def stop(self) -> None:
        """Stop listening."""
        if self.server:
            self.server.shutdown()
            self.server.server_close()


def handler(seen: list[Seen]) -> type[BaseHTTPRequestHandler]:
    """A handler that writes into this list."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            seen.append(Seen(self.command, self.path, headers, body))
            answer = b'{"ok":true}'
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("X-From", "application")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = do_HEAD = answer

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    return Handler
