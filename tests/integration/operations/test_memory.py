"""What a server process weighs under load: `bench/intake.py` measures the same with twenty times as many appeals."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.appeals import sealed_request, target
from bench.intake import stored_commitments
from bench.load import send_all
from bench.processes import peak_megabytes

from tests.browser.house import House
from tests.postgres import Cluster

MOST_MEGABYTES = 150
APPEALS = 300
AT_ONCE = 64


@pytest.fixture
def database_url() -> Iterator[str]:
    """A cluster of this test's own when the tests run on PostgreSQL; nothing for SQLite."""
    if os.environ.get("TEST_DATABASE") != "postgresql":
        yield ""
        return
    cluster = Cluster(os.environ["TEST_POSTGRES"])
    cluster.create()
    cluster.start()
    try:
        yield cluster.url
    finally:
        cluster.stop()


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    """A whole installation in processes of its own."""
    built = House(tmp_path / "var", database_url)
    try:
        yield built.start()
    finally:
        built.stop()


def test_no_server_process_outgrows_its_memory_under_load(house: House) -> None:
    to = target(f"http://127.0.0.1:{house.port}")
    outcome = asyncio.run(send_all(house.port, [sealed_request(to)[1] for _ in range(APPEALS)], AT_ONCE))
    assert house.process
    assert peak_megabytes(house.process.pid) <= MOST_MEGABYTES
    assert len(stored_commitments(house) & set(outcome.acknowledged)) == APPEALS
