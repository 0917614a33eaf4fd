"""Is it alive, is it ready, and what has it counted: for the machines that watch it."""

from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Final

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from balaqorgau import metrics as counters
from balaqorgau.kernel import clock
from balaqorgau.waking import queries as waking

LOOPBACK = ("127.0.0.1", "::1")
PATIENCE_SECONDS: Final = 2
"""Those who watch ask again soon; a database that is away would keep them for as long as a child's letter may wait."""

_asking = Lock()


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 with the reason's name otherwise."""
    if not database_answers():
        return JsonResponse({"ready": False, "why": "database"}, status=503)
    return JsonResponse({"ready": True})


def database_answers() -> bool:
    """Whether the database answers soon; a thread of its own asks, one at a time, so that nobody waits for one that hangs."""
    if not _asking.acquire(timeout=PATIENCE_SECONDS):
        return False
    answer: SimpleQueue[bool] = SimpleQueue()
    Thread(target=ask_into, args=(answer,), daemon=True, name="readiness").start()
    try:
        return answer.get(timeout=PATIENCE_SECONDS)
    except Empty:
        return False


def ask_into(answer: "SimpleQueue[bool]") -> None:
    """Ask, give the connection back, and let the next one ask."""
    try:
        answer.put(ask_database())
    finally:
        connection.close()
        _asking.release()


def ask_database() -> bool:
    """Whether the database answers, however long that takes."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The counters, to this machine only: a proxied request carries X-Forwarded-For and gets 404."""
    proxied = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    if proxied or request.META.get("REMOTE_ADDR") not in LOOPBACK:
        return HttpResponse(status=404)
    look_at_mail()
    return HttpResponse(counters.page(), content_type="text/plain; version=0.0.4")


def look_at_mail() -> None:
    """Count mails and alarms; a database that is away leaves the last counts, and `readyz` says that it is away."""
    if not database_answers():
        return
    try:
        counters.mail(waiting=waking.waiting(), failing=waking.failing(), late=waking.late(now=clock.now()))
    except DatabaseError:
        return
