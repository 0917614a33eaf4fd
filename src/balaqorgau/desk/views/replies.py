"""Templates, drafts, and files that leave the console or are closed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse

from balaqorgau.appeals import queries as appeals
from balaqorgau.appeals.models import StoredFile, Thread
from balaqorgau.appeals.refusals import Refused
from balaqorgau.appeals.submission import decoded
from balaqorgau.desk import policies
from balaqorgau.desk.doors import json_body, officer, text_of
from balaqorgau.desk.policies import Actor
from balaqorgau.desk.views.threads import readable
from balaqorgau.kernel.clock import unix
from balaqorgau.replies import actions, queries
from balaqorgau.replies.actions import Wording
from balaqorgau.replies.models import TEXT, TITLE, Template

Json = dict[str, object]


def template_row(row: Template) -> Json:
    """A desk's own template."""
    return {"id": row.pk, "desk": row.desk_id, "language": row.language, "title": row.title, "text": row.text}


def shown(by: Actor) -> HttpResponse:
    """Every template that the officer may change."""
    return JsonResponse({"templates": [template_row(row) for row in queries.templates_of(by.officer)]})


def wording(body: Json) -> Wording:
    """A template as the browser sends it; a little too long is said in words, far too long is refused."""
    return Wording(
        language=text_of(body, "language", most=12),
        title=text_of(body, "title", most=2 * TITLE),
        text=text_of(body, "text", most=2 * TEXT),
    )


@officer("GET")
def templates(_request: HttpRequest, *, by: Actor) -> HttpResponse:
    """The own templates of the officer's desks."""
    return shown(by)


@officer("POST")
def add_template(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """A new template."""
    body = json_body(request)
    actions.add_template(text_of(body, "desk", most=40), wording(body), by=by.officer)
    return shown(by)


@officer("POST")
def change_template(request: HttpRequest, number: int, *, by: Actor) -> HttpResponse:
    """Other words for a template."""
    actions.change_template(number, wording(json_body(request)), by=by.officer)
    return shown(by)


@officer("POST")
def remove_template(_request: HttpRequest, number: int, *, by: Actor) -> HttpResponse:
    """One template less."""
    actions.remove_template(number, by=by.officer)
    return shown(by)


@officer("GET")
def draft(_request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """What this officer has not sent yet, sealed; nothing when there is none."""
    found = queries.draft(by.officer, readable(pk, by))
    if found is None:
        return HttpResponse(status=204)
    headers = {"X-Saved": str(unix(found.at))}
    return HttpResponse(bytes(found.blob), content_type="application/octet-stream", headers=headers)


@officer("POST")
def save_draft(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """The newest words, sealed to the officer; an empty body is no draft any more."""
    thread, blob = readable(pk, by), request.body
    if not blob:
        actions.drop_draft(thread, by=by.officer)
        return HttpResponse(status=204)
    return JsonResponse({"at": unix(actions.save_draft(thread, blob, by=by.officer).at)})


def file_in(pk: UUID, digest: str, by: Actor) -> tuple[Thread, StoredFile]:
    """A thread that the officer may read, and its file."""
    thread = readable(pk, by)
    found = appeals.file_of(thread, decoded(digest, 32))
    if found is None:
        raise Refused("no_file", 404)
    return thread, found


@officer("POST")
def save_file(request: HttpRequest, pk: UUID, digest: str, *, by: Actor) -> HttpResponse:
    """A file leaves the console: who, which, and why is written down first."""
    thread, found = file_in(pk, digest, by)
    actions.save_file(thread, found.digest, why=text_of(json_body(request), "why", most=20), by=by.officer)
    return HttpResponse(status=204)


@officer("POST")
def close_file(request: HttpRequest, pk: UUID, digest: str, *, by: Actor) -> HttpResponse:
    """A file may be unlawful."""
    thread, found = file_in(pk, digest, by)
    chosen = policies.check_can_speak(by, thread, text_of(json_body(request), "seat"))
    actions.close_file(thread, found.digest, seat=chosen.signer, by=by.officer)
    return HttpResponse(status=204)


@officer("POST")
def reopen_file(request: HttpRequest, pk: UUID, digest: str, *, by: Actor) -> HttpResponse:
    """The designated role says that it is lawful."""
    thread, found = file_in(pk, digest, by)
    chosen = policies.check_can_speak(by, thread, text_of(json_body(request), "seat"))
    actions.reopen_file(thread, found.digest, seat=chosen.signer, by=by.officer)
    return HttpResponse(status=204)
