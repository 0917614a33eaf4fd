"""A core file shows what a process has in its memory: words that were planted, and none of a letter that was answered."""

import re
import secrets
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.cores import core, dumped, gcore, pieces
from tests.browser.house import House
from tests.browser.rows import database_of, rows_of
from tests.browser.seizure import spellings, traces

HOLDS = "import sys; kept = sys.stdin.buffer.read(); print('ready', flush=True); sys.stdout.close(); import time; time.sleep(600)"
PATIENCE_SECONDS = 120


@pytest.fixture
def key() -> str:
    """Digits that nobody can guess, a part of every marker."""
    return f"{secrets.randbelow(10**12):012d}"


@pytest.fixture
def holder() -> Iterator["subprocess.Popen[bytes]"]:
    """A process that keeps what it is given."""
    with subprocess.Popen([sys.executable, "-c", HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("spelling", spellings("x"))
def test_what_a_process_keeps_is_in_its_core_in_every_spelling(
    holder: "subprocess.Popen[bytes]", key: str, tmp_path: Path, spelling: str
) -> None:
    assert holder.stdin
    assert holder.stdout
    holder.stdin.write(spellings(f"Қарлығаш{key}ұшты")[spelling])
    holder.stdin.close()
    assert holder.stdout.readline() == b"ready\n"
    if gcore():
        assert core(holder.pid, tmp_path).stat().st_size > 100_000
        assert any(traces(piece, [key]) for piece in pieces(tmp_path / f"core.{holder.pid}"))
    assert any(traces(piece, [key]) for piece in dumped(holder.pid))
    assert not any(traces(piece, [key[::-1]]) for piece in dumped(holder.pid))


def ask(house: House, path: str, **fields: str) -> str:
    """What a browser without JavaScript asks."""
    body = urllib.parse.urlencode(fields).encode() if fields else None
    with urllib.request.urlopen(f"{house.url}{path}", body, timeout=60) as answer:
        return str(answer.read().decode())


def letter(house: House, said: str) -> str:
    """Write on the plain form and read it again as the child would; the page that shows it."""
    sent = ask(house, "/plain/", language="kk", region="KZ-10", text=f"Мені {said}")
    words = re.findall(r"<li><b>([^<]+)</b></li>", sent)
    assert len(words) == 6
    return ask(house, "/plain/answer/", language="kk", words=" ".join(words))


def remembered(cores: Iterator[bytes], key: str) -> list[str]:
    """What the cores still hold."""
    return [found for piece in cores for found in traces(piece, [key])]


@pytest.mark.journey
def test_what_a_database_compresses_is_found_in_its_rows(house: House, key: str) -> None:
    with database_of(house) as database:
        database.execute("CREATE TABLE planted (said text)")
        database.execute(f"INSERT INTO planted VALUES ('{'сөз ' * 3000} Қарлығаш{key}ұшты {'сөз ' * 3000}')")
        found = traces(rows_of(house), [key])
        database.execute("DROP TABLE planted")
    assert found
    assert not traces(rows_of(house), [key])


@pytest.mark.journey
def test_a_planted_file_and_a_line_of_the_log_are_found(house: House, key: str) -> None:
    for place in (house.folder / "tmp" / "left-behind", house.log):
        with place.open("ab") as file:
            file.write(f"Қарлығаш{key}ұшты\n".encode())
        assert [path for path in house.kept_files() if traces(path.read_bytes(), [key])] == [place]
        spoilt = place.read_bytes().replace(key.encode(), b"-" * len(key))
        place.write_bytes(spoilt)


@pytest.mark.journey
def test_after_the_plain_form_answered_its_words_are_written_over_by_the_next_requests(house: House, key: str) -> None:
    """SECURITY.md says how long they can be found in a server that just began: while it answers, and until others ask."""
    house.stop()
    house.start()
    assert key in letter(house, key)
    assert remembered(
        dumped(*house.own_processes()), key
    )  # The server did see it: were it not found here, the search would be blind.
    until = time.monotonic() + PATIENCE_SECONDS
    while (found := remembered(dumped(*house.own_processes()), key)) and time.monotonic() < until:
        for _ in range(25 * len(house.own_processes())):
            ask(house, "/plain/?language=ru")
            ask(house, "/")
        for _ in house.own_processes():
            letter(house, f"{secrets.randbelow(10**12):012d}")
    assert not found
    assert not remembered(dumped(sharing=house.more_members()), key)
    assert not traces(rows_of(house), [key])
    assert not {path: found for path in house.kept_files() if (found := traces(path.read_bytes(), [key]))}
