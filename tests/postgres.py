"""A throw-away PostgreSQL cluster on loopback, started from the installed binaries and gone with the test run."""

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


def free_port() -> int:
    """A TCP port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unprivileged() -> str | None:
    """Whom to run the server as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


class Cluster:
    """One running server; `durable` keeps fsync as a real installation has it."""

    def __init__(self, binaries: str, *, durable: bool = False) -> None:
        self.binaries = Path(binaries)
        self.folder = Path(tempfile.mkdtemp(prefix="balaqorgau-pg-"))
        self.port = free_port()
        self.user = unprivileged()
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What DATABASE_URL should say."""
        return f"postgresql://tester@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        """Make the cluster's files."""
        if self.user:
            shutil.chown(self.folder, self.user)
        init = [str(self.binaries / "initdb"), "-D", str(self.folder / "data"), "-U", "tester", "-A", "trust"]
        subprocess.run(
            [*init, "-E", "UTF8", "--locale=C", "-N"], check=True, user=self.user, stdout=subprocess.DEVNULL, cwd="/"
        )

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self.folder}
        settings |= {"max_connections": 200, "logging_collector": "off"}
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        log = (self.folder / "log").open("ab")
        command = [str(self.binaries / "postgres"), "-D", str(self.folder / "data"), *options]
        self.process = subprocess.Popen(
            command, user=self.user, stdout=log, stderr=log, cwd="/", start_new_session=True
        )
        log.close()
        self.wait()

    def wait(self) -> None:
        """Until the server is ready; fails with its log after thirty seconds."""
        ready = [str(self.binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port), "-t", "30"]
        for _ in range(60):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            try:
                assert self.process is not None
                self.process.wait(0.5)
            except subprocess.TimeoutExpired:
                continue
            break
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self) -> None:
        """End the server and remove its files."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def throw_away() -> str:
    """The URL of a cluster for this run, started when the environment asks for PostgreSQL."""
    cluster = Cluster(os.environ["TEST_POSTGRES"])
    cluster.create()
    cluster.start()
    owner = os.getpid()
    atexit.register(lambda: cluster.stop() if os.getpid() == owner else None)
    return cluster.url
