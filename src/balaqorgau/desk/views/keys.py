"""The screen of keys: who has a desk's key, how it comes to be, and how a colleague gets it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse

from balaqorgau.accounts.ceremony import DeskKey
from balaqorgau.accounts.rotation import NextKey
from balaqorgau.appeals.refusals import Refused
from balaqorgau.appeals.submission import decoded
from balaqorgau.desk import key_actions, key_history, keyring, shell
from balaqorgau.desk.doors import bytes_of, json_body, officer, text_of
from balaqorgau.desk.key_actions import Invited, Sealed, SealedTo
from balaqorgau.desk.policies import Actor
from balaqorgau.directory.actions import NewEscrow
from balaqorgau.kernel.clock import unix

BLOB = 8192
RECIPIENT = 1700
MOST_SHEETS = 16


@officer("GET")
def overview(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Where the officer's desks stand."""
    return JsonResponse(keyring.overview(by, shell.language_of(request.GET.get("language", ""))))


@officer("POST")
def invite(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Invite somebody; the link's secret stays in the officer's browser."""
    body = json_body(request)
    language = text_of(body, "language", most=12)
    if language not in shell.languages():
        raise Refused("unknown_language")
    said = Invited(
        desk=text_of(body, "desk", most=40),
        name=text_of(body, "name", most=120),
        language=language,
        again=text_of(body, "officer", most=36),
    )
    made = key_actions.invite(said, mark=decoded(text_of(body, "mark"), 32), by=by)
    return JsonResponse({"id": str(made.pk), "username": made.username, "until": unix(made.until)}, status=201)


@officer("POST")
def revoke(_request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """Take an invitation back."""
    key_actions.revoke(pk, by=by)
    return HttpResponse(status=204)


@officer("POST")
def made(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """A desk's first key, rehearsed; it is published at once or waits for the Ombudsman's signature."""
    body = json_body(request)
    epoch = key_actions.make(text_of(body, "desk", most=40), desk_key(body), by=by)
    return JsonResponse({"published": epoch is not None}, status=201)


def desk_key(body: dict[str, Any]) -> DeskKey:
    """The key as it came."""
    escrow = NewEscrow(
        recipient=bytes_of(body, "escrow_recipient", most=RECIPIENT),
        threshold=count_of(body, "threshold"),
        sheets=count_of(body, "sheets"),
        blob=bytes_of(body, "escrow_blob", most=BLOB),
        signature=decoded(text_of(body, "escrow_signature"), 64),
    )
    if escrow.threshold > escrow.sheets:
        raise Refused("bad_request", field="threshold")
    return DeskKey(
        recipient=bytes_of(body, "recipient", most=RECIPIENT),
        verify_key=decoded(text_of(body, "verify"), 32),
        signature=decoded(text_of(body, "signature"), 64),
        blob=bytes_of(body, "blob", most=BLOB),
        grant_signature=decoded(text_of(body, "grant_signature"), 64),
        escrow=escrow,
    )


def count_of(body: dict[str, Any], name: str) -> int:
    """How many sheets: two or more."""
    value = body.get(name)
    if type(value) is not int or not 2 <= value <= MOST_SHEETS:
        raise Refused("bad_request", field=name)
    return value


@officer("POST")
def sign(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """Vouch for another desk's first key."""
    signature = decoded(text_of(json_body(request), "signature"), 64)
    epoch = key_actions.vouch(key_actions.proposal(pk), signature=signature, by=by)
    return JsonResponse({"desk": epoch.desk_id, "epoch": epoch.epoch})


@officer("POST")
def withdraw(_request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """Throw a key away that nobody signed yet."""
    key_actions.withdraw(key_actions.proposal(pk), by=by)
    return HttpResponse(status=204)


@officer("POST")
def grant(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """A desk's keys, sealed in this officer's browser to a colleague or to their own fresh identity."""
    body = json_body(request)
    sealed = [sealed_of(one) for one in listed(body, "grants")]
    done = key_actions.grant(text_of(body, "desk", most=40), text_of(body, "officer", most=36), sealed, by=by)
    return JsonResponse({"granted": done})


def listed(body: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """A short list of objects."""
    found = body.get(name)
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise Refused("bad_request", field=name)
    return found


def sealed_of(body: dict[str, Any]) -> Sealed:
    """One epoch's keys."""
    epoch = body.get("epoch")
    if type(epoch) is not int or not 0 < epoch < 2**31:
        raise Refused("bad_request", field="epoch")
    return Sealed(epoch, bytes_of(body, "blob", most=BLOB), decoded(text_of(body, "signature"), 64))


@officer("POST")
def remove(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """A colleague leaves: the desk's next key, sealed to those who stay and signed with the last."""
    body = json_body(request)
    sealed = [sealed_to(one) for one in listed(body, "grants")]
    desk, leaver = text_of(body, "desk", most=40), text_of(body, "officer", most=36)
    epoch = key_actions.remove(desk, leaver, next_key(body), sealed, by=by)
    return JsonResponse({"epoch": epoch.epoch}, status=201)


def next_key(body: dict[str, Any]) -> NextKey:
    """The key as it came."""
    return NextKey(
        recipient=bytes_of(body, "recipient", most=RECIPIENT),
        verify_key=decoded(text_of(body, "verify"), 32),
        signature=decoded(text_of(body, "signature"), 64),
        given=(),
        escrow_blob=bytes_of(body, "escrow_blob", most=BLOB),
        escrow_signature=bytes_of(body, "escrow_signature", most=100),
    )


def sealed_to(body: dict[str, Any]) -> SealedTo:
    """The next key for one officer."""
    blob, signature = bytes_of(body, "blob", most=BLOB), decoded(text_of(body, "signature"), 64)
    return SealedTo(text_of(body, "officer", most=36), blob, signature)


@officer("GET")
def renewals(_request: HttpRequest, desk: str, *, by: Actor) -> HttpResponse:
    """Which appeals the desk's key of today does not open yet, while one before it does."""
    return JsonResponse(keyring.renewals(key_actions.managed(desk, by=by), by))


@officer("GET")
def history(request: HttpRequest, desk: str, *, by: Actor) -> HttpResponse:
    """Who could read what of the desk from when to when."""
    found = key_actions.see_history(desk, by=by)
    return JsonResponse(key_history.as_json(found, shell.language_of(request.GET.get("language", ""))))


@officer("GET")
def sheets(_request: HttpRequest, desk: str, *, by: Actor) -> HttpResponse:
    """What the desk's sheets open, still sealed."""
    return JsonResponse(keyring.on_sheets(key_actions.take_sheets(desk, by=by)))
