"""What every answer passes: a log line without a person, protective headers, and a session for the console only."""

import logging
import time
from collections.abc import Callable
from typing import Final, cast

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from balaqorgau import metrics

Answer = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger("balaqorgau.requests")

CONSOLE: Final = "/desk/"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
CONSOLE_POLICY: Final = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'")
HEADERS: Final = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), browsing-topics=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def policy_for(path: str) -> str:
    """The content security policy of a path: only the console may compile WebAssembly."""
    return CONSOLE_POLICY if path.startswith(CONSOLE) else POLICY


def protect(get_response: Answer) -> Answer:
    """Put the protective headers on every answer that Django makes; nothing of it is ever stored."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy_for(request.path))
        response.headers.setdefault("Cache-Control", "no-store")
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    return answer


def for_console(get_response: Answer) -> Answer:
    """Sessions, accounts and forgery protection exist under the console's path and nowhere else."""
    console = cast(Answer, SessionMiddleware(CsrfViewMiddleware(AuthenticationMiddleware(get_response))))

    def answer(request: HttpRequest) -> HttpResponse:
        return (console if request.path.startswith(CONSOLE) else get_response)(request)

    return answer


def observe(get_response: Answer) -> Answer:
    """Count and time every answer by its route's name; a line for failures, none of it about a person."""

    def answer(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        route = (match.view_name if match else "") or "unknown"
        seconds = time.perf_counter() - began
        metrics.count(route, response.status_code, seconds)
        if response.status_code >= 500:
            extra = {"method": request.method, "route": route, "status": response.status_code}
            log.error("answered with an error", extra=extra | {"milliseconds": round(seconds * 1000)})
        return response

    return answer
