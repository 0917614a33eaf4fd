"""A whole installation behind the shipped nginx: the same pages as without it, and appeals that arrive."""

import asyncio
import http.client
import ssl
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPMessage
from pathlib import Path

import pytest
from bench.appeals import sealed_request, sealed_requests, target
from bench.intake import stored_commitments
from bench.load import send_at_rate

from balaqorgau.settings import BUILD
from balaqorgau.static import ALWAYS_ASK
from tests.browser.house import House
from tests.deploy.nginx import Nginx

ALIASES = {"application/javascript": "text/javascript"}
COMPRESSED = (".br", ".gz")
SAME = (
    "Cache-Control",
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    built = House(tmp_path_factory.mktemp("house") / "var").start()
    yield built
    built.stop()


@pytest.fixture(scope="module")
def proxy(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    running = Nginx(tmp_path_factory.mktemp("nginx"), house.port, house.folder / "site", BUILD).start()
    yield running
    running.stop()


def straight(house: House) -> http.client.HTTPConnection:
    """A connection to the application."""
    return http.client.HTTPConnection("localhost", house.port, timeout=30)


def through(proxy: Nginx) -> http.client.HTTPConnection:
    """A connection to nginx."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection("localhost", proxy.port, timeout=30, context=context)


def get(there: http.client.HTTPConnection, path: str, encoding: str = "identity") -> tuple[int, HTTPMessage, bytes]:
    """One answer: status, headers, body."""
    with closing(there):
        there.request("GET", path, headers={"Accept-Encoding": encoding})
        with there.getresponse() as answer:
            return answer.status, answer.headers, answer.read()


def kind(headers: HTTPMessage) -> str:
    """What a browser takes an answer for."""
    essence = headers["Content-Type"].partition(";")[0]
    return ALIASES.get(essence, essence)


def addresses(folder: Path, prefix: str) -> list[str]:
    """Every published address below a folder."""
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return sorted(prefix + name.removesuffix("index.html") for name in files if not name.endswith(COMPRESSED))


@pytest.mark.parametrize("encoding", ["identity", "br"])
def test_nginx_serves_what_the_application_would(encoding: str, house: House, proxy: Nginx) -> None:
    everything = [*addresses(house.folder / "site", "/"), *addresses(BUILD / "reporter", "/static/reporter/")]
    assert {"/", "/ru/", "/ru/answer/"} <= set(everything)
    for path in everything:
        status, headers, body = get(through(proxy), path, encoding)
        assert (path, status, body) == (path, *get(straight(house), path, encoding)[::2])
        plain = get(straight(house), path, encoding)[1]
        assert (path, kind(headers)) == (path, kind(plain))
        assert [headers.get(name) for name in SAME] == [plain.get(name) for name in SAME], path


@pytest.mark.parametrize("path", ["/plain/", "/desk/", "/tour/", "/healthz", "/readyz"])
def test_what_is_not_static_comes_from_the_application(path: str, house: House, proxy: Nginx) -> None:
    status, headers, _ = get(through(proxy), path)
    assert status == get(straight(house), path)[0]
    assert headers["Cache-Control"] != ALWAYS_ASK


def test_metrics_are_for_the_machine_itself(house: House, proxy: Nginx) -> None:
    assert get(straight(house), "/metrics")[0] == 200
    assert get(through(proxy), "/metrics")[0] == 404


def test_an_appeal_arrives_and_leaves_nothing_at_nginx(house: House, proxy: Nginx) -> None:
    commitment, whole = sealed_request(target(f"http://127.0.0.1:{house.port}"))
    head, _, body = whole.partition(b"\r\n\r\n")
    said = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    with closing(through(proxy)) as there:
        there.request("POST", "/api/appeals", body, {"Content-Type": said["Content-Type"], "User-Agent": "Phone"})
        with there.getresponse() as answer:
            assert answer.status == 201
    assert not [path for path in (proxy.folder / "temp").rglob("*") if path.is_file()]
    assert "client:" not in (proxy.folder / "error.log").read_text()
    assert not (proxy.folder / "access.log").read_text()
    assert commitment


def test_a_whole_school_behind_one_address_gets_through_at_the_first_try(house: House, proxy: Nginx) -> None:
    """400 children press Send in the same moment: each on a connection of their own, none repeats anything."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    requests = list(sealed_requests(target(f"http://127.0.0.1:{house.port}"), 400))
    before = stored_commitments(house)
    outcome = asyncio.run(send_at_rate(proxy.port, requests, len(requests) * 10, len(requests), trusting))
    assert outcome.statuses == {201: 400}
    assert stored_commitments(house) - before == set(outcome.acknowledged)
