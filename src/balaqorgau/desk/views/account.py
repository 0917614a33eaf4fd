"""An officer's own ways in: second factors and visits. Whoever changes them shows the passphrase's secret again."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from balaqorgau.accounts.passphrases import LoginSecret
from balaqorgau.appeals.refusals import Refused
from balaqorgau.appeals.submission import decoded
from balaqorgau.desk import wire
from balaqorgau.desk.doors import bytes_of, json_body, object_of, officer, text_of
from balaqorgau.desk.policies import Actor
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64
from balaqorgau.signin import actions, passkeys, queries, totp, visits
from balaqorgau.signin.models import PASSKEY, Factor

Answer = Callable[..., HttpResponse]
LONGEST_BLOB = 8192
STATUS = {"wrong_passphrase": 403, "have_it": 409, "last_factor": 409, "too_many": 409}


def guarded(view: Answer) -> Answer:
    """Turn what the room refuses into answers with a code."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except actions.SecondRefused as error:
            raise Refused("wrong_code", 422) from error
        except actions.Impossible as error:
            raise Refused(error.code, STATUS[error.code]) from error

    return answer


def confirmed(request: HttpRequest, by: Actor) -> dict[str, Any]:
    """The request's object, sent by somebody who knows the passphrase; raises Impossible."""
    body = json_body(request)
    actions.check_passphrase(by.officer, LoginSecret(decoded(text_of(body, "secret"), 32)))
    return body


def factor_of(by: Actor, pk: UUID) -> Factor:
    """One of the officer's own; Refused("no_factor")."""
    found = queries.factors_of(by.officer).filter(pk=pk).first()
    if found is None:
        raise Refused("no_factor", 404)
    return found


def shown(request: HttpRequest, by: Actor) -> HttpResponse:
    """How things stand now."""
    return JsonResponse(wire.account(by.officer, visits.of(request.session, by.officer)))


@officer("GET", before_second=True)
def account(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """The officer's second factors and visits."""
    return shown(request, by)


@officer("POST", before_second=True, administrators=True)
def new_app(_request: HttpRequest, *, by: Actor) -> HttpResponse:
    """A fresh secret for an app, as people type it and as the app scans it; nothing is kept until its digits come back."""
    secret = totp.new_secret()
    address = totp.address(secret, username=by.officer.username, host=settings.HOST)
    return JsonResponse({"key": b64(secret), "written": totp.written(secret), "address": address})


@officer("POST", before_second=True, administrators=True)
@guarded
def add_app(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Keep the secret."""
    body = confirmed(request, by)
    label, code = text_of(body, "label", most=60), text_of(body, "code", most=12)
    secret = decoded(text_of(body, "key"), totp.LENGTH)
    actions.add_app(by.officer, label=label, secret=secret, code=code, now=clock.now())
    return shown(request, by)


@officer("POST", before_second=True, administrators=True)
def new_passkey(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """What the browser is asked to make."""
    options, state = passkeys.ask_to_make(by.officer, queries.passkeys_of(by.officer))
    visits.ask(request.session, "make", state, now=clock.now())
    return JsonResponse({"options": options})


@officer("POST", before_second=True, administrators=True)
@guarded
def add_passkey(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Keep what it made."""
    body = confirmed(request, by)
    state = visits.asked(request.session, "make", now=clock.now()) or {}
    label, answer = text_of(body, "label", most=60), object_of(body, "credential")
    actions.add_passkey(by.officer, label=label, state=state, answer=answer, now=clock.now())
    return shown(request, by)


@officer("POST")
def unlocker(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """Keep the identity under a passkey: sealed by the browser that had it open."""
    body, factor = json_body(request), factor_of(by, pk)
    if factor.kind != PASSKEY:
        raise Refused("no_factor", 404)
    salt, wrapped = decoded(text_of(body, "salt"), 32), bytes_of(body, "blob", most=LONGEST_BLOB)
    actions.let_unlock(by.officer, factor, salt=salt, wrapped=wrapped)
    return shown(request, by)


@officer("POST")
@guarded
def remove(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """Forget a second factor."""
    confirmed(request, by)
    actions.remove(by.officer, factor_of(by, pk))
    return shown(request, by)


@officer("POST", before_second=True)
def end_visit(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """End a visit of the officer's own, wherever it is."""
    found = queries.visits_of(by.officer).filter(pk=pk).first()
    if found is None:
        raise Refused("no_visit", 404)
    visits.end(by.officer, found, now=clock.now())
    return shown(request, by)
