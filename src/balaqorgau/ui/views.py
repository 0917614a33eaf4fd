"""The gallery: every component in every state, in every language of the pack; and the tab's small picture."""

from typing import Final

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
TAB: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#2f7fc1" stroke-width="2"'
    ' stroke-linejoin="round"><path d="M12 3l7 3v5.5c0 4.3-2.9 7.6-7 9.5-4.1-1.9-7-5.2-7-9.5V6z"/></svg>'
)
A_DAY: Final = "public, max-age=86400"


@require_safe
def tab(_request: HttpRequest) -> HttpResponse:
    """The picture that a browser puts on the tab."""
    return HttpResponse(TAB, content_type="image/svg+xml", headers={"Cache-Control": A_DAY})


@require_safe
def gallery(request: HttpRequest, language: str = "") -> HttpResponse:
    """The components of officers' pages."""
    return shown(request, language, "ui/gallery.html")


@require_safe
def child_gallery(request: HttpRequest, language: str = "") -> HttpResponse:
    """The components of the child's pages, which have a style of their own."""
    return shown(request, language, "ui/gallery/child.html")


def shown(request: HttpRequest, language: str, template: str) -> HttpResponse:
    """Shown by the example country only: it is for those who build, not for those who work."""
    languages = [(code, pack.current().language_name(code)) for code in pack.current().languages]
    known = [code for code, _ in languages]
    if not settings.EXAMPLE or (language and language not in known):
        raise Http404
    context = {"language": language or known[0], "languages": languages, "icons": icons.names(), "colours": COLOURS}
    return render(request, template, context)
