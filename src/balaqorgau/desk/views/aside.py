"""Setting an appeal aside because it is no real one, and taking it back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from balaqorgau.appeals.submission import decoded
from balaqorgau.desk import aside
from balaqorgau.desk.doors import json_body, officer, text_of
from balaqorgau.desk.policies import Actor
from balaqorgau.desk.views.threads import readable


@officer("POST")
def set_aside(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """Set it aside, with a reason that the desk signed."""
    body = json_body(request)
    seat, why = text_of(body, "seat"), text_of(body, "why", most=40)
    signature = decoded(text_of(body, "signature"), 64)
    aside.set_aside(readable(pk, by), seat=seat, why=why, signature=signature, by=by)
    return HttpResponse(status=204)


@officer("POST")
def take_back(request: HttpRequest, pk: UUID, *, by: Actor) -> HttpResponse:
    """Take it back."""
    body = json_body(request)
    signature = decoded(text_of(body, "signature"), 64)
    aside.take_back(readable(pk, by), seat=text_of(body, "seat"), signature=signature, by=by)
    return HttpResponse(status=204)
