"""What a child's phone talks to: JSON and parcels of sealed bytes, no cookie, no session, nothing cached."""

import json
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.views.decorators.http import require_POST

from balaqorgau import pack
from balaqorgau.appeals import actions, files, intake, limits, mailbox, promises, queries, routes
from balaqorgau.appeals.guesses import misses
from balaqorgau.appeals.intake import is_full
from balaqorgau.appeals.models import Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.appeals.submission import CHILD_AUTHOR, Parcel, check, decoded, field_of
from balaqorgau.kernel import clock
from balaqorgau.kernel.ids import b64
from balaqorgau.kernel.signer import CHILD
from balaqorgau.sealed import parcel as parcels
from balaqorgau.sealed.parcel import ParcelError

View = Callable[[HttpRequest], HttpResponse]
UNREADABLE = (UnreadablePostError, RawPostDataException, SuspiciousOperation)


def refusal(error: Refused) -> JsonResponse:
    """A refusal as the page reads it; `Retry-After` when waiting helps."""
    response = JsonResponse({"error": error.code, **error.detail}, status=error.status)
    if "seconds" in error.detail:
        response.headers["Retry-After"] = str(error.detail["seconds"])
    return response


def speaks_json(view: View) -> View:
    """Turn refusals and broken requests into answers with a code; nothing is stored then."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            limits.check_length(request.headers.get("Content-Length", ""))
            return view(request)
        except Refused as error:
            return refusal(error)
        except RequestDataTooBig:
            return refusal(Refused("too_large", 413, most=limits.MAX_REQUEST_BYTES))
        except UNREADABLE:
            return refusal(Refused("bad_request"))
        except OSError:
            return refusal(Refused("busy", 503, seconds=10))
        except DatabaseError as error:
            return refusal(Refused("storage_full" if is_full(error) else "busy", 503, seconds=10))

    return answer


@require_POST
@speaks_json
def appeals(request: HttpRequest) -> HttpResponse:
    """Take a sealed appeal: 201 with the promise, 200 when it was here already."""
    submission = check(
        parcel(request),
        deployment=settings.DEPLOYMENT,
        protection="phone",
        bits=limits.WORK_BITS,
        received=clock.now().replace(microsecond=0),
    )
    receipt = intake.take(submission, fingerprints=routes.fingerprints(submission.manifest))
    promise = promises.promise(
        commitment=receipt.commitment, mailbox=receipt.mailbox, received=receipt.received, merge_by=receipt.merge_by
    )
    body = {"commitment": b64(receipt.commitment), "promise": promise}
    return JsonResponse(body, status=200 if receipt.repeated else 201)


def unpacked(request: HttpRequest) -> parcels.Parcel:
    """The parcel that a request carries."""
    try:
        return parcels.loads(request.body)
    except ParcelError as error:
        raise Refused("bad_request") from error


def parcel(request: HttpRequest) -> Parcel:
    """The parts of an appeal."""
    found = unpacked(request)
    return Parcel(
        manifest=field_of(found.fields, "manifest").encode("utf-8", "surrogatepass"),
        ledger_key=field_of(found.fields, "ledger_key"),
        nonce=field_of(found.fields, "nonce"),
        signature=field_of(found.fields, "signature"),
        payload=one_part(found, "payload"),
        grants=tuple(found.named("grant")),
        files=files_in(found),
    )


def one_part(found: parcels.Parcel, name: str) -> bytes:
    """The bytes of a part that must be there once."""
    data = found.named(name)
    if len(data) != 1:
        raise Refused("bad_request", field=name)
    return data[0]


def files_in(found: parcels.Parcel) -> tuple[bytes, ...]:
    """The sealed files, in order."""
    data = tuple(found.named("file"))
    if len(data) > limits.MAX_FILES:
        raise Refused("too_many_files", 413, most=limits.MAX_FILES)
    return data


def json_body(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON object, which is never a long one."""
    if len(request.body) > limits.MAX_JSON_BYTES:
        raise Refused("too_large", 413, most=limits.MAX_JSON_BYTES)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Refused("bad_request") from error
    if not isinstance(body, dict):
        raise Refused("bad_request")
    return body


def thread_for(token: object) -> Thread:
    """The thread of a mailbox token; 404 when there is none, 429 when too many were tried."""
    if not isinstance(token, str):
        raise Refused("bad_request")
    thread = queries.thread_at(sha256(decoded(token, 32)).digest())
    if thread is None:
        if misses.missed():
            raise Refused("slow_down", 429, seconds=60)
        raise Refused("no_mailbox", 404)
    if thread.erased_at:
        raise Refused("erased", 410, **queries.erasure_told(thread))
    return thread


@require_POST
@speaks_json
def open_mailbox(request: HttpRequest) -> HttpResponse:
    """Everything of a thread that its child may see, still sealed."""
    return JsonResponse(mailbox.contents(thread_for(json_body(request).get("token"))))


@require_POST
@speaks_json
def mailbox_file(request: HttpRequest) -> HttpResponse:
    """One sealed file of the thread."""
    body = json_body(request)
    thread = thread_for(body.get("token"))
    digest = body.get("hash")
    found = queries.file_of(thread, decoded(digest, 32)) if isinstance(digest, str) else None
    if found is None or thread.erase_due:
        raise Refused("no_file", 404)
    return HttpResponse(files.read(found.name), content_type="application/octet-stream")


@require_POST
@speaks_json
def mailbox_message(request: HttpRequest) -> HttpResponse:
    """A further sealed message from the child."""
    found = unpacked(request)
    thread = thread_for(found.fields.get("token"))
    message = actions.add_message(thread, letter(found, CHILD_AUTHOR), verify_key=thread.child_key, by=CHILD)
    return JsonResponse({"sequence": message.sequence})


def letter(found: parcels.Parcel, author: str) -> actions.Letter:
    """A sealed message in a parcel, the child's and a desk's alike."""
    sequence = field_of(found.fields, "sequence")
    if not (sequence.isascii() and sequence.isdigit() and len(sequence) < 10):
        raise Refused("bad_request", field="sequence")
    return actions.Letter(
        author=author,
        sequence=int(sequence),
        previous=decoded(field_of(found.fields, "previous"), 32),
        signature=decoded(field_of(found.fields, "signature"), 64),
        payload=one_part(found, "payload"),
        files=files_in(found),
    )


@require_POST
@speaks_json
def mailbox_erase(request: HttpRequest) -> HttpResponse:
    """The child asks to erase everything, or takes that back."""
    body = json_body(request)
    thread = thread_for(body.get("token"))
    act, signature = body.get("act"), body.get("signature")
    if not isinstance(act, str) or not isinstance(signature, str):
        raise Refused("bad_request")
    days = pack.current().deadlines.erase_days
    due = actions.ask_erase(thread, act=act, signature=decoded(signature, 64), days=days)
    return JsonResponse({"due": clock.unix(due) if due else None})
