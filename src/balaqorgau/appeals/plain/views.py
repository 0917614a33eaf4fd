"""The plain form and the plain mailbox: whole pages, no script, nothing of a receipt in any address."""

import secrets
from dataclasses import asdict
from functools import lru_cache
from typing import Any, Final

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from balaqorgau import pack
from balaqorgau.appeals import limits, queries
from balaqorgau.appeals.guesses import misses
from balaqorgau.appeals.models import Thread
from balaqorgau.appeals.plain import quota, reading, sealing, typed
from balaqorgau.appeals.plain.choices import Choices, choices
from balaqorgau.appeals.plain.forgetting import forgets
from balaqorgau.appeals.plain.quota import Busy
from balaqorgau.appeals.plain.typed import Typed
from balaqorgau.appeals.refusals import Refused
from balaqorgau.directory import country as directory
from balaqorgau.kernel import clock
from balaqorgau.sealed import keys, words
from balaqorgau.sealed.appeal import Letter
from balaqorgau.sealed.keys import ChildKeys, Receipt
from balaqorgau.sealed.padding import TextTooLong
from balaqorgau.sealed.words import Wordlist, wordlist

SHOWN: Final = ("plain", "child", "reasons", "helplines")


def chosen_language(request: HttpRequest) -> str:
    """What the form or the address says, if the pack has it, else the pack's first."""
    said = request.POST.get("switch") or request.POST.get("language") or request.GET.get("language", "")
    languages = pack.current().languages
    return said if said in languages else languages[0]


def page(request: HttpRequest, template: str, language: str, status: int = 200, **values: Any) -> HttpResponse:
    """A page with what every page shows."""
    country = pack.current()
    labels = country.helpline_labels(language)
    shared = {
        "language": language,
        "languages": listed({code: country.language_name(code) for code in country.languages}, "name"),
        "neutral": country.exit_page,
        "draft": not all(country.is_reviewed(language, name) for name in SHOWN),
        "helplines": [{"number": number, "text": text} for number, text in labels.items()],
        "days": country.deadlines.answer_days,
        "hours": country.reading_hours,
        "line": country.main_helpline.number,
        "letters": limits.written(limits.LETTERS),
    }
    return render(request, f"plain/{template}.html", shared | values, status=status)


# Writing


@forgets
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The form; what was typed stays until it was stored."""
    language = chosen_language(request)
    offered = choices(language)
    if request.method != "POST":
        return form(request, language, offered, Typed(), [])
    said = typed.read(request.POST, offered)
    if request.POST.get("switch"):
        return form(request, language, offered, said, [])
    problems = said.problems(offered)
    if problems:
        return form(request, language, offered, said, problems)
    return send(request, language, offered, said)


def send(request: HttpRequest, language: str, offered: Choices, said: Typed) -> HttpResponse:
    """Store what was typed and show the receipt, or the form again with the reason."""
    try:
        desks = directory.desks_for(said.region, said.about)
        if not desks:
            return form(request, language, offered, said, ["plain.error_nobody"])
        letter = Letter(said.payload(language))
        receipt = sealing.send(letter, once=once_of(request), desks=desks, received=clock.now().replace(microsecond=0))
    except TextTooLong:
        return form(request, language, offered, said, ["plain.error_long"])
    except LookupError:  # A desk has no keys, so nothing can be sealed to it.
        return form(request, language, offered, said, ["plain.error_closed"], status=503)
    except (Refused, DatabaseError):
        return form(request, language, offered, said, ["plain.error_trouble"], status=503)
    except Busy:
        return form(request, language, offered, said, ["plain.error_busy"], status=503)
    return done(request, language, receipt)


def once_of(request: HttpRequest) -> str:
    """What tells this form from every other one that was ever shown; "" before it was."""
    return request.POST.get("once", "")[: sealing.LONGEST_ONCE]


def form(
    request: HttpRequest, language: str, offered: Choices, said: Typed, errors: list[str], *, status: int = 200
) -> HttpResponse:
    """The form with what was typed."""
    country = pack.current()
    values = {
        "typed": asdict(said),
        "once": once_of(request) or secrets.token_urlsafe(16),
        "errors": errors,
        "full_page": "/" if language == country.languages[0] else f"/{language}/",
        "regions": listed(offered.regions, "name"),
        "reasons": listed(offered.reasons),
        "about": listed(offered.about),
        "single": single(offered, said),
    }
    return page(request, "form", language, status, **values)


def single(offered: Choices, said: Typed) -> list[dict[str, Any]]:
    """The questions with one answer."""
    groups = (("safe", offered.safe, said.safe), ("age", offered.ages, said.age), ("who", offered.whos, said.who))
    return [
        {
            "name": name,
            "title": f"plain.{name}",
            "hint": "plain.safe_hint" if name == "safe" else "",
            "choices": listed(found),
            "typed": answer,
        }
        for name, found, answer in groups
    ]


def listed(found: dict[str, str], label: str = "text") -> list[dict[str, str]]:
    """Choices as templates read them."""
    return [{"id": code, label: text} for code, text in found.items()]


def done(request: HttpRequest, language: str, receipt: Receipt) -> HttpResponse:
    """The receipt, once."""
    digits = keys.receipt_digits(receipt)
    return page(
        request,
        "done",
        language,
        words=words.receipt_words(receipt, lists()[pack.current().languages.index(language)]),
        digits=" ".join(digits[at : at + 4] for at in range(0, len(digits), 4)),
    )


# Reading


@lru_cache(maxsize=1)
def lists() -> tuple[Wordlist, ...]:
    """The pack's wordlists in the order of its languages."""
    country = pack.current()
    return tuple(wordlist(country.words(code)) for code in country.languages)


@forgets
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """The mailbox of somebody without JavaScript: words in, thread out, in one answer that nobody keeps."""
    language = chosen_language(request)
    if request.method != "POST":
        return page(request, "answer", language)
    said = request.POST.get("words", "")[:400]
    if request.POST.get("switch"):
        return page(request, "answer", language, typed=said)
    try:
        found = find(said)
    except DatabaseError:
        return page(request, "answer", language, 503, errors=["plain.error_trouble"], typed=said)
    except Busy:
        return page(request, "answer", language, 503, errors=["plain.error_busy"], typed=said)
    if found is None:
        slow = misses.missed()
        error = "plain.error_slow" if slow else "plain.error_words"
        return page(request, "answer", language, 429 if slow else 404, errors=[error], typed=said)
    return act(request, language, said, *found)


def erased_day(thread: Thread, language: str) -> str:
    """The day on which the law had a letter erased, in words."""
    country = pack.current()
    at = queries.erased_by_law(thread)
    return country.format_day(language, at.astimezone(country.zone).date()) if at else ""


def find(said: str) -> tuple[Thread, ChildKeys] | None:
    """The thread that these words open; raises quota.Busy."""
    try:
        receipts = words.read_receipts(said, lists())
    except ValueError:
        return None
    for receipt in receipts:
        child = sealing.child_of(receipt, quota.reading)
        thread = queries.thread_at(child.mailbox)
        if thread is not None and (not thread.erased_at or queries.erased_by_law(thread)):
            return thread, child
    return None


def act(request: HttpRequest, language: str, said: str, thread: Thread, child: ChildKeys) -> HttpResponse:
    """Do what the button says, then show the thread; what was typed stays when it could not be sent."""
    if thread.erased_at:
        return page(request, "answer", language, 410, erased=erased_day(thread, language))
    wanted, text = request.POST.get("act", ""), request.POST.get("text", "").replace("\r\n", "\n")
    values: dict[str, Any] = {} if wanted else {"unsent": text}
    try:
        if wanted == "write" and text.strip():
            reading.write(thread, child, text=text, language=language)
            values["notice"] = "plain.answer_sent"
        if wanted in ("erase", "withdraw"):
            reading.erase(thread, child, act=wanted, days=pack.current().deadlines.erase_days)
    except TextTooLong:
        values |= {"errors": ["plain.error_long"], "unsent": text}
    except (Refused, DatabaseError):
        values |= {"errors": ["plain.error_trouble"], "unsent": text}
    try:
        thread.refresh_from_db()
        values["thread"] = shown(thread, child, language)
    except DatabaseError:
        return page(request, "answer", language, 503, errors=["plain.error_trouble"], typed=said, unsent=text)
    return page(request, "answer", language, typed=said, **values)


def shown(thread: Thread, child: ChildKeys, language: str) -> dict[str, Any]:
    """The thread as the page shows it; nothing of it while it waits to be erased."""
    country = pack.current()
    if thread.erase_due:
        return {"erase_date": country.format_day(language, thread.erase_due.astimezone(country.zone).date())}
    letters = [
        {
            "mine": one.mine,
            "date": country.format_moment(language, one.at),
            "text": one.text,
            "files": one.files,
            "spoilt": one.spoilt,
        }
        for one in reading.letters(thread, child)
    ]
    answered = any(not letter["mine"] for letter in letters)
    return {"protection": thread.protection, "letters": letters, "answered": answered}
