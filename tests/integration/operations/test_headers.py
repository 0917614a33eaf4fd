"""What static files and documents say about themselves, and what the counters never say about anybody."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory

from balaqorgau import metrics
from balaqorgau.middleware import CONSOLE_POLICY, HEADERS, POLICY
from balaqorgau.publishing import publish_site
from balaqorgau.static import ALWAYS_ASK, FOREVER, NOTHING, with_static
from tests.factories.appeals import Child, post, publish_desks

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db: None) -> Any:
    """The published site and the built assets, in front of Django."""
    publish_desks()
    publish_site()
    return with_static(WSGIHandler())


def fetch(site: Any, path: str, **more: str) -> tuple[int, dict[str, str]]:
    """Status and headers of a GET."""
    found: list[Any] = []
    answer = site(RequestFactory().get(path, **more).environ, lambda status, headers: found.extend((status, headers)))
    for _ in answer:
        pass
    if hasattr(answer, "close"):
        answer.close()
    return int(found[0].split()[0]), dict(found[1])


def one(folder: Path, pattern: str) -> str:
    """The name of a file under a folder."""
    return next(path.relative_to(folder).as_posix() for path in sorted(folder.rglob(pattern)))


@pytest.mark.parametrize("path", ["/", "/ru/", "/en/answer/"])
def test_a_published_document_is_asked_for_again_and_protected(site: Any, path: str) -> None:
    status, headers = fetch(site, path)
    assert (status, headers["Cache-Control"], headers["Content-Security-Policy"]) == (200, ALWAYS_ASK, POLICY)
    assert HEADERS.items() <= headers.items()
    assert headers["Content-Type"] == 'text/html; charset="utf-8"'
    assert "Set-Cookie" not in headers
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("path", ["/plain/", "/healthz", "/no/such/page"])
def test_what_django_answers_is_never_kept_and_protected(site: Any, path: str) -> None:
    _, headers = fetch(site, path)
    assert (headers["Cache-Control"], headers["Content-Security-Policy"]) == ("no-store", POLICY)
    assert HEADERS.items() <= headers.items()
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("pattern", ["site.*.json", "texts.kk.*.json", "words.*.txt", "KZ-10.*.json"])
def test_a_part_of_the_page_never_changes_and_carries_only_what_concerns_it(site: Any, pattern: str) -> None:
    status, headers = fetch(site, f"/{one(settings.SITE, pattern)}")
    assert (status, headers["Cache-Control"]) == (200, FOREVER)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    unwanted = {"Content-Security-Policy", "Permissions-Policy", "Set-Cookie", "ETag", "Last-Modified"}
    assert not unwanted & headers.keys()


def test_a_picture_that_is_opened_as_a_document_may_do_nothing(site: Any) -> None:
    assert fetch(site, f"/{one(settings.SITE, 'pictures.*.svg')}")[1]["Content-Security-Policy"] == NOTHING


def test_only_the_console_s_scripts_may_compile(site: Any) -> None:
    for room, policy in (("console", CONSOLE_POLICY), ("reporter", None)):
        status, headers = fetch(site, f"/static/{one(settings.BUILD, f'{room}/*.js')}")
        assert (status, headers["Cache-Control"]) == (200, FOREVER)
        assert headers.get("Content-Security-Policy") == policy


@pytest.mark.parametrize(("accepted", "given"), [("br", "br"), ("gzip", "gzip"), ("br, gzip", "br"), ("", None)])
def test_what_is_compressed_already_is_given_as_it_is_wanted(site: Any, accepted: str, given: str | None) -> None:
    headers = fetch(site, "/", HTTP_ACCEPT_ENCODING=accepted)[1]
    assert headers.get("Content-Encoding") == given
    assert headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(("accepted", "given"), [("br, gzip", "br"), ("gzip", None)])
def test_directory_files_weigh_the_same_in_each_form_they_have(site: Any, accepted: str, given: str | None) -> None:
    names = [path.name for path in (settings.SITE / "p").glob("KZ-*.json")]
    answers = [fetch(site, f"/p/{name}", HTTP_ACCEPT_ENCODING=accepted)[1] for name in names]
    assert {headers.get("Content-Encoding") for headers in answers} == {given}
    assert len({headers["Content-Length"] for headers in answers}) == 1


@pytest.mark.parametrize("path", ["/p/../balaqorgau.env", "/static/../../settings.py", "/p/%2e%2e/index.html", "/.env"])
def test_nothing_beside_the_site_is_served(site: Any, path: str) -> None:
    assert fetch(site, path)[0] == 404


def test_what_is_published_anew_is_served_without_a_restart(site: Any) -> None:
    page = settings.SITE / "index.html"
    page.with_name("index.html.br").unlink()
    page.with_name("index.html.gz").unlink()
    page.write_text("<!doctype html><title>new</title>")
    assert fetch(site, "/")[1]["Content-Length"] == str(page.stat().st_size)
    publish_site()
    assert fetch(site, "/")[1]["Content-Length"] == str(page.stat().st_size)


def test_the_counters_know_routes_and_nothing_about_anybody(client: Client) -> None:
    publish_desks()
    who = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "Phone/7f3a91", "HTTP_REFERER": "https://7f3a91.example/"}
    child = Child()
    assert post(client, child.seal("7f3a91")).status_code == 201
    for path in ("/plain/?word=7f3a91", "/7f3a91/", f"/api/mailbox?token={child.token}", "/desk/7f3a91/"):
        client.get(path, **who)
        client.post(path, {"words": "7f3a91", "token": child.token}, **who)
    page = metrics.page().decode()
    assert not [secret for secret in ("203.0.113.77", "7f3a91", child.token, "Phone") if secret in page]
    assert 'route="appeals:appeals",status="201"' in page
    labels = {
        label.split("=")[0]
        for line in page.splitlines()
        if "{" in line
        for label in line[line.index("{") + 1 : line.index("}")].split(",")
    }
    assert labels == {"route", "status", "le"}
