"""Static words in the reader's language."""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from balaqorgau import pack
from balaqorgau.kernel import clock
from balaqorgau.pack import Pack

PAGES: Final = {
    "privacy": "privacy_child",
    "privacy-adults": "privacy_adult",
    "accessibility": "accessibility",
    "operator": "operator",
}
SECURITY_TXT_DAYS: Final = 180
NAMESPACE: Final = "about"
SECURITY: Final = "security"


@require_safe
def page(request: HttpRequest, page: str, language: str = "") -> HttpResponse:
    """One of PAGES in a language of the pack; the first when none is named."""
    country = pack.current()
    language = language or country.languages[0]
    if page not in PAGES or language not in country.languages:
        raise Http404
    return render(request, "about/page.html", context(country, page, language))


def context(country: Pack, page: str, language: str) -> dict[str, Any]:
    """What the template needs."""
    return {
        "language": language,
        "languages": [{"code": one.code, "name": one.name} for one in country.spoken],
        "pages": [{"id": name, "key": f"about.nav.{key}"} for name, key in PAGES.items()],
        "page": page,
        "exit_page": country.exit_page,
        "draft": not country.is_reviewed(language, NAMESPACE),
        "title": f"about.{PAGES[page]}.title",
        "sections": operator(country, language) if page == "operator" else sections(country, PAGES[page], language),
    }


def sections(country: Pack, name: str, language: str) -> list[dict[str, Any]]:
    """The numbered sections of a page, as many as the pack has."""
    found: list[dict[str, Any]] = []
    while country.has_text(f"about.{name}.s{len(found) + 1}_text"):
        key = f"about.{name}.s{len(found) + 1}"
        found.append(
            {"title": country.text(language, f"{key}_title"), "lines": [country.text(language, f"{key}_text")]}
        )
    return found


def operator(country: Pack, language: str) -> list[dict[str, Any]]:
    """Who runs it, on what legal basis, and the numbers for help."""
    who = country.operator
    lines = [
        [who.names[language], *(value for kind, value in who.contact.items() if kind != SECURITY)],
        [f"{basis.act[language]} {basis.number}, {basis.article}: {basis.rule[language]}" for basis in country.legal],
        [f"{line.number}: {country.text(language, f'helplines.{line.number}')}" for line in country.helplines],
    ]
    titles = [country.text(language, f"about.operator.s{place}_title") for place in (1, 2, 3)]
    return [{"title": title, "lines": found} for title, found in zip(titles, lines, strict=True)]


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a weakness, valid for half a year from today."""
    country = pack.current()
    until = clock.now().replace(microsecond=0, second=0, minute=0, hour=0) + timedelta(days=SECURITY_TXT_DAYS)
    lines = [
        f"Contact: {country.operator.contact[SECURITY]}",
        f"Expires: {until.isoformat().replace('+00:00', 'Z')}",
        f"Preferred-Languages: {', '.join(country.languages)}",
        f"Canonical: {settings.ORIGIN}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
