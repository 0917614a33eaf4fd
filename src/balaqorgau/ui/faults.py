"""What somebody sees when there is no such page, or when we failed: a sentence in every language, no database, no session."""

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from balaqorgau import pack

KEYS: Final = {HTTPStatus.NOT_FOUND: "not_found", HTTPStatus.BAD_REQUEST: "bad_request"}
OTHERWISE: Final = "failed"


def page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """The page of a status, said in every language, because nobody knows the reader's."""
    country = pack.current()
    key = f"ui.fault.{KEYS.get(status, OTHERWISE)}"
    said = [
        {"code": code, "title": country.text(code, f"{key}_title"), "text": country.text(code, f"{key}_text")}
        for code in country.languages
    ]
    return render(request, "ui/fault.html", {"language": country.languages[0], "said": said}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """404."""
    return page(request, HTTPStatus.NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """400."""
    return page(request, HTTPStatus.BAD_REQUEST)


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    return page(request, HTTPStatus.INTERNAL_SERVER_ERROR)
