"""A YAML file as plain values that remember their lines. A strict subset: no tags, no anchors, no key twice.

Only quoted or unmistakable text is text: `101010000` is a number, `"101010000"` a code. In a file of texts every value is
text, so that `yes: Yes` says what it shows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from balaqorgau.pack.problems import PackError, Problem

Place = tuple[str | int, ...]
Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]*)")
PLAIN: Final[dict[str, Any]] = {"true": True, "false": False, "null": None, "~": None, "": None}
MAX_DEPTH: Final = 12
MAX_BYTES: Final = 4 * 1024 * 1024


def dotted(place: Place) -> str:
    """A place as people write it: `regions.3.names`, list positions counted from 1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)


@dataclass
class Document:
    """A file's values, and the line (from 1) of everything in it by its place."""

    file: str
    values: Any = None
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Place, words: str) -> Problem:
        """A fault at a place."""
        return Problem(self.file, self.line(place), dotted(place), words)


def read(path: Path, file: str, *, texts: bool = False) -> Document:
    """Read one file; `file` is what problems call it, `texts` makes every scalar text. Raises PackError."""
    try:
        source = path.read_bytes()
        if len(source) > MAX_BYTES:
            raise PackError([Problem(file, 0, "", f"is larger than {MAX_BYTES} bytes")])
        return Builder(file, source.decode("utf-8"), texts).build()
    except FileNotFoundError:
        raise PackError([Problem(file, 0, "", "is missing")]) from None
    except OSError as error:
        raise PackError([Problem(file, 0, "", f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise PackError([Problem(file, line, "", "is not UTF-8 text")]) from None
    except yaml.YAMLError as error:
        raise PackError([syntax_problem(file, error)]) from None


def syntax_problem(file: str, error: yaml.YAMLError) -> Problem:
    """What the YAML parser stumbled over."""
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "is not YAML"
    return Problem(file, mark.line + 1 if mark else 0, "", f"is not valid YAML: {said}")


class Builder:
    """Turns the parser's events into values; collects faults and raises them together at the end."""

    def __init__(self, file: str, source: str, texts: bool) -> None:
        self.events: Iterator[yaml.Event] = iter(yaml.parse(source, Loader=Loader))
        self.document = Document(file)
        self.texts = texts
        self.problems: list[Problem] = []

    def build(self) -> Document:
        """The document; raises PackError when it holds what packs may not."""
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                self.document.values = self.value(next(self.events), ())
        if self.problems:
            raise PackError(self.problems)
        return self.document

    def value(self, event: yaml.Event, place: Place) -> Any:
        """The value that begins with this event."""
        if len(place) > MAX_DEPTH:
            raise PackError([Problem(self.document.file, line_of(event), dotted(place), "is nested too deeply")])
        self.document.lines.setdefault(place, line_of(event))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.fault(event, place, "uses an anchor or alias, which packs may not: write the value out")
        if getattr(event, "tag", None) not in (None, "!"):
            self.fault(event, place, "uses a tag, which packs may not")
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(place)
        return self.scalar(event) if isinstance(event, yaml.ScalarEvent) else None

    def mapping(self, place: Place) -> dict[str, Any]:
        """Keys and values until the mapping ends."""
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = event.value if isinstance(event, yaml.ScalarEvent) else ""
            inner = (*place, key)
            if not isinstance(event, yaml.ScalarEvent):
                self.fault(event, place, "has a key that is not a word")
                self.value(event, inner)
            elif key in found:
                self.fault(event, inner, f"is there twice, first on line {self.document.line(inner)}")
            self.document.lines.setdefault(inner, line_of(event))
            found[key] = self.value(next(self.events), inner)
        return found

    def sequence(self, place: Place) -> list[Any]:
        """Items until the list ends."""
        found: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.value(event, (*place, len(found))))
        return found

    def scalar(self, event: yaml.ScalarEvent) -> Any:
        """Text, or in a file that is not of texts also a number, true, false or nothing."""
        text = str(event.value)
        if self.texts or event.style:
            return text
        if INTEGER.fullmatch(text):
            return int(text)
        return PLAIN.get(text, text)

    def fault(self, event: yaml.Event, place: Place, words: str) -> None:
        """Remember a fault and go on, so that all are reported at once."""
        self.problems.append(Problem(self.document.file, line_of(event), dotted(place), words))


def line_of(event: yaml.Event) -> int:
    """The line of an event, counted from 1."""
    return event.start_mark.line + 1 if event.start_mark else 0
