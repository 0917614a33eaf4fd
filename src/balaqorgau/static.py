"""Static files in front of Django: built assets that never change, and the published pages of the child."""

from typing import Any

from django.conf import settings
from whitenoise import WhiteNoise

from balaqorgau.middleware import HEADERS, policy_for

FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"


def header_setter(headers: Any, _path: str, url: str) -> None:
    """The same protective headers as Django's answers, and how long a browser may keep the bytes."""
    headers["Content-Security-Policy"] = policy_for(url)
    headers["Cache-Control"] = FOREVER if url.startswith(("/static/", "/p/")) else ALWAYS_ASK
    for name, value in HEADERS.items():
        headers[name] = value


def with_static(application: Any) -> Any:
    """Wrap a WSGI application; files are listed once, at start."""
    site = WhiteNoise(application, index_file=True, add_headers_function=header_setter, charset="utf-8")
    site.add_files(str(settings.BUILD), prefix="static/")
    if settings.SITE.is_dir():
        site.add_files(str(settings.SITE))
    return site
