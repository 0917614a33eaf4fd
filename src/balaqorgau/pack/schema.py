"""Checks a file of a pack against its JSON schema and says in words what does not fit."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from balaqorgau.pack.document import Document
from balaqorgau.pack.problems import Problem

SCHEMAS: Final = Path(__file__).parent / "schemas"
KINDS: Final = {
    "object": "names with values",
    "array": "a list",
    "string": "text (put it in quotes)",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "nothing",
}


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of one kind of file."""
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))


def problems(document: Document, name: str) -> Iterator[Problem]:
    """Everything in a document that its schema does not allow."""
    for error in validator(name).iter_errors(document.values):
        yield from explain(document, error)


def explain(document: Document, error: ValidationError) -> Iterable[Problem]:
    """One schema error in words, at the place where it is to be mended."""
    place = tuple(error.absolute_path)
    rule = str(error.validator)
    wanted: Any = error.validator_value
    found: Any = error.instance
    if rule == "additionalProperties" and wanted is False:
        known = cast("dict[str, Any]", error.schema)["properties"]
        hint = f"unknown; known here: {', '.join(sorted(known))}"
        return [document.problem((*place, key), hint) for key in found if key not in known]
    if rule == "required":
        return [document.problem((*place, key), "is missing") for key in wanted if key not in found]
    if rule == "pattern" and not str(found).strip():
        return [document.problem(place, "is empty")]
    return [document.problem(place, words(rule, wanted, found))]


def words(rule: str, wanted: Any, found: Any) -> str:
    """Why a value does not fit."""
    said: dict[str, Callable[[], str]] = {
        "type": lambda: f"must be {kinds(wanted)}, not {json.dumps(found, ensure_ascii=False)[:60]}",
        "enum": lambda: f"must be one of {', '.join(map(str, wanted))}, not {found}",
        "pattern": lambda: f"{found!r} does not have the form {wanted}",
        "minItems": lambda: f"needs {wanted} or more",
        "maxItems": lambda: f"may have {wanted} at most",
        "minProperties": lambda: f"needs {wanted} or more",
        "uniqueItems": lambda: "has something twice",
        "minimum": lambda: f"must be {wanted} or more, not {found}",
        "maximum": lambda: f"must be {wanted} or less, not {found}",
    }
    return said[rule]() if rule in said else f"does not fit its schema ({rule})"


def kinds(wanted: str | list[str]) -> str:
    """What a value must be."""
    return " or ".join(KINDS[kind] for kind in ([wanted] if isinstance(wanted, str) else wanted))
