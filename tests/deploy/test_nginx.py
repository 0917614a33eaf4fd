"""The shipped nginx configuration keeps no trace of anybody, holds nobody up, and serves what the application would."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest

from balaqorgau import middleware
from balaqorgau.appeals import limits
from balaqorgau.static import header_setter
from tests.deploy.nginx import SHIPPED, Nginx
from tests.deploy.upstream import Seen, Upstream

MARKER = "бала-жазған-сөз-7f3a91"
AGENT = "ChildsPhone/7f3a91"
PAGE = "<!doctype html><title>·</title>"
CHUNKED = {"Transfer-Encoding": "chunked"}
PARTS = (
    "/static/reporter/page.ABCD.js",
    "/static/console/worker.ABCD.js",
    "/static/ui/mark.ABCD.svg",
    "/p/site.0123456789abcdef.json",
    "/p/icon.0123456789abcdef.svg",
)
MIB = 1024 * 1024


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    behind = Upstream().start()
    yield behind
    behind.stop()


@pytest.fixture(scope="module")
def proxy(upstream: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    root = tmp_path_factory.mktemp("nginx")
    site, build = root / "site", root / "build"
    parts = {root / part.replace("/p/", "site/p/").replace("/static/", "build/"): "export {}" for part in PARTS}
    for path, text in {site / "index.html": PAGE, site / "ru/index.html": "ru" + PAGE, **parts}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.with_name(f"{path.name}.br").write_bytes(b"brotli of " + text.encode())
        path.with_name(f"{path.name}.gz").write_bytes(b"gzip of " + text.encode())
    running = Nginx(root / "nginx", upstream.port, site, build).start()
    yield running
    running.stop()


def trusting() -> ssl.SSLContext:
    """TLS that takes the certificate of the test for what it says."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def connection(port: int, timeout: float = 20) -> http.client.HTTPSConnection:
    """A connection that is not opened yet."""
    return http.client.HTTPSConnection("localhost", port, timeout=timeout, context=trusting())


def ask(
    proxy: Nginx, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """One request; status, headers and body of its answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(connection(proxy.port)) as there:
        there.request(method, path, body, named)
        with there.getresponse() as answer:
            return answer.status, answer.headers, answer.read()


def last(upstream: Upstream) -> Seen:
    """What the application was sent last."""
    return upstream.seen[-1]


def written(proxy: Nginx) -> bytes:
    """Everything that nginx wrote, file names included."""
    files = [path for path in proxy.folder.rglob("*") if path.is_file() and path.suffix != ".pem"]
    return b"\n".join(str(path).encode() + b"\n" + path.read_bytes() for path in files if "conf" not in path.suffix)


def test_nginx_accepts_the_shipped_file(tmp_path: Path) -> None:
    said = Nginx(tmp_path, 1, tmp_path, tmp_path).check()
    assert said.returncode == 0, said.stderr
    assert "warn" not in said.stderr


def test_a_request_leaves_no_trace(proxy: Nginx, upstream: Upstream) -> None:
    body = f"token={MARKER}".encode() * 1000
    status, _, _ = ask(proxy, "POST", f"/api/mailbox?{AGENT}", body, User_Agent=AGENT, X_Forwarded_For="203.0.113.9")
    assert status == 200
    assert last(upstream).body == body
    found = written(proxy)
    assert b"start worker process" in found
    assert MARKER.encode() not in found
    assert AGENT.encode() not in found
    for address in (b"127.0.0.1", b"203.0.113.9", b"client:"):
        assert address not in found.replace(str(proxy.folder).encode(), b"")


@pytest.mark.parametrize("megabytes", [1, 10, 15])
def test_a_large_body_never_touches_the_disk(megabytes: int, proxy: Nginx, upstream: Upstream) -> None:
    before = {path: path.stat().st_mtime_ns for path in (proxy.folder / "temp").rglob("*")}
    status, _, _ = ask(proxy, "POST", "/api/appeals", MARKER.encode() * (megabytes * MIB // len(MARKER.encode())))
    assert status == 200
    assert {path: path.stat().st_mtime_ns for path in (proxy.folder / "temp").rglob("*")} == before


@pytest.mark.parametrize(
    "wrong",
    [
        b"NONSENSE\r\n\r\n",
        b"POST /api/appeals HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\ncut",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: two\r\n\r\n",
    ],
    ids=["no http", "cut", "too long", "two hosts"],
)
def test_what_goes_wrong_leaves_no_address_either(wrong: bytes, proxy: Nginx) -> None:
    plain = socket.create_connection(("127.0.0.1", proxy.port))
    with trusting().wrap_socket(plain) as there, suppress(OSError):
        there.sendall(wrong)
    with socket.create_connection(("127.0.0.1", proxy.port)) as there:
        there.sendall(b"\x16\x03\x01\x00\x05hello")
        there.recv(100)
    assert b"client:" not in written(proxy)
    assert b"127.0.0.1" not in written(proxy)


def test_an_application_that_is_away_is_said_in_json_and_leaves_no_address(tmp_path: Path) -> None:
    alone = Nginx(tmp_path, 1, tmp_path, tmp_path).start()
    try:
        status, headers, body = ask(alone, "POST", "/api/appeals", b"x", User_Agent=AGENT)
        assert (status, headers["Retry-After"], body) == (503, "5", b'{"error":"busy","seconds":5}')
        assert ask(alone, "GET", "/desk/", User_Agent=AGENT)[0] == 502
        assert AGENT.encode() not in written(alone)
        assert b"client:" not in written(alone)
    finally:
        alone.stop()


def test_the_application_hears_nothing_of_who_asks(proxy: Nginx, upstream: Upstream) -> None:
    ask(
        proxy,
        "POST",
        "/api/appeals",
        b"x",
        User_Agent=AGENT,
        X_Forwarded_For="203.0.113.9",
        X_Real_IP="203.0.113.9",
        Forwarded="for=203.0.113.9",
        Referer="https://elsewhere.example/",
        Via="1.1 somewhere",
    )
    sent = last(upstream).headers
    assert not {"x-forwarded-for", "x-real-ip", "user-agent", "referer", "via"} & set(sent)
    assert (sent["forwarded"], sent["x-forwarded-proto"], sent["host"]) == ("for=unknown", "https", "localhost")
    assert "203.0.113.9" not in str(sent)


@pytest.mark.parametrize("path", ["/metrics", "//metrics", "/./metrics", "/%6Detrics", "/x/../metrics", "/metrics?a=b"])
def test_metrics_are_not_reachable(path: str, proxy: Nginx, upstream: Upstream) -> None:
    before = len(upstream.seen)
    assert ask(proxy, "GET", path)[0] == 404
    assert len(upstream.seen) == before


def test_a_school_behind_one_address_gets_through_at_once(proxy: Nginx) -> None:
    def child(number: int) -> int:
        return ask(proxy, "POST", "/api/appeals", b"%d" % number * 20_000)[0]

    with ThreadPoolExecutor(400) as school:
        assert set(school.map(child, range(400))) == {200}


def test_nothing_is_counted_by_address() -> None:
    assert not [
        word for word in ("limit_req", "limit_conn", "geo ", "remote_addr", "log_format") if word in SHIPPED.read_text()
    ]


def test_a_body_may_be_as_large_as_the_application_takes_it() -> None:
    text = SHIPPED.read_text()
    assert "client_max_body_size 16m;" in text
    assert "client_body_buffer_size 16m;" in text
    assert limits.MAX_REQUEST_BYTES < 16 * MIB
    assert f'"most":{limits.MAX_REQUEST_BYTES}' in text


def test_a_request_beyond_that_is_refused_in_json(proxy: Nginx, upstream: Upstream) -> None:
    before = len(upstream.seen)
    with closing(connection(proxy.port)) as there:
        there.putrequest("POST", "/api/appeals")
        there.putheader("Content-Length", str(17 * MIB))
        there.endheaders()
        with there.getresponse() as answer:
            assert (answer.status, answer.read()) == (413, b'{"error":"too_large","most":10485760}')
    assert len(upstream.seen) == before


def test_a_body_of_unknown_length_is_refused(proxy: Nginx, upstream: Upstream) -> None:
    before = len(upstream.seen)
    with closing(connection(proxy.port)) as there:
        there.request("POST", "/api/appeals", iter([b"a", b"b"]), encode_chunked=True, headers=CHUNKED)
        with there.getresponse() as answer:
            assert answer.status == 411
    assert len(upstream.seen) == before


def test_pages_and_assets_come_without_the_application(proxy: Nginx, upstream: Upstream) -> None:
    before = len(upstream.seen)
    assert ask(proxy, "GET", "/")[2] == PAGE.encode()
    assert ask(proxy, "GET", "/ru/")[2] == ("ru" + PAGE).encode()
    assert ask(proxy, "GET", "/static/reporter/page.ABCD.js")[2] == b"export {}"
    assert ask(proxy, "GET", "/static/none.js")[0] == 404
    assert len(upstream.seen) == before


@pytest.mark.parametrize("path", ["/plain/", "/desk/", "/about/privacy/", "/tour/", "/nowhere"])
def test_everything_else_goes_to_the_application(path: str, proxy: Nginx, upstream: Upstream) -> None:
    assert ask(proxy, "GET", path)[1]["X-From"] == "application"
    assert last(upstream).path == path


@pytest.mark.parametrize(("said", "beginning"), [("br, gzip", b"brotli of"), ("gzip", b"gzip of"), ("", b"<!doctype")])
def test_what_was_compressed_beforehand_is_served(said: str, beginning: bytes, proxy: Nginx) -> None:
    _, headers, body = ask(proxy, "GET", "/", Accept_Encoding=said)
    assert body.startswith(beginning)
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", ["/", "/ru/", *PARTS])
def test_static_answers_carry_the_headers_of_the_application(path: str, proxy: Nginx) -> None:
    expected: dict[str, str] = {}
    header_setter(expected, "", path)
    _, headers, _ = ask(proxy, "GET", path)
    named = {*middleware.HEADERS, "Content-Security-Policy", "Cache-Control"}
    assert {name: headers.get_all(name) for name in named if name in headers} == {
        name: [value] for name, value in expected.items()
    }
    assert headers["Strict-Transport-Security"]


def test_nothing_is_added_to_the_headers_of_the_application_but_tls(proxy: Nginx) -> None:
    _, headers, _ = ask(proxy, "GET", "/desk/")
    assert "Content-Security-Policy" not in headers
    assert headers.get_all("Strict-Transport-Security") == ["max-age=63072000"]


def test_without_tls_one_is_led_to_tls(proxy: Nginx) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", proxy.plain_port, timeout=20)) as there:
        there.request("GET", "/ru/answer/")
        with there.getresponse() as answer:
            assert (answer.status, answer.headers["Location"]) == (308, f"https://localhost:{proxy.port}/ru/answer/")
