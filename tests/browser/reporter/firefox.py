"""A headless Firefox driven over Marionette, its own protocol: a length, a colon, and a JSON array over TCP."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.postgres import free_port

START_SECONDS = 60
REPLY_SECONDS = 120
PREFERENCES = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


class Firefox:
    """One window with an empty profile; use it as a context manager."""

    def __init__(
        self,
        program: str,
        profile: Path,
        preferences: Mapping[str, bool | int | str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.port = free_port()
        self.profile = profile
        self.command = [program, "--headless", "--no-remote", "--marionette", "--profile", str(profile), "about:blank"]
        self.preferences = {**PREFERENCES, **(preferences or {}), "marionette.port": self.port}
        self.environment = {**os.environ, **(environment or {})}
        self.asked = 0
        self.unread = b""

    def __enter__(self) -> "Firefox":
        self.profile.mkdir(parents=True)
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in self.preferences.items()]
        (self.profile / "user.js").write_text("".join(lines))
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(self.command, env=self.environment, **quiet)
        self.line = self.connected()
        self.line.settimeout(REPLY_SECONDS)
        self.message()
        self.ask("WebDriver:NewSession", {})
        return self

    def __exit__(self, *_: object) -> None:
        self.line.close()
        self.process.terminate()
        self.process.wait(30)
        shutil.rmtree(self.profile, ignore_errors=True)

    def connected(self) -> socket.socket:
        """The line to the browser, once it listens."""
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port))
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def message(self) -> Any:
        """The next message from the browser."""
        while b":" not in self.unread:
            self.unread += self.line.recv(65536)
        length, _, rest = self.unread.partition(b":")
        while len(rest) < int(length):
            rest += self.line.recv(65536)
        self.unread = rest[int(length) :]
        return json.loads(rest[: int(length)])

    def ask(self, command: str, values: dict[str, Any]) -> Any:
        """The answer to a command of WebDriver; RuntimeError with the browser's own words when it refuses."""
        self.asked += 1
        said = json.dumps([0, self.asked, command, values]).encode()
        self.line.sendall(b"%d:%b" % (len(said), said))
        _, _, error, result = self.message()
        if error:
            raise RuntimeError(error["message"])
        return result.get("value", result) if isinstance(result, dict) else result

    def go(self, address: str) -> None:
        """Opens an address."""
        self.ask("WebDriver:Navigate", {"url": address})

    def run(self, script: str, *values: Any) -> Any:
        """What a script returns."""
        return self.ask("WebDriver:ExecuteScript", {"script": script, "args": list(values)})

    def wait(self, condition: str, *values: Any) -> Any:
        """The first true value of an expression."""
        until = time.monotonic() + REPLY_SECONDS
        while time.monotonic() < until:
            if found := self.run(f"return {condition}", *values):
                return found
            time.sleep(0.1)
        raise AssertionError(f"never true: {condition}")

    def find(self, selector: str) -> str:
        """An element's reference."""
        found = self.ask("WebDriver:FindElement", {"using": "css selector", "value": selector})
        return str(next(iter(found.values())))

    def click(self, selector: str) -> None:
        """A real click where the element is."""
        self.ask("WebDriver:ElementClick", {"id": self.find(selector)})

    def type(self, selector: str, text: str) -> None:
        """Real keys."""
        self.ask("WebDriver:ElementSendKeys", {"id": self.find(selector), "text": text})
