"""An officer's own mail and duty: a page that works without a script, and what the console's banner asks."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from balaqorgau import pack
from balaqorgau.accounts import queries as accounts
from balaqorgau.appeals.refusals import Refused
from balaqorgau.desk import doors, shell
from balaqorgau.desk.policies import Actor
from balaqorgau.directory import queries as directory
from balaqorgau.kernel import clock
from balaqorgau.waking import actions, queries
from balaqorgau.waking.models import RHYTHMS

Act = Callable[[HttpRequest, Actor], None]


def shown(request: HttpRequest, by: Actor, *, error: str = "", status: int = 200) -> HttpResponse:
    """The page as things are now, with what went wrong."""
    box, language = queries.postbox(by.officer), shell.language_of(by.officer.language)
    context = {
        "language": language,
        "box": box,
        "asked": queries.is_asked(box, now=clock.now()),
        "standing": queries.standing(by.officer),
        "rhythms": RHYTHMS,
        "rhythm": box.rhythm if box else RHYTHMS[0],
        "times": times(),
        "desks": [desk_row(desk, by, language) for desk in accounts.desks_of(by.officer)],
        "error": error,
        "typed": request.POST.get("address", ""),
    }
    response = render(request, "desk/waking.html", context, status=status)
    response.headers["Referrer-Policy"] = "same-origin"  # Else browsers post its forms from "null", as forgers do.
    return response


def times() -> dict[str, Any]:
    """When mails go out, as the pack says."""
    waits = pack.current().waking
    return {
        "minutes": waits.unopened_minutes,
        "next": waits.next_minutes,
        "digest": ", ".join(f"{hour:%H:%M}" for hour in waits.digest),
        "heartbeat": f"{waits.heartbeat:%H:%M}",
    }


def desk_row(desk: Any, by: Actor, language: str) -> dict[str, Any]:
    """A desk of the officer's, with who is on duty there."""
    mine = desk.pk in queries.duty_of(by.officer)
    names = ", ".join(sorted(queries.on_duty(desk.pk), key=pack.current().collation(language).key))
    return {"id": desk.pk, "name": directory.desk_name(desk, language), "on": mine, "names": names}


@doors.page("GET")
def settings(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """The page."""
    return shown(request, by)


def acts(act: Act) -> Callable[..., HttpResponse]:
    """A view that does one thing and shows the page again: anew when it worked, with the reason when it did not."""

    @doors.page("POST")
    @wraps(act)
    def view(request: HttpRequest, *, by: Actor) -> HttpResponse:
        try:
            act(request, by)
        except Refused as error:
            return shown(request, by, error=error.code, status=error.status)
        return HttpResponseRedirect(reverse("desk:waking"), status=303)

    return view


@acts
def ask(request: HttpRequest, by: Actor) -> None:
    """Mail a code to the address."""
    actions.ask_address(by.officer, field(request, "address"))


@acts
def confirm(request: HttpRequest, by: Actor) -> None:
    """The code was typed."""
    actions.confirm_address(by.officer, field(request, "code"))


@acts
def forget(request: HttpRequest, by: Actor) -> None:  # noqa: ARG001
    """No more mail."""
    actions.forget_address(by.officer)


@acts
def rhythm(request: HttpRequest, by: Actor) -> None:
    """When to hear of news."""
    actions.choose_rhythm(by.officer, field(request, "rhythm"))


@acts
def duty(request: HttpRequest, by: Actor) -> None:
    """Begin or end duty for a desk."""
    actions.set_duty(by.officer, field(request, "desk"), on=field(request, "on") == "1")


def field(request: HttpRequest, name: str) -> str:
    """A field of the form; no longer than anything that is asked for."""
    value = str(request.POST.get(name, ""))
    if len(value) > 300 or "\0" in value:
        raise Refused("bad_request", field=name)
    return value


@doors.officer("GET")
def standing(_request: HttpRequest, *, by: Actor) -> HttpResponse:
    """What the banner shows: codes and counts."""
    return JsonResponse(asdict(queries.standing(by.officer)))
