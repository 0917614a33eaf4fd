"""Is it alive, is it ready, and what has it counted: for the machines that watch it."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from balaqorgau import metrics as counters
from balaqorgau.kernel import clock
from balaqorgau.waking import queries as waking

LOOPBACK = ("127.0.0.1", "::1")


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 with the reason's name otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ready": False, "why": "database"}, status=503)
    return JsonResponse({"ready": True})


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
    try:
        counters.mail(waiting=waking.waiting(), failing=waking.failing(), late=waking.late(now=clock.now()))
    except DatabaseError:
        return
