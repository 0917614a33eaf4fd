"""Signing in and out, and what the officer's passphrase opens."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token

from balaqorgau.accounts import actions as accounts
from balaqorgau.accounts import queries, sessions
from balaqorgau.accounts.passphrases import LoginSecret
from balaqorgau.appeals.refusals import Refused
from balaqorgau.appeals.submission import decoded
from balaqorgau.desk import actions, shell, wire
from balaqorgau.desk.doors import anybody, json_body, officer, text_of
from balaqorgau.desk.policies import Actor
from balaqorgau.kernel import clock


@anybody("POST")
def salt(request: HttpRequest) -> HttpResponse:
    """Argon2id's salt and cost for a name; a name that does not exist gets an answer that looks the same."""
    username = text_of(json_body(request), "username", most=40)
    return JsonResponse(wire.stretching(queries.stretching_for(username)))


@anybody("POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Begin a session with a name and a login secret; the passphrase itself never comes here."""
    body = json_body(request)
    secret = LoginSecret(decoded(text_of(body, "secret"), 32))
    now = clock.now()
    try:
        found = accounts.sign_in(text_of(body, "username", most=40), secret, now=now)
    except accounts.SlowDown as error:
        raise Refused("slow_down", 429, seconds=error.seconds) from error
    except accounts.SignInRefused as error:
        raise Refused("wrong_name_or_passphrase", 401) from error
    sessions.begin(request.session, found, now=now)
    return JsonResponse(wire.me(found) | {"csrf": get_token(request)})


@officer("POST")
def sign_out(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """End the session."""
    accounts.sign_out(by.officer)
    sessions.end(request.session)
    return JsonResponse({"csrf": get_token(request)})


@officer("GET")
def me(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Who is signed in."""
    return JsonResponse(wire.me(by.officer) | {"csrf": get_token(request)})


@officer("GET")
def keys(_request: HttpRequest, *, by: Actor) -> HttpResponse:
    """What the officer's passphrase opens."""
    actions.take_keys(by=by)
    return JsonResponse(wire.keys(by.officer))


@officer("POST")
def language(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Remember the console's language."""
    chosen = text_of(json_body(request), "language", most=12)
    if chosen not in shell.languages():
        raise Refused("unknown_language")
    accounts.choose_language(by.officer, chosen)
    return HttpResponse(status=204)
