"""What the console's islands know about answering: the pack's templates, what could betray a child, how a letter looks."""

from typing import Any, Final

from balaqorgau import pack
from balaqorgau.pack import Pack
from balaqorgau.replies.actions import SAVING
from balaqorgau.ui import assets

TITLE: Final = ".title"
PACK: Final = "reply.pack."
SHOWN: Final = (
    "thread.title",
    "thread.photo",
    "thread.voice",
    "thread.file",
    "thread.open",
    "date.moment",
    "date.months",
)
VOICE_SECONDS: Final = 180


def replying(language: str) -> dict[str, Any]:
    """Tables for the islands, in every language that a child may write in."""
    country = pack.current()
    return {
        "templates": {code: templates(country, code, language) for code in country.languages},
        "leaks": [country.leaks(code) for code in country.languages],
        "helplines": [line.number for line in country.helplines],
        "child": {code: as_child(country, code) for code in country.languages},
        "look": assets.url("reporter/reporter.css"),
        "saving": list(SAVING),
        "voice_seconds": VOICE_SECONDS,
        "unlawful": unlawful(country, language),
    }


def templates(country: Pack, code: str, language: str) -> list[dict[str, str]]:
    """The pack's templates for a child's language, each titled in the officer's."""
    lines = helplines(country, code)
    keys = [key for key in country.namespace(code, "reply") if key.startswith(PACK) and key.endswith(TITLE)]
    return [
        {"id": key.split(".")[2], "title": country.text(language, key), "text": body(country, code, key, lines)}
        for key in keys
    ]


def body(country: Pack, code: str, key: str, lines: str) -> str:
    """A template's text with the country's numbers in it."""
    return country.text(code, f"{key.removesuffix(TITLE)}.text", helplines=lines)


def helplines(country: Pack, code: str) -> str:
    """Every number with what it is for, one a line."""
    labels = country.helpline_labels(code)
    return "\n".join(f"{line.number} – {labels[line.number]}" for line in country.helplines)


def as_child(country: Pack, code: str) -> dict[str, str]:
    """Words of the child's mailbox, unfilled."""
    every = country.namespace(code, "child")
    return {key: every[f"child.{key}"] for key in SHOWN}


def unlawful(country: Pack, language: str) -> dict[str, str]:
    """Who alone may open what is closed, and the rule that says what to do."""
    roles = ", ".join(country.text(language, f"reply.unlawful.role.{role}") for role in country.unlawful.readers)
    return {"readers": roles, "law": country.unlawful_basis(language)}
