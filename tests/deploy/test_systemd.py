"""The shipped units are valid, closed as far as the program allows, and start commands that exist."""

import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from balaqorgau.__main__ import parser

UNITS = Path(__file__).parents[2] / "deploy/systemd"
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))
TIMERS = sorted(path.name for path in UNITS.glob("*.timer"))
PROGRAM = "/opt/balaqorgau/bin/balaqorgau"
EXPOSURE = 20
CLOSED = {
    "LimitCORE": "0",
    "MemorySwapMax": "0",
    "NoNewPrivileges": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "ProtectHome": "yes",
    "ProtectSystem": "strict",
    "ReadWritePaths": "/var/lib/balaqorgau",
    "StateDirectoryMode": "0700",
    "CapabilityBoundingSet": "",
    "MemoryDenyWriteExecute": "yes",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
    "User": "balaqorgau",
}
ANALYZE = shutil.which("systemd-analyze")


def options(name: str) -> dict[str, list[str]]:
    """A unit's settings: each may be said more than once."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in (UNITS / name).read_text().splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found[key].append(value)
    return found


def analyze(*words: str) -> "subprocess.CompletedProcess[str]":
    """What systemd itself says."""
    assert ANALYZE
    return subprocess.run([ANALYZE, *words], capture_output=True, text=True, check=False)


def test_there_is_a_service_for_the_program_and_for_each_job() -> None:
    assert SERVICES == [
        "balaqorgau-backup.service",
        "balaqorgau-sweep.service",
        "balaqorgau-waking.service",
        "balaqorgau.service",
    ]
    assert [Path(name).stem for name in TIMERS] == ["balaqorgau-backup", "balaqorgau-sweep", "balaqorgau-waking"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_closed(name: str) -> None:
    found = options(name)
    assert {key: found[key] for key in CLOSED} == {key: [value] for key, value in CLOSED.items()}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_starts_a_command_that_exists(name: str) -> None:
    (line,) = options(name)["ExecStart"]
    program, *words = line.split()
    assert program == PROGRAM
    assert callable(parser().parse_args(words).handle)


def test_the_application_listens_on_loopback_where_nginx_looks_for_it() -> None:
    (line,) = options("balaqorgau.service")["ExecStart"]
    chosen = parser().parse_args(line.split()[1:])
    assert f"server {chosen.host}:{chosen.port} " in (UNITS.parent / "nginx/balaqorgau.conf").read_text()
    assert chosen.host == "127.0.0.1"


def test_nginx_sees_the_published_pages_where_its_configuration_looks_for_them() -> None:
    (bound,) = options("nginx.service.d/balaqorgau.conf")["BindReadOnlyPaths"]
    assert f"root {bound.partition(':')[2]};" in (UNITS.parent / "nginx/balaqorgau.conf").read_text()


@pytest.mark.parametrize("name", [*SERVICES, *TIMERS])
def test_systemd_finds_no_fault(name: str, tmp_path: Path) -> None:
    """Where systemd is not installed its options are still checked above."""
    program = Path(sys.executable).with_name("balaqorgau")
    assert program.is_file()
    for unit in UNITS.glob("*.*"):
        if unit.is_file():
            (tmp_path / unit.name).write_text(unit.read_text().replace(PROGRAM, str(program)))
    said = analyze("verify", "--man=no", str(tmp_path / name)).stderr.strip() if ANALYZE else ""
    assert said == ""


@pytest.mark.parametrize("name", SERVICES)
def test_systemd_finds_little_exposed(name: str) -> None:
    if ANALYZE:
        judged = analyze("security", "--offline=true", f"--threshold={EXPOSURE}", str(UNITS / name))
        assert judged.returncode == 0, judged.stdout[-200:]
    assert options(name)["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]
