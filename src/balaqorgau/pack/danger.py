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
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

KEYS = {"fold", "words", "danger", "harmless"}
TOKEN = re.compile(r"\\.|\{[\d,]+\}|[\w'’]+|.", re.DOTALL)  # an escape, a count, letters, anything else
DOUBLED = re.compile(r"([^\W\d_])\1+")
SYNTAX = set(r"\^$.*+?()[]{}|/")


class DangerError(ValueError):
    """A file of danger words that cannot be compiled; says which file, where in it and why."""


def compile(path: Path) -> dict[str, Any]:
    """The compiled form of one file, ready for `json.dump`; raises DangerError."""
    source = _read(path)
    folding = _folding(path, source["fold"])
    headings = source["danger"].values()
    return {
        "v": 1,
        "fold": folding,
        "danger": _patterns(path, (p for patterns in headings for p in patterns), source["words"], folding),
        "harmless": _patterns(path, source["harmless"], source["words"], folding),
    }


def fold(text: str, folding: Iterable[tuple[str, str]]) -> str:
    """Letters as they are read: lower case, without marks, look-alikes merged, repeated letters once."""
    table = dict(folding)
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.category(c).startswith("M")
    )
    read = re.sub("|".join(table), lambda found: table[found[0]], plain) if table else plain
    return DOUBLED.sub(r"\1", read)


def _read(path: Path) -> dict[str, Any]:
    try:
        source = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DangerError(f"{path}: {error}") from error
    if not isinstance(source, dict) or set(source) != KEYS:
        raise DangerError(f"{path}: needs exactly the keys {', '.join(sorted(KEYS))}")
    _check_shapes(path, source)
    return source


def _check_shapes(path: Path, source: Mapping[str, Any]) -> None:
    for key in ("fold", "words", "danger"):
        if not isinstance(source[key], dict):
            raise DangerError(f"{path}: {key}: needs names and values")
    for key, value in [*source["fold"].items(), *source["words"].items()]:
        if not isinstance(key, str) or not isinstance(value, str):
            raise DangerError(f"{path}: {key}: needs text on both sides; put digits in quotes")
    for key, patterns in [*source["danger"].items(), ("harmless", source["harmless"])]:
        if not isinstance(patterns, list) or not patterns or not all(isinstance(p, str) for p in patterns):
            raise DangerError(f"{path}: {key}: needs a list of patterns")


def _folding(path: Path, table: Mapping[str, str]) -> list[tuple[str, str]]:
    for written in table:
        if not written or SYNTAX & set(written):
            raise DangerError(f"{path}: fold: {written!r} has a character that regular expressions use")
    return sorted(table.items(), key=lambda pair: (-len(pair[0]), pair[0]))


def _patterns(path: Path, patterns: Iterable[str], words: Mapping[str, str], folding: list[tuple[str, str]]) -> str:
    return "\n".join(_pattern(path, p, words, folding) for p in patterns)


def _pattern(path: Path, pattern: str, words: Mapping[str, str], folding: list[tuple[str, str]]) -> str:
    expanded = re.sub(r"\{([a-z_]+)\}", lambda found: _word(path, pattern, words, found[1]), pattern)
    folded = "".join(_token(token, folding) for token in TOKEN.findall(expanded))
    alternatives = [_tight(alternative) for alternative in _alternatives(folded)]
    for alternative in alternatives:
        _check(f"{path}: {pattern}", alternative)
    return "\n".join(alternatives)


def _tight(alternative: str) -> str:
    return re.sub(r" ([&~]) ", r"\1", alternative)


def _check(where: str, alternative: str) -> None:
    if alternative.count("&") > 2 or re.search(r"^[ &~]|[ &~]$|  | [&~]|[&~] ", alternative):
        raise DangerError(f"{where}: a space, ~ or & stands where no word follows or precedes it")
    try:
        re.compile(alternative.replace("*", r"\S*"))
    except re.error as error:
        raise DangerError(f"{where}: {error}") from error
    if doubled := re.search(r"([^\W\d_])[()]\1", re.sub(r"\\.", "", alternative)):
        raise DangerError(f"{where}: {doubled[0]!r} can never match, repeated letters are folded")


def _alternatives(pattern: str) -> list[str]:
    """The pattern cut at every `|` that stands in no group."""
    depth, whole = 0, [""]
    for character in pattern:
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            whole.append("")
        else:
            whole[-1] += character
    return whole


def _word(path: Path, pattern: str, words: Mapping[str, str], name: str) -> str:
    try:
        return words[name]
    except KeyError:
        raise DangerError(f"{path}: {pattern}: no word {name!r}") from None


def _token(token: str, folding: list[tuple[str, str]]) -> str:
    return token if token[0] in "\\{" else fold(token, folding)
