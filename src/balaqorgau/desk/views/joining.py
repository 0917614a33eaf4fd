"""The door of an invitation: a page for one person, once, on which they make their own keys."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_safe

from balaqorgau import pack
from balaqorgau.accounts import invitations
from balaqorgau.accounts.actions import NewOfficer
from balaqorgau.accounts.invitations import InvitationRefused
from balaqorgau.accounts.models import Invitation
from balaqorgau.accounts.passphrases import SALT_LENGTH, Cost, LoginSecret
from balaqorgau.appeals.refusals import Refused
from balaqorgau.appeals.submission import decoded
from balaqorgau.desk import key_actions, keyring, shell
from balaqorgau.desk.doors import anybody, bytes_of, json_body, text_of
from balaqorgau.desk.views.page import POLICY
from balaqorgau.kernel import clock
from balaqorgau.sealed import age
from balaqorgau.ui import assets

LONGEST_BLOB = 8192
LONGEST_RECIPIENT = 1700


@require_safe
@csrf_protect
def page(request: HttpRequest, language: str = "") -> HttpResponse:
    """The page of every invitation: which one it is, is behind the `#` and never comes here."""
    chosen = shell.language_of(language)
    context = shell.context(chosen) | {
        "csrf": get_token(request),
        "worker": f"/desk/code/{assets.path('console/desk.js')}",
    }
    response = render(request, "desk/join.html", context)
    response.headers["Content-Security-Policy"] = POLICY
    return response


@anybody("GET")
def words(_request: HttpRequest, language: str) -> HttpResponse:
    """The words that passphrases, sheets and fingerprints are made of."""
    if language not in shell.languages():
        raise Refused("unknown_language", 404)
    return JsonResponse({"words": list(pack.current().words(language))})


def invited(body: dict[str, Any]) -> Invitation:
    """The open invitation that a browser shows the token of; Refused("no_invitation")."""
    try:
        return invitations.invitation_of(decoded(text_of(body, "token"), 32), now=clock.now())
    except InvitationRefused as error:
        raise Refused(error.code, 404) from error


@anybody("POST")
def invitation(request: HttpRequest) -> HttpResponse:
    """Whom an invitation is for."""
    return JsonResponse(keyring.invitation(invited(json_body(request))))


@anybody("POST")
def join(request: HttpRequest) -> HttpResponse:
    """Become an officer with the keys that the browser made; they sign in with them afterwards, like everybody."""
    body = json_body(request)
    found = invited(body)
    officer = key_actions.join(found, new_officer(found, body))
    return JsonResponse({"username": officer.username}, status=201)


def new_officer(found: Invitation, body: dict[str, Any]) -> NewOfficer:
    """Keys as they came, as far as a server can check them: the recipient is one, the identity is sealed."""
    recipient, blob = bytes_of(body, "recipient", most=LONGEST_RECIPIENT), bytes_of(body, "identity", most=LONGEST_BLOB)
    check_recipient(recipient)
    language = text_of(body, "language", most=12)
    return NewOfficer(
        username=found.username,
        display_name=found.display_name,
        language=language if language in shell.languages() else found.language,
        login=LoginSecret(decoded(text_of(body, "secret"), 32)),
        recipient=recipient,
        salt=decoded(text_of(body, "salt"), SALT_LENGTH),
        cost=Cost(),
        wrapped_identity=blob,
    )


def check_recipient(recipient: bytes) -> None:
    """Refuse what nothing can be sealed to; Refused("bad_keys")."""
    try:
        age.encrypt(b"", [recipient])
    except ValueError as error:
        raise Refused("bad_keys", 422) from error
