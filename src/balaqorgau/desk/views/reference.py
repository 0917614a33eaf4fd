"""What a browser looks things up in: desks and schools. Whole tables, so that nobody learns what was looked up."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from balaqorgau.desk import actions, shell, wire
from balaqorgau.desk.doors import officer
from balaqorgau.desk.policies import Actor


@officer("GET")
def directory(request: HttpRequest, *, by: Actor) -> HttpResponse:  # noqa: ARG001
    """Every desk and its published key."""
    return JsonResponse({"desks": wire.desks(shell.language_of(request.GET.get("language", "")))})


@officer("GET")
def schools(request: HttpRequest, region: str, *, by: Actor) -> HttpResponse:
    """Every school code of a region, so that the browser looks one up without naming it."""
    actions.list_schools(region, by=by)
    return JsonResponse({"schools": shell.schools(region, shell.language_of(request.GET.get("language", "")))})
