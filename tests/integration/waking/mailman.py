"""A mail server on this machine that keeps what it is given, or refuses the way it is told to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from balaqorgau.kernel.mail import MailServer

SENDER = "desk@balaqorgau.example"


@dataclass(frozen=True)
class Delivered:
    """A mail as it came over the wire."""

    to: str
    data: bytes

    @property
    def mail(self) -> EmailMessage:
        """Its headers and text."""
        return cast(EmailMessage, message_from_bytes(self.data, policy=policy.default))

    @property
    def text(self) -> str:
        """What is read."""
        return self.mail.get_content()


@dataclass
class Mailman:
    """`says` is what it answers instead of "fine" to a command; `silent` makes it never greet."""

    says: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    kept: list[Delivered] = field(default_factory=list)
    calls: int = 0
    port: int = 0

    def config(self, **changes: Any) -> MailServer:
        """How the program reaches it."""
        known: dict[str, Any] = {"user": "", "password": "", "tls": False, "starttls": False, "sender": SENDER}
        return MailServer(host="127.0.0.1", port=self.port, **{**known, **changes})

    def to(self, address: str) -> list[Delivered]:
        """What one person got."""
        return [mail for mail in self.kept if mail.to == address]


class Session(socketserver.StreamRequestHandler):
    """One conversation."""

    def handle(self) -> None:
        man: Mailman = self.server.man  # type: ignore[attr-defined]
        man.calls += 1
        if man.silent:
            self.rfile.readline()
            return
        self.say(man.says.get("greet", "220 here"))
        to = ""
        while line := self.rfile.readline().decode():
            verb = line.split()[0].upper()
            if verb in man.says:
                self.say(man.says[verb])
            elif verb == "EHLO":
                self.say("250-here\r\n250-8BITMIME\r\n250 AUTH PLAIN")
            elif verb == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                self.say("250 fine")
            elif verb == "DATA":
                self.say("354 go on")
                man.kept.append(Delivered(to, b"".join(self.letter())))
                self.say("250 fine")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("235 fine" if verb == "AUTH" else "250 fine")

    def say(self, words: str) -> None:
        """Answer."""
        self.wfile.write(f"{words}\r\n".encode())

    def letter(self) -> Iterator[bytes]:
        """The lines of a mail up to the single dot."""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            yield line[1:] if line.startswith(b"..") else line


class Server(socketserver.ThreadingTCPServer):
    """Ends with the test."""

    daemon_threads = True
    block_on_close = False


@contextmanager
def at_work() -> Iterator[Mailman]:
    """A mail server that listens while the test runs."""
    man = Mailman()
    with Server(("127.0.0.1", 0), Session) as server:
        server.man = man  # type: ignore[attr-defined]
        man.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield man
        server.shutdown()
