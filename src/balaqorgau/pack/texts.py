"""Texts of one language: dotted keys, `{placeholders}`, plural forms by CLDR.

A mapping whose keys are plural categories (`one`, `few`, `many`, `other`…) is one text with forms, chosen by `{n}`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from babel import Locale

from balaqorgau.pack.document import Document, Place
from balaqorgau.pack.problems import MissingText

PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
CATEGORIES: Final = frozenset({"zero", "one", "two", "few", "many", "other"})
COUNT: Final = "n"


@dataclass(frozen=True, slots=True)
class Text:
    """One text: its forms by plural category (only `other` when it has none), where it stands."""

    forms: Mapping[str, str]
    place: Place

    @property
    def is_plural(self) -> bool:
        """Whether the text has forms."""
        return len(self.forms) > 1

    @property
    def placeholders(self) -> frozenset[str]:
        """Names of all values that some form shows."""
        return frozenset(name for form in self.forms.values() for name in PLACEHOLDER.findall(form))


def texts_in(document: Document, namespace: str) -> dict[str, Text]:
    """Every text of a file by its dotted key, the namespace first; values that are no text are left to `shape_faults`."""
    return {".".join((namespace, *map(str, place))): Text(forms, place) for place, forms in walk(document.values, ())}


def walk(value: Any, place: Place) -> Iterator[tuple[Place, Mapping[str, str]]]:
    """Every text below a value with its place."""
    if isinstance(value, str):
        yield place, {"other": value}
    elif isinstance(value, dict) and is_forms(value):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, (*place, key))


def is_forms(value: Mapping[str, Any]) -> bool:
    """Whether a mapping is the plural forms of one text."""
    several = len(value) > 1 and "other" in value
    return several and CATEGORIES.issuperset(value) and all(isinstance(form, str) for form in value.values())


@cache
def categories(locale: str) -> frozenset[str]:
    """The plural categories of a locale for cardinal numbers, `other` included."""
    return frozenset(Locale.parse(locale).plural_form.rules) | {"other"}


@cache
def plural_category(locale: str, number: int | float) -> str:
    """Which form a number takes in a locale."""
    return str(Locale.parse(locale).plural_form(number))


def fill(key: str, text: Text, locale: str, values: Mapping[str, Any]) -> str:
    """The text with its values; raises MissingText for a value that is not given."""
    form = text.forms.get(category_of(key, text, locale, values), text.forms["other"])

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            raise MissingText(f"the text {key} needs a value for {{{found[1]}}}")
        return str(values[found[1]])

    return PLACEHOLDER.sub(value, form)


def category_of(key: str, text: Text, locale: str, values: Mapping[str, Any]) -> str:
    """The category of the number `n`, for a text that has forms."""
    if not text.is_plural:
        return "other"
    if not isinstance(values.get(COUNT), (int, float)):
        raise MissingText(f"the text {key} has plural forms and needs a number for {{{COUNT}}}")
    return plural_category(locale, values[COUNT])
