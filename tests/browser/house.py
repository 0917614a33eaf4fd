"""A whole installation of the example country for browser tests: its own folder, its own process, real HTTP."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.processes import family

from tests.browser.seizure import files_under
from tests.postgres import free_port

START_SECONDS = 90


@dataclass
class House:
    """`start` begins the server, `stop` ends it; everything it keeps lies in `folder`."""

    folder: Path
    database_url: str = ""
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    program: tuple[str, ...] = (sys.executable, "-m", "balaqorgau")
    more_folders: tuple[Path, ...] = ()
    more_processes: tuple[int, ...] = ()

    @property
    def url(self) -> str:
        """Where it answers. `localhost`, because a browser gives WebCrypto to secure contexts only."""
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        """Everything it printed."""
        return self.folder / "server.log"

    def environment(self) -> dict[str, str]:
        """A clean environment: nothing of the test run's settings reaches it."""
        keep = {
            k: v for k, v in os.environ.items() if not k.startswith(("BALAQORGAU_", "DJANGO_", "DATABASE_URL", "TEST_"))
        }
        keep["TMPDIR"] = str(self.folder / "tmp")
        return keep | ({"DATABASE_URL": self.database_url} if self.database_url else {})

    def start(self) -> "House":
        """Run it and wait until it is ready."""
        (self.folder / "tmp").mkdir(parents=True, exist_ok=True)
        command = [*self.program, "run", "--folder", str(self.folder), "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, env=self.environment(), start_new_session=True
            )
        self.wait()
        return self

    def wait(self) -> None:
        """Until /readyz says yes; fails with what it printed."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise RuntimeError(self.log.read_text(errors="replace")[-4000:])

    def stop(self) -> None:
        """End it and wait."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def operator(self, *words: str) -> str:
        """What an operator's command prints."""
        settings = {"BALAQORGAU_SETTINGS": str(self.folder / "balaqorgau.env")} if words[0] != "init" else {}
        command = [*self.program, *words]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, env=self.environment() | settings, timeout=120
        )
        return done.stdout

    def officers(self) -> list[dict[str, str]]:
        """The example officers with their passphrases."""
        found = list(self.folder.rglob("example-officers.json"))
        return json.loads(found[0].read_text(encoding="utf-8"))

    def printed(self) -> str:
        """What it printed, without colours."""
        return re.sub(r"\x1b\[[0-9;]*m", "", self.log.read_text(errors="replace"))

    def kept_files(self) -> Iterator[Path]:
        """Everything on disk that came from it: database, log, temporary files, and what the database server keeps."""
        yield from files_under(self.folder, *self.more_folders)

    def own_processes(self) -> list[int]:
        """The server's processes."""
        return family(self.process.pid) if self.process else []

    def more_members(self) -> list[int]:
        """The database server's processes, if it has one of its own; they share its memory."""
        return [member for pid in self.more_processes for member in family(pid)]

    def processes(self) -> list[int]:
        """The server's processes, the database's included."""
        return [*self.own_processes(), *self.more_members()]
