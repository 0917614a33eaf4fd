"""Compiles a language's rules of what could betray a child (`leaks/<language>.yaml`) into what the console looks with.

A file has `names` (beginnings of given names and of surnames that people write with a capital), `endings` (what may follow
such a beginning), `not_names` (capitalised words that name nobody), `harmless` (patterns that are blanked first) and for
each of `phone`, `address`, `school` and `date` a list of patterns. A pattern is a regular expression that Python and
JavaScript read alike, letters large or small; `_` stands for a space or several, `#` for a number, `@` for a letter, `*` for
any ending, and a pattern begins and ends where a word does. `frontend/console/reply/leaks.ts` expands them.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from balaqorgau.pack import document
from balaqorgau.pack.document import Document, Place
from balaqorgau.pack.problems import PackError, Problem

KINDS: Final = ("phone", "address", "school", "date")
PATTERNS: Final = ("endings", "harmless", *KINDS)
KEYS: Final = ("names", "not_names", *PATTERNS)


def compile(path: Path, file: str = "") -> dict[str, list[str]]:
    """The rules of one file, ready for JSON; `file` is what faults call it. Raises PackError."""
    source = document.read(path, file or path.name, texts=True)
    if found := list(faults_of(source)):
        raise PackError(found)
    return {key: list(source.values[key]) for key in KEYS}


def faults_of(source: Document) -> Iterator[Problem]:
    """Everything that the console could not look for."""
    values = source.values if isinstance(source.values, dict) else {}
    yield from (source.problem((key,), "is missing") for key in KEYS if key not in values)
    yield from (source.problem((key,), f"unknown; known here: {', '.join(KEYS)}") for key in values if key not in KEYS)
    for key in KEYS:
        yield from list_faults(source, key, values.get(key, []))


def list_faults(source: Document, key: str, said: Any) -> Iterator[Problem]:
    """A value that is no list of texts, and texts that no pattern can be made of."""
    if not isinstance(said, list):
        yield source.problem((key,), "needs a list")
        return
    for at, one in enumerate(said):
        place: Place = (key, at)
        if not isinstance(one, str) or not one.strip():
            yield source.problem(place, "must be a text in quotes")
        elif key in PATTERNS and (why := fault_of(one)):
            yield source.problem(place, f"“{one}” is no pattern: {why}")


def fault_of(pattern: str) -> str:
    """Why a pattern cannot be used; "" when it can."""
    try:
        re.compile(expanded(pattern))
    except (re.error, OverflowError, RecursionError) as error:
        return str(error)
    return ""


def expanded(pattern: str) -> str:
    """A pattern without its shorthands, as Python reads it."""
    return pattern.replace("_", r"(?:\s+)").replace("#", r"\d+").replace("@", r"[^\W\d_]").replace("*", r"\w*")
