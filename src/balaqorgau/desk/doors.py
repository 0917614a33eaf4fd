"""The one way into the console's views: forgery protection, a session that is alive, and refusals as JSON.

Every view behind a door is closed to strangers by being declared; there is no view without a door.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException, UnreadablePostError
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.http import require_http_methods

from balaqorgau.accounts import sessions
from balaqorgau.accounts.models import Officer
from balaqorgau.appeals.refusals import Refused
from balaqorgau.desk import policies, shell
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import unb64
from balaqorgau.signin import queries as signin
from balaqorgau.signin import visits

Answer = Callable[..., HttpResponse]
UNREADABLE = (MultiPartParserError, UnreadablePostError, RawPostDataException, SuspiciousOperation)
BACKGROUND = "X-Background"
MAX_JSON_BYTES = 32 * 1024


def refusal(error: Refused) -> JsonResponse:
    """A refusal as the console reads it."""
    response = JsonResponse({"error": error.code, **error.detail}, status=error.status)
    if "seconds" in error.detail:
        response.headers["Retry-After"] = str(error.detail["seconds"])
    return response


class Forgery(CsrfViewMiddleware):
    """A request that did not come from the console's own page is refused as JSON."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:  # noqa: ARG002 (Django's signature)
        return refusal(Refused("forged", 403))


not_forged = cast(Callable[[Answer], Answer], decorator_from_middleware(Forgery))


def speaks_json(view: Answer) -> Answer:
    """Turn refusals and broken requests into answers with a code."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as error:
            return refusal(error)
        except RequestDataTooBig:
            return refusal(Refused("too_large", 413))
        except UNREADABLE:
            return refusal(Refused("bad_request"))
        except OSError:
            return refusal(Refused("busy", 503, seconds=10))

    return answer


def anybody(method: str) -> Callable[[Answer], Answer]:
    """A door for those who are about to sign in."""

    def door(view: Answer) -> Answer:
        return not_forged(require_http_methods([method])(speaks_json(view)))

    return door


def officer(method: str, *, before_second: bool = False, administrators: bool = False) -> Callable[[Answer], Answer]:
    """A door for signed-in officers; the view is called with what they may act with as `by`.

    Who must have a second factor and has none yet passes only doors with `before_second`; an administrator passes only
    those with `administrators`, which lead to nothing but their own account.

    Whether anybody is signed in is asked before the forgery check: its token ends with the session, and an officer whose
    session has ended must hear just that.
    """

    def door(view: Answer) -> Answer:
        @wraps(view)
        def inside(request: HttpRequest, *args: Any, signed_in: Officer, **kwargs: Any) -> HttpResponse:
            if signed_in.is_administrator and not administrators:
                raise Refused("not_for_administrators", 403)
            if not before_second and signin.state_of(signed_in) == signin.MISSING:
                raise Refused("second_factor_missing", 403)
            return view(request, *args, by=policies.actor(signed_in), **kwargs)

        checked = not_forged(require_http_methods([method])(inside))

        @wraps(view)
        def alive(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return checked(request, *args, signed_in=officer_of(request), **kwargs)

        return speaks_json(alive)

    return door


def page(method: str) -> Callable[[Answer], Answer]:
    """A door to a page of its own for signed-in officers: whoever is not is sent to the gate, in words, with 401."""

    def door(view: Answer) -> Answer:
        checked = officer(method)(view)

        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            found = visitor(request)
            if found is None or signin.state_of(found) == signin.MISSING:
                return signed_out(request)
            return checked(request, *args, **kwargs)

        return inside

    return door


def signed_out(request: HttpRequest) -> HttpResponse:
    """The page for whoever has to sign in first."""
    return render(request, "desk/signed_out.html", {"language": shell.language_of("")}, status=401)


def officer_of(request: HttpRequest) -> Officer:
    """Who is signed in; Refused("signed_out")."""
    found = visitor(request)
    if found is None:
        raise Refused("signed_out", 401)
    return found


def visitor(request: HttpRequest) -> Officer | None:
    """The officer whose visit this is, if it is one."""
    found = sessions.officer_of(request.session, now=clock.now())
    return found if found and is_visiting(request, found) else None


def is_visiting(request: HttpRequest, found: Officer) -> bool:
    """Whether this visit was not ended from another browser. What a page does by itself does not keep a session alive."""
    visit = visits.of(request.session, found)
    if visit is None:
        sessions.end(request.session)
    elif BACKGROUND not in request.headers:
        visits.touch(request.session, visit, now=clock.now())
    return visit is not None


def json_body(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON object, which is never a long one; Refused("bad_request")."""
    if len(request.body) > MAX_JSON_BYTES:
        raise Refused("too_large", 413)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Refused("bad_request") from error
    if not isinstance(body, dict):
        raise Refused("bad_request")
    return body


def text_of(body: dict[str, Any], name: str, *, most: int = 200) -> str:
    """A text of the request that must be there and no longer than `most` characters."""
    value = body.get(name)
    if not isinstance(value, str) or len(value) > most or "\0" in value or not is_unicode(value):
        raise Refused("bad_request", field=name)
    return value


def object_of(body: dict[str, Any], name: str) -> dict[str, Any]:
    """An object of the request."""
    value = body.get(name)
    if not isinstance(value, dict):
        raise Refused("bad_request", field=name)
    return value


def is_unicode(value: str) -> bool:
    """Whether a text can be written as UTF-8: JSON can carry halves of surrogate pairs."""
    return not any("\ud800" <= letter <= "\udfff" for letter in value)


def bytes_of(body: dict[str, Any], name: str, *, most: int) -> bytes:
    """Bytes of the request as base64url of at most `most` characters."""
    try:
        return unb64(text_of(body, name, most=most))
    except ValueError as error:
        raise Refused("bad_request", field=name) from error
