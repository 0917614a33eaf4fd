"""A store elsewhere that is gone, slow or half working: the child is told soon, and nothing is half kept."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.test import Client, override_settings

from balaqorgau import storages as options
from balaqorgau.appeals import files
from balaqorgau.appeals.models import Event, Message, StoredFile, Thread
from balaqorgau.storages import storage_options
from tests.factories.appeals import Child, post, publish_desks
from tests.postgres import free_port

pytestmark = pytest.mark.django_db
PHOTOS = [("photo", "image/jpeg", bytes([number]) * 900) for number in range(3)]


class Store(BaseHTTPRequestHandler):
    """Objects by path; after `left` of them, PUT answers `status`."""

    objects: dict[str, bytes] = {}
    heard: list[dict[str, str]] = []
    left = 1000
    status = 507
    protocol_version = "HTTP/1.1"

    def answer(self, status: int, body: bytes = b"") -> None:
        """One answer."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self) -> None:
        """Keep an object as long as there is space."""
        data = self.rfile.read(int(self.headers["Content-Length"]))
        Store.heard.append(dict(self.headers))
        if not Store.left:
            return self.answer(Store.status)
        Store.left -= 1
        Store.objects[self.path] = data
        return self.answer(200)

    def do_GET(self) -> None:
        """Give an object."""
        found = Store.objects.get(self.path)
        self.answer(200 if found is not None else 404, found or b"")

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        """Forget an object."""
        Store.objects.pop(self.path, None)
        self.answer(204)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(autouse=True)
def _desks(db: None) -> None:
    publish_desks()


@pytest.fixture
def use() -> Iterator[Callable[[str], None]]:
    """Use another storage until the test ends."""
    with ExitStack() as stack:

        def chosen(url: str) -> None:
            stack.enter_context(override_settings(STORAGES={**settings.STORAGES, "sealed": storage_options(url)}))
            storages._storages = {}

        yield chosen
    storages._storages = {}


@pytest.fixture
def store(use: Callable[[str], None]) -> Iterator[type[Store]]:
    """A store that works until a test says otherwise."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Store.objects, Store.heard, Store.left, Store.status = {}, [], 1000, 507
    use(f"s3://KEYNAME:se%2Fcret@127.0.0.1:{server.server_port}/sealed?tls=0&region=kz-1")
    yield Store
    server.shutdown()
    server.server_close()


def check_busy(answer: Any) -> None:
    """The child is asked to try again, and no row is there."""
    assert (answer.status_code, answer.json()["error"]) == (503, "busy")
    assert int(answer.headers["Retry-After"]) > 0
    assert not any(model.objects.exists() for model in (Thread, Message, StoredFile, Event))


def test_an_appeal_s_files_lie_sealed_under_names_that_say_nothing(store: type[Store], client: Client) -> None:
    sealed = Child().seal(files=PHOTOS)
    assert post(client, sealed).status_code == 201
    assert sorted(store.objects.values()) == sorted(sealed.files)
    assert {f"/sealed/{name}" for name in StoredFile.objects.values_list("name", flat=True)} == set(store.objects)


def test_requests_are_signed_with_the_key_and_never_carry_the_secret(store: type[Store]) -> None:
    files.keep(b"sealed")
    (headers,) = store.heard
    assert "Credential=KEYNAME/" in headers["Authorization"]
    assert "/kz-1/s3/" in headers["Authorization"]
    assert "se/cret" not in str(headers)
    assert "aws-chunked" not in headers.get("Content-Encoding", "")


def test_the_same_appeal_again_leaves_one_object_for_each_file(store: type[Store], client: Client) -> None:
    sealed = Child().seal(files=PHOTOS)
    assert [post(client, sealed).status_code for _ in range(3)] == [201, 200, 200]
    assert len(store.objects) == len(PHOTOS)


@pytest.mark.parametrize("status", [400, 403, 500, 503, 507])
def test_a_store_that_fails_between_two_photos_keeps_neither(store: type[Store], client: Client, status: int) -> None:
    store.left, store.status = 2, status
    sealed = Child().seal(files=PHOTOS)
    check_busy(post(client, sealed))
    assert store.objects == {}
    store.left = 1000
    assert post(client, sealed).status_code == 201
    assert len(store.objects) == len(PHOTOS)


def test_what_is_gone_is_a_file_that_is_not_found_and_may_be_destroyed_again(store: type[Store]) -> None:
    name = files.keep(b"sealed")
    files.destroy(name)
    files.destroy(name)
    with pytest.raises(FileNotFoundError):
        files.read(name)


def test_a_store_where_nobody_listens_is_said_at_once(use: Callable[[str], None], client: Client) -> None:
    use(f"s3://key:secret@127.0.0.1:{free_port()}/sealed?tls=0")
    began = time.monotonic()
    check_busy(post(client, Child().seal(files=PHOTOS)))
    assert time.monotonic() - began < 8


def test_a_store_that_never_answers_is_given_up(
    use: Callable[[str], None], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert options.READ_SECONDS * options.ATTEMPTS <= 30
    monkeypatch.setattr(options, "READ_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        use(f"s3://key:secret@127.0.0.1:{silent.getsockname()[1]}/sealed?tls=0")
        check_busy(post(client, Child().seal(files=PHOTOS[:1])))


def test_an_appeal_without_files_needs_no_store(use: Callable[[str], None], client: Client) -> None:
    use(f"s3://key:secret@127.0.0.1:{free_port()}/sealed?tls=0")
    assert post(client, Child().seal()).status_code == 201
