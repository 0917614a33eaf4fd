"""A page with the media modules in it, under the strictest policy the child's page has, and nothing else of the site."""

import json
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"


class Handler(SimpleHTTPRequestHandler):
    """Files of one folder, each under the policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="session")
def media_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page that has loaded the harness."""
    folder = tmp_path_factory.mktemp("media")
    esbuild = [str(ROOT / "node_modules/.bin/esbuild"), str(HERE / "harness.js"), "--bundle", "--format=esm"]
    subprocess.run(
        [*esbuild, "--target=chrome87", f"--outfile={folder / 'harness.js'}", "--log-level=error"], check=True
    )
    (folder / "index.html").write_text("<!doctype html><title>·</title><script type=module src=/harness.js></script>")
    copytree(HERE / "speech", folder / "speech")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def opened(browser: Browser, site: str, **options: Any) -> Iterator[Page]:
    """A fresh profile on the page; anything it complains about fails the test."""
    context = browser.new_context(**options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(site)
    page.wait_for_function("self.media !== undefined")
    yield page
    context.close()
    assert [c for c in complaints if "favicon" not in c] == []


@pytest.fixture
def page(chromium: Browser, media_site: str) -> Iterator[Page]:
    """The harness in the tests' Chromium."""
    yield from opened(chromium, media_site, permissions=["microphone"])


def run(page: Page, script: str, argument: object = None) -> Any:
    """What an async function body returns; `argument` is its `a`, `media` the harness."""
    return page.evaluate(f"async ([a]) => {{ {script} }}", json.loads(json.dumps([argument])))
