"""Which texts a native speaker has reviewed: `review.yaml` names files by the fingerprint of what was read.

A text that changes afterwards makes its file unreviewed again, so that nothing passes for reviewed that nobody read.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from balaqorgau.pack.document import Document
from balaqorgau.pack.problems import Problem
from balaqorgau.pack.texts import Text

LENGTH: Final = 16
Catalogue = Mapping[str, Text]
Catalogues = Mapping[str, Catalogue]


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that waits for review: where it is, what it says in the pack's first language and in its own."""

    language: str
    file: str
    fingerprint: str
    key: str
    first: str
    text: str


def file_of(key: str) -> str:
    """The file, without its ending, that a text stands in."""
    return key.partition(".")[0]


def fingerprint(catalogue: Catalogue, file: str) -> str:
    """What a file says, as sixteen hexadecimal digits."""
    said = {key: dict(text.forms) for key, text in catalogue.items() if file_of(key) == file}
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:LENGTH]


def reviewed(said: Mapping[str, Any], catalogues: Catalogues) -> dict[str, frozenset[str]]:
    """For each language the files whose present texts were reviewed."""
    return {
        language: frozenset(
            file
            for file, review in said.get(language, {}).items()
            if review["fingerprint"] == fingerprint(catalogue, file)
        )
        for language, catalogue in catalogues.items()
    }


def unread(catalogues: Catalogues, done: Mapping[str, frozenset[str]]) -> Iterator[Unread]:
    """Every text that waits for review, in the order of languages and files."""
    first = next(iter(catalogues.values()))
    for language, catalogue in catalogues.items():
        prints = {file: fingerprint(catalogue, file) for file in sorted({file_of(key) for key in catalogue})}
        for key, text in catalogue.items():
            if (file := file_of(key)) not in done[language]:
                yield Unread(language, file, prints[file], key, shown(first[key]), shown(text))


def shown(text: Text) -> str:
    """A text for a reader: its forms one after another."""
    return " | ".join(text.forms.values())


def problems(document: Document, texts: Mapping[str, Mapping[str, Document]]) -> Iterator[Problem]:
    """Reviews of what is not there, and on days that are none."""
    for language, files in document.values["reviewed"].items():
        if language not in texts:
            yield document.problem(("reviewed", language), "is a language that pack.yaml does not have")
            continue
        for file, review in files.items():
            if file not in texts[language]:
                yield document.problem(("reviewed", language, file), f"there is no texts/{language}/{file}.yaml")
            if not is_day(review["on"]):
                yield document.problem(("reviewed", language, file, "on"), f"{review['on']} is no date")


def is_day(text: str) -> bool:
    """Whether a text is a date."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
