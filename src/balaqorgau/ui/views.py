"""The gallery: every component in every state, in every language of the pack."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from balaqorgau import pack
from balaqorgau.ui import icons

COLOURS = (
    "page",
    "surface",
    "sunken",
    "edge",
    "edge-strong",
    "text",
    "quiet",
    "accent",
    "accent-soft",
    "danger",
    "warn",
    "good",
)


@require_safe
def gallery(request: HttpRequest, language: str = "") -> HttpResponse:
    """Shown by the example country only: it is for those who build, not for those who work."""
    languages = [(code, pack.current().language_name(code)) for code in pack.current().languages]
    known = [code for code, _ in languages]
    if not settings.EXAMPLE or (language and language not in known):
        raise Http404
    context = {"language": language or known[0], "languages": languages, "icons": icons.names(), "colours": COLOURS}
    return render(request, "ui/gallery.html", context)
