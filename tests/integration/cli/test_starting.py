"""The real program starts, says its passphrases once, keeps its keys, and lives with what comes over the wire."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.integration.cli.program import FOREIGN, ROOT, balaqorgau, made
from tests.postgres import free_port

PASSPHRASE = re.compile(r"^  (\S+)\s+(\S+(?: \S+){5})$", re.MULTILINE)
AWAY = "sqlite:////nowhere/at/all/db.sqlite3"


@contextmanager
def running(folder: Path, port: int, log: Path, **settings: str) -> Iterator[None]:
    """The example country in a folder, or what the settings say, until it is ready and then for as long as it is needed."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(FOREIGN)}
    command = [sys.executable, "-m", "balaqorgau", "run", "--port", str(port)]
    command += [] if settings else ["--folder", str(folder)]
    environment = {**clean, "PYTHONPATH": str(ROOT / "src"), **settings}
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
    try:
        wait(port, process, log)
        yield
    finally:
        process.terminate()
        process.wait(15)


def wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until it answers; fails with what it printed."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            assert fetch(port, "/readyz")[0] == 200
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


def fetch(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    """Status and body of a GET."""
    try:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the example country lies."""
    return tmp_path_factory.mktemp("example") / "var"


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    """The example country, started for the first time."""
    found = free_port()
    with running(folder, found, folder.with_name("first.log")):
        yield found


def deployment(port: int) -> str:
    """The id that every phone binds its keys to, as the first page's site file says it."""
    page = fetch(port, "/")[1].decode()
    (name,) = re.findall(r'data-site="([^"]+)"', page)
    found = json.loads(fetch(port, f"/p/{name}")[1])
    return f"{found['deployment']} {found['promise']['key']}"


def raw(port: int, head: str, body: bytes = b"", *, end: bool = True) -> bytes:
    """What comes back for bytes that no browser would send."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(head.replace("\n", "\r\n").encode("latin-1") + b"\r\n\r\n" + body)
        if end:
            line.shutdown(socket.SHUT_WR)
        found = b""
        try:
            while block := line.recv(65536):
                found += block
        except ConnectionResetError:
            return found
        return found


APPEAL = "POST /api/appeals HTTP/1.1\nHost: localhost\nConnection: close\nContent-Type: application/octet-stream"


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        ("Content-Length: 100", b"x" * 50),
        ("Content-Length: -5", b"x" * 50),
        ("Content-Length: 5\nContent-Length: 50", b"x" * 50),
        ("Content-Length: many", b"x" * 50),
        (f"Content-Length: {'9' * 5000}", b"x" * 50),
        ("Content-Length: 5", b"x" * 50),
        ("Content-Length: 20000000", b"x" * 50),
        ("Transfer-Encoding: chunked", b"5\r\nhello\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked", b"zz\r\nhello\r\n"),
        ("Transfer-Encoding: chunked\nContent-Length: 5", b"5\r\nhello\r\n0\r\n\r\n"),
        ("X-Nothing: no length at all", b"x" * 50),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_lengths_that_lie_are_refused_and_the_next_one_is_served(port: int, lines: str, body: bytes) -> None:
    answer = raw(port, f"{APPEAL}\n{lines}", body)
    assert answer == b"" or re.match(rb"HTTP/1\.1 4\d\d ", answer), answer[:200]
    assert fetch(port, "/healthz") == (200, b"ok\n")


def test_metrics_are_for_this_machine_and_never_for_a_proxied_request(port: int) -> None:
    assert b"balaqorgau_answers_total{" in fetch(port, "/metrics")[1]
    for header in ("X-Forwarded-For", "Forwarded"):
        assert fetch(port, "/metrics", **{header: "203.0.113.9"})[0] == 404


def test_passphrases_are_printed_once_and_every_key_stays(folder: Path, port: int, tmp_path: Path) -> None:
    printed = PASSPHRASE.findall(folder.with_name("first.log").read_text())
    assert len(printed) == len({words for _, words in printed}) == 24
    settings, keys = (folder / "balaqorgau.env").read_bytes(), deployment(port)
    with running(folder, again := free_port(), tmp_path / "second.log"):
        assert deployment(again) == keys
    said = (tmp_path / "second.log").read_text()
    assert PASSPHRASE.findall(said) == []
    assert not [words for _, words in printed if words in said]
    assert f"http://localhost:{again}/tour/" in said
    assert (folder / "balaqorgau.env").read_bytes() == settings


def test_what_an_example_keeps_is_its_owner_s_alone(folder: Path, port: int) -> None:
    assert folder.stat().st_mode & 0o077 == 0
    private = [folder / "balaqorgau.env", *folder.rglob("example-officers.json")]
    assert [path.stat().st_mode & 0o777 for path in private] == [0o600] * 2


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.1", "127.0.0.1"])
def test_example_keys_are_not_served_beyond_this_machine_by_an_installation_that_says_it_is_real(
    folder: Path, port: int, tmp_path: Path, address: str
) -> None:
    text = (folder / "balaqorgau.env").read_text()
    file = tmp_path / "real.env"
    file.touch(0o600)
    file.write_text(text.replace("BALAQORGAU_EXAMPLE=1\n", "").replace("HOST=localhost", "HOST=balaqorgau.example"))
    done = balaqorgau("run", "--host", address, "--port", "1", BALAQORGAU_SETTINGS=str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("This installation has example keys, whose passphrases are written down; it may not")


def test_a_real_installation_serves_the_child_and_neither_tour_nor_gallery(tmp_path: Path) -> None:
    host = {"Host": "balaqorgau.example"}
    file = made(tmp_path / "real")
    with running(tmp_path / "real", port := free_port(), tmp_path / "log", BALAQORGAU_SETTINGS=str(file)):
        for path in ("/", "/plain/", "/desk/", "/.well-known/security.txt"):
            assert (path, fetch(port, path, **host)[0]) == (path, 200)
        for path in ("/tour/", "/tour/kk/", "/tour/poster.pdf", "/tour/code.svg", "/ui/", "/ui/kk/"):
            assert (path, fetch(port, path, **host)[0]) == (path, 404)


def test_a_database_whose_settings_are_gone_is_not_started_with_new_keys(tmp_path: Path) -> None:
    (tmp_path / "balaqorgau.sqlite3").touch()
    done = balaqorgau("run", "--folder", tmp_path, "--port", "1")
    assert done.returncode == 2
    assert "bring that file back before you start" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["balaqorgau.sqlite3"]


# What is not the program's fault is said in a sentence


def only_sentences(done: "subprocess.CompletedProcess[str]") -> list[str]:
    """What a command that stopped has said."""
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real installation that nothing changes."""
    return made(tmp_path_factory.mktemp("real") / "var")


def test_what_init_writes_is_its_owner_s_alone(settings: Path) -> None:
    assert settings.stat().st_mode & 0o777 == 0o600
    assert settings.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("command", [("run", "--port", "1"), ("publish",)])
def test_a_database_that_is_away_stops_the_start_with_a_sentence(settings: Path, command: tuple[str, ...]) -> None:
    done = balaqorgau(*command, BALAQORGAU_SETTINGS=str(settings), DATABASE_URL=AWAY)
    assert only_sentences(done) == ["The database does not answer: unable to open database file"]


def test_init_with_a_database_that_is_away_can_be_tried_again(tmp_path: Path) -> None:
    words = ("init", "--yes", "--host", "balaqorgau.example", "--folder", tmp_path / "var")
    done = balaqorgau(*words, "--database-url", AWAY)
    assert only_sentences(done) == ["The database does not answer: unable to open database file"]
    assert balaqorgau(*words).returncode == 0


def test_init_in_a_place_that_cannot_be_a_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = balaqorgau("init", "--yes", "--host", "balaqorgau.example", "--folder", tmp_path / "file" / "var")
    assert only_sentences(done) == [f"Not a directory: {tmp_path / 'file' / 'var'}."]


def test_init_with_a_broken_pack_names_its_faults_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "pack.yaml").write_text("id: [\n")
    words = ("--host", "balaqorgau.example", "--folder", tmp_path / "var", "--pack", tmp_path / "pack")
    assert any(line.startswith("pack.yaml:") for line in only_sentences(balaqorgau("init", "--yes", *words)))
    assert not (tmp_path / "var").exists()


def test_check_says_that_others_can_look_into_the_folder(tmp_path: Path) -> None:
    file = made(tmp_path / "var")
    file.parent.chmod(0o750)
    done = balaqorgau("check", BALAQORGAU_SETTINGS=str(file))
    assert f"Others can look into {file.parent}. Run: chmod 700 {file.parent}" in done.stdout.splitlines()


def test_check_of_a_folder_that_is_not_there_does_not_make_it(settings: Path, tmp_path: Path) -> None:
    done = balaqorgau("check", BALAQORGAU_SETTINGS=str(settings), BALAQORGAU_VAR=str(tmp_path / "none"))
    assert f"The folder {tmp_path / 'none'} does not exist." in done.stdout.splitlines()
    assert not (tmp_path / "none").exists()


def test_a_settings_file_that_others_can_read_stops_every_command(settings: Path, tmp_path: Path) -> None:
    file = tmp_path / "open.env"
    file.write_bytes(settings.read_bytes())
    file.chmod(0o644)
    done = balaqorgau("check", BALAQORGAU_SETTINGS=str(file))
    assert only_sentences(done) == [f"Others can read {file}. Run: chmod 600 {file}"]
