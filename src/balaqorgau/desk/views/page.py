"""The console's one document, and its code under the console's own content security policy."""

import mimetypes
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_safe

from balaqorgau.desk import doors, shell
from balaqorgau.signin import queries as signin
from balaqorgau.ui import assets

WORKER_POLICY: Final = "desk-worker"
POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; "
    "img-src 'self' blob:; media-src blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    f"frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types {WORKER_POLICY}"
)
LONGEST_NAME: Final = 200
FOREVER: Final = "public, max-age=31536000, immutable"


@require_safe
@csrf_protect
def console(request: HttpRequest, language: str = "") -> HttpResponse:
    """The shell: the same for a stranger and an officer but for the name that is filled in, and without a word of any appeal."""
    officer = doors.visitor(request)
    chosen = shell.language_of(language or (officer.language if officer else ""))
    context = shell.context(chosen) | {
        "username": officer.username if officer else "",
        "unlocks": bool(officer and signin.unlockers_of(officer)),
        "csrf": get_token(request),
        "worker": f"/desk/code/{assets.path('console/desk.js')}",
    }
    response = render(request, "desk/console.html", context)
    response.headers["Content-Security-Policy"] = POLICY
    return response


@require_safe
def code(_request: HttpRequest, name: str) -> HttpResponse:
    """A built script: a worker obeys the policy of its own answer, and only the console's may compile WebAssembly."""
    folder = Path(settings.BUILD).resolve()
    if len(name) > LONGEST_NAME or "\0" in name:
        return HttpResponse(status=404)
    file = (folder / name).resolve()
    if not file.is_relative_to(folder) or file.suffix != ".js" or not file.is_file():
        return HttpResponse(status=404)
    kind = mimetypes.types_map[".js"]
    headers = {"Cache-Control": FOREVER, "Content-Security-Policy": POLICY}
    return HttpResponse(file.read_bytes(), content_type=f"{kind}; charset=utf-8", headers=headers)
