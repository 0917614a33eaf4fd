"""Static files in front of Django: built assets that never change, and the published pages of the child."""

from typing import Any

from django.conf import settings
from whitenoise import WhiteNoise

from balaqorgau.middleware import CONSOLE_POLICY, HEADERS, policy_for

FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"
NOTHING = "default-src 'none'"
VALIDATORS = {"ETag", "Last-Modified"}
PART_HEADERS = {"Cross-Origin-Resource-Policy": "same-origin", "X-Content-Type-Options": "nosniff"}


def header_setter(headers: Any, _path: str, url: str) -> None:
    """Documents get what Django's answers get; the parts of a page only what concerns them, because phones pay for it."""
    parts = is_part(url)
    headers["Cache-Control"] = FOREVER if parts else ALWAYS_ASK
    if policy := part_policy(url) if parts else policy_for(url):
        headers["Content-Security-Policy"] = policy
    for name, value in (PART_HEADERS if parts else HEADERS).items():
        headers[name] = value


def part_policy(url: str) -> str:
    """None for what is never a document; for pictures nothing is allowed; one of the console's scripts is a worker."""
    if url.startswith("/static/console/"):
        return CONSOLE_POLICY
    return NOTHING if url.endswith(".svg") else ""


def is_part(url: str) -> bool:
    """Whether an address has a hash in it."""
    return url.startswith(("/static/", "/p/"))


def lasting(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headers without what lets a browser ask whether a part has changed: with a hash in its name it cannot."""
    return [(name, value) for name, value in headers if name not in VALIDATORS]


class Published:
    """Serves the files as they are listed, and lists them again when `publish` has written a new first page."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._edition = edition()
        self._files = listed(application)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        now = edition()
        if now != self._edition:
            self._files, self._edition = listed(self._application), now
        return self._files(environ, start_response)


def edition() -> int:
    """When the first page was written, in nanoseconds; 0 while there is none."""
    try:
        return (settings.SITE / "index.html").stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def listed(application: Any) -> WhiteNoise:
    """Every file there is now, in front of an application."""
    site = WhiteNoise(
        application, index_file=True, add_headers_function=header_setter, charset="utf-8", allow_all_origins=False
    )
    site.add_files(str(settings.BUILD), prefix="static/")
    if settings.SITE.is_dir():
        site.add_files(str(settings.SITE))
    for file in (file for url, file in site.files.items() if is_part(url)):
        file.alternatives = [(coding, path, lasting(headers)) for coding, path, headers in file.alternatives]
    return site


def with_static(application: Any) -> Published:
    """Wrap a WSGI application with the built assets and the published site."""
    return Published(application)
