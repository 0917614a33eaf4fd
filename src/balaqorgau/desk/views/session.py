"""Signing in and out, and what the officer's passphrase opens."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token, rotate_token

from balaqorgau.accounts import actions as accounts
from balaqorgau.accounts import queries
from balaqorgau.accounts.models import Officer
from balaqorgau.accounts.passphrases import LoginSecret
from balaqorgau.appeals.refusals import Refused
from balaqorgau.appeals.submission import decoded
from balaqorgau.desk import actions, shell, wire
from balaqorgau.desk.doors import anybody, json_body, object_of, officer, text_of
from balaqorgau.desk.policies import Actor
from balaqorgau.kernel import clock
from balaqorgau.signin import actions as seconds
from balaqorgau.signin import passkeys, visits
from balaqorgau.signin import queries as signin
from balaqorgau.signin.models import ALONE, PASSKEY, TOTP


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
    if signin.factors_of(found).exists():
        visits.wait(request.session, found, now=now)
        return JsonResponse({"second": wire.ways(found), "csrf": get_token(request)})
    return entered(request, found, ALONE)


def entered(request: HttpRequest, officer: Officer, how: str) -> HttpResponse:
    """The officer is in, and learns who they are."""
    visits.begin(request.session, officer, how, now=clock.now())
    return JsonResponse(wire.me(officer) | {"csrf": get_token(request)})


def half_in(request: HttpRequest) -> Officer:
    """Whose passphrase was right a moment ago; Refused("signed_out")."""
    found = visits.waiting(request.session, now=clock.now())
    if found is None:
        raise Refused("signed_out", 401)
    return found


@anybody("POST")
def second_code(request: HttpRequest) -> HttpResponse:
    """Show the six digits of an app."""
    found, code = half_in(request), text_of(json_body(request), "code", most=12)
    try:
        seconds.try_code(found, code, now=clock.now())
    except accounts.SlowDown as error:
        raise Refused("slow_down", 429, seconds=error.seconds) from error
    except seconds.SecondRefused as error:
        raise Refused("wrong_code", 401) from error
    return entered(request, found, TOTP)


@anybody("POST")
def second_options(request: HttpRequest) -> HttpResponse:
    """What to ask a passkey."""
    found = half_in(request)
    options, state = passkeys.ask_to_show(signin.passkeys_of(found))
    visits.ask(request.session, "show", state, now=clock.now())
    return JsonResponse({"options": options})


@anybody("POST")
def second_passkey(request: HttpRequest) -> HttpResponse:
    """Show a passkey."""
    found, answer = half_in(request), object_of(json_body(request), "credential")
    state = visits.asked(request.session, "show", now=clock.now())
    try:
        seconds.try_passkey(found, state or {}, answer, now=clock.now())
    except seconds.SecondRefused as error:
        raise Refused("wrong_passkey", 401) from error
    return entered(request, found, PASSKEY)


@officer("POST", before_second=True, administrators=True)
def sign_out(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """End the session."""
    accounts.sign_out(by.officer)
    visits.leave(request.session, now=clock.now())
    rotate_token(request)
    return JsonResponse({"csrf": get_token(request)})


@officer("GET", before_second=True, administrators=True)
def me(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Who is signed in."""
    return JsonResponse(wire.me(by.officer) | {"csrf": get_token(request)})


@officer("GET")
def keys(_request: HttpRequest, *, by: Actor) -> HttpResponse:
    """What the officer's passphrase opens."""
    actions.take_keys(by=by)
    return JsonResponse(wire.keys(by.officer))


@officer("POST", administrators=True)
def language(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Remember the console's language."""
    chosen = text_of(json_body(request), "language", most=12)
    if chosen not in shell.languages():
        raise Refused("unknown_language")
    accounts.choose_language(by.officer, chosen)
    return HttpResponse(status=204)
