"""Sealed files in an S3-compatible store, here a small one of the test's own."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.test import Client, override_settings

from balaqorgau.appeals import files
from balaqorgau.appeals.models import StoredFile, Thread
from balaqorgau.kernel.ids import b64
from balaqorgau.storages import storage_options
from tests.factories.appeals import OMBUDSMAN, REGION, Child, post, publish_desks
from tests.factories.erasing import hand

pytestmark = pytest.mark.django_db
PHOTO = [("photo", "image/jpeg", b"\xff\xd8" * 500)]


class Store(BaseHTTPRequestHandler):
    """Objects by path, in memory; `broken` answers everything with 500."""

    objects: dict[str, bytes] = {}
    broken = False
    protocol_version = "HTTP/1.1"

    def answer(self, status: int, body: bytes = b"") -> None:
        """One answer."""
        self.send_response(500 if Store.broken else status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"0"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self) -> None:
        """Keep an object; a body in signed chunks is put together."""
        data = self.body()
        if not Store.broken:
            Store.objects[self.path] = data
        self.answer(200)

    def body(self) -> bytes:
        """The request's body, without the framing of `aws-chunked`."""
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" not in self.headers.get("Content-Encoding", ""):
            return data
        whole, rest = b"", data
        while rest:
            head, _, rest = rest.partition(b"\r\n")
            size = int(head.split(b";")[0], 16)
            whole, rest = whole + rest[:size], rest[size + 2 :] if size else b""
        return whole

    def do_GET(self) -> None:
        """Give an object."""
        found = Store.objects.get(self.path)
        self.answer(404 if found is None else 200, found or b"")

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        """Forget an object."""
        Store.objects.pop(self.path, None)
        self.answer(204)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Store]]:
    """The store, named as STORAGE_URL names one."""
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sealed = storage_options(f"s3://key:se%2Fcret@127.0.0.1:{server.server_port}/sealed?tls=0")
    Store.objects, Store.broken = {}, False
    with override_settings(STORAGES={**settings.STORAGES, "sealed": sealed}):
        storages._storages = {}
        yield Store
    storages._storages = {}
    server.shutdown()
    server.server_close()


def test_a_file_is_kept_read_and_destroyed(store: type[Store]) -> None:
    name = files.keep(b"sealed bytes")
    assert store.objects == {f"/sealed/{name}": b"sealed bytes"}
    assert files.read(name) == b"sealed bytes"
    files.destroy(name)
    assert store.objects == {}


def test_an_appeal_with_a_photo_lies_in_the_store(store: type[Store], client: Client) -> None:
    publish_desks()
    sealed = Child().seal(files=PHOTO)
    assert post(client, sealed).status_code == 201
    assert files.read(StoredFile.objects.get().name) == sealed.files[0]


@pytest.mark.django_db(transaction=True)
def test_what_the_law_has_erased_is_gone_from_the_store(store: type[Store], client: Client) -> None:
    publish_desks()
    assert post(client, Child().seal(files=PHOTO)).status_code == 201
    assert len(store.objects) == 1
    first, second = hand("first", REGION), hand("second", OMBUDSMAN)
    assert first.propose().status_code == 204
    assert second.confirm().status_code == 204
    assert store.objects == {}


def test_a_store_that_fails_is_said_and_nothing_is_kept(store: type[Store], client: Client) -> None:
    publish_desks()
    store.broken = True
    answer = post(client, Child().seal(files=PHOTO))
    assert (answer.status_code, answer.json()["error"]) == (503, "busy")
    assert not Thread.objects.exists()


def test_a_store_that_is_away_when_a_photo_is_read_is_said(store: type[Store], client: Client) -> None:
    publish_desks()
    child = Child()
    sealed = child.seal(files=PHOTO)
    post(client, sealed)
    store.broken = True
    body = {"token": child.token, "hash": b64(sealed.manifest.files[0].hash)}
    answer = client.post("/api/mailbox/file", body, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (503, "busy")
