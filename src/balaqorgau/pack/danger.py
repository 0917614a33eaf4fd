"""Compiles a language's words of danger (`danger/<language>.yaml`) into what the child's page matches with.

A file has `fold` (what is written -> what it is read as), `words` (named alternatives), `danger` (lists of patterns under a
heading each) and `harmless` (patterns that are blanked out before anything is looked for). A pattern is a regular
expression over folded words with shorthands: `*` any ending, ` ~ ` up to three words between, ` & ` the same in either order,
`{name}` one of `words`. The compiled form is `{"v": 1, "fold": [[written, read], …], "danger": patterns, "harmless": patterns}`,
one folded pattern a line with `*`, `~` and `&` (no spaces around) left in; `frontend/reporter/danger/matcher.ts` expands
them and folds a text exactly as `fold` here does.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from balaqorgau.pack import document
from balaqorgau.pack.document import Document, Place
from balaqorgau.pack.problems import PackError, Problem

KEYS = ("fold", "words", "danger", "harmless")
NAMED = re.compile(r"\{([a-z_]+)\}")
TOKEN = re.compile(r"\\.|\{[\d,]+\}|[\w'’]+|.", re.DOTALL)  # an escape, a count, letters, anything else
DOUBLED = re.compile(r"([^\W\d_])\1+")
SYNTAX = set(r"\^$.*+?()[]{}|/")
Folding = Sequence[tuple[str, str]]


def compile(path: Path, file: str = "") -> dict[str, Any]:
    """The compiled form of one file, ready for `json.dump`; `file` is what faults call it. Raises PackError."""
    source = document.read(path, file or path.name, texts=True)
    stop_at(shape_faults(source))
    folding = folding_of(source.values["fold"])
    stop_at(pattern_faults(source, folding))
    return {
        "v": 1,
        "fold": folding,
        "danger": in_order(compiled(source, folding, "danger")),
        "harmless": compiled(source, folding, "harmless"),
    }


def fold(text: str, folding: Iterable[tuple[str, str]]) -> str:
    """Letters as they are read: lower case, without marks, look-alikes merged, repeated letters once."""
    table = dict(folding)
    letters = unicodedata.normalize("NFKD", text).lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.category(c).startswith("M"))
    read = re.sub("|".join(table), lambda found: table[found[0]], plain) if table else plain
    return DOUBLED.sub(r"\1", read)


def stop_at(faults: Iterable[Problem]) -> None:
    """Raise PackError when there are any."""
    if found := list(faults):
        raise PackError(found)


def shape_faults(source: Document) -> Iterator[Problem]:
    """Keys that are missing or unknown, and values of another kind."""
    values = source.values if isinstance(source.values, dict) else {}
    yield from (source.problem((key,), "is missing") for key in KEYS if key not in values)
    yield from (source.problem((key,), f"unknown; known here: {', '.join(KEYS)}") for key in values if key not in KEYS)
    for name in ("fold", "words"):
        yield from pair_faults(source, (name,), values.get(name, {}))
    yield from list_faults(source, ("harmless",), values.get("harmless", []))
    headings = values.get("danger", {})
    if not isinstance(headings, dict) or not headings:
        yield source.problem(("danger",), "needs names and lists of patterns")
        return
    for name, patterns in headings.items():
        yield from list_faults(source, ("danger", name), patterns)


def pair_faults(source: Document, place: Place, pairs: Any) -> Iterator[Problem]:
    """A mapping of texts to texts, and nothing else; what is folded has no sign of regular expressions."""
    if not isinstance(pairs, dict):
        yield source.problem(place, "needs names and values")
        return
    for key, value in pairs.items():
        if not isinstance(value, str):
            yield source.problem((*place, key), "must be a text")
        if place == ("fold",) and (not key or SYNTAX & set(key)):
            yield source.problem((*place, key), f"{key!r} has a character that regular expressions use")


def list_faults(source: Document, place: Place, patterns: Any) -> Iterator[Problem]:
    """A list of texts, and nothing else."""
    if not isinstance(patterns, list) or not all(isinstance(pattern, str) and pattern for pattern in patterns):
        yield source.problem(place, "needs a list of patterns")


def folding_of(table: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is written and what it is read as, longest first."""
    return sorted(table.items(), key=lambda pair: (-len(pair[0]), pair[0]))


def patterns_in(source: Document, part: str) -> Iterator[tuple[Place, str]]:
    """Every pattern below `danger` or `harmless` with its place."""
    lists = source.values[part] if part == "danger" else {"": source.values[part]}
    for name, patterns in lists.items():
        for at, pattern in enumerate(patterns):
            yield ((part, name, at) if name else (part, at)), pattern


def compiled(source: Document, folding: Folding, part: str) -> str:
    """All patterns of a part, one alternative a line."""
    return "\n".join(
        line for _, pattern in patterns_in(source, part) for line in lines(pattern, source.values["words"], folding)
    )


def in_order(patterns: str) -> str:
    """Any of these will do, so their order says nothing; alike ones beside each other load faster."""
    return "\n".join(sorted(patterns.split("\n")))


def lines(pattern: str, words: Mapping[str, str], folding: Folding) -> list[str]:
    """A pattern's alternatives with its named words in place, folded. LookupError for a word that is not named."""
    expanded = NAMED.sub(lambda found: words[found[1]], pattern)
    folded = "".join(token if token[0] in "\\{" else fold(token, folding) for token in TOKEN.findall(expanded))
    return [re.sub(r" ([&~]) ", r"\1", alternative) for alternative in alternatives(folded)]


def pattern_faults(source: Document, folding: Folding) -> Iterator[Problem]:
    """Patterns that no page could look for, or that nothing could match."""
    for part in ("danger", "harmless"):
        for place, pattern in patterns_in(source, part):
            try:
                found = lines(pattern, source.values["words"], folding)
            except LookupError as error:
                yield source.problem(place, f"no word {error.args[0]!r} is in words")
                continue
            yield from (source.problem(place, words) for line in found if (words := fault_of(line)))


def fault_of(alternative: str) -> str:
    """Why one alternative cannot be used; "" when it can."""
    if alternative.count("&") > 2 or re.search(r"^[ &~]|[ &~]$|  | [&~]|[&~] ", alternative):
        return "a space, ~ or & stands where no word follows or precedes it"
    try:
        re.compile(alternative.replace("*", r"\S*"))
    except (re.error, OverflowError, RecursionError) as error:
        return f"“{alternative}” is no pattern: {error}"
    doubled = re.search(r"([^\W\d_])[()]\1", re.sub(r"\\.", "", alternative))
    return f"{doubled[0]!r} can never match, repeated letters are folded" if doubled else ""


def alternatives(pattern: str) -> list[str]:
    """The pattern cut at every `|` that stands in no group."""
    depth, whole = 0, [""]
    for character in pattern:
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            whole.append("")
        else:
            whole[-1] += character
    return whole
