"""What must lie beside the YAML files: words, words of danger and rules of leaks for each language, every picture."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from balaqorgau.pack import collation, danger, leaks
from balaqorgau.pack.document import Document
from balaqorgau.pack.problems import PackError, Problem
from balaqorgau.pack.scripts import mixing
from balaqorgau.sealed.words import LIST_LENGTH, key

PICTURES: Final = "pictures"
ICON: Final = "icon"  # What browsers show in their tab.
DRAWING: Final = re.compile(r"<svg [^>]*viewBox=.*</svg>", re.DOTALL)
ACTIVE: Final = re.compile(r"<(script|style|foreignObject|image|use|a)\b|\bon\w+\s*=|href|<!|<\?", re.IGNORECASE)


def problems(folder: Path, parts: Mapping[str, Document]) -> Iterator[Problem]:
    """Every file that is missing or cannot be used."""
    for language in parts["pack"].values["languages"]:
        yield from word_faults(folder, f"words/{language}.txt")
        yield from danger_faults(folder, f"danger/{language}.yaml")
        yield from leak_faults(folder, f"leaks/{language}.yaml")
        yield from order_faults(folder, f"collation/{language}.txt")
    yield from missing_pictures(folder, parts["reasons"])
    for path in sorted((folder / PICTURES).glob("*.svg")):
        yield from picture_faults(folder, f"{PICTURES}/{path.name}")


def lines_of(folder: Path, file: str) -> list[str]:
    """A text file's lines; raises PackError."""
    try:
        return (folder / file).read_bytes().decode("utf-8").splitlines()
    except FileNotFoundError:
        raise PackError([Problem(file, 0, "", "is missing")]) from None
    except (OSError, UnicodeDecodeError):
        raise PackError([Problem(file, 0, "", "cannot be read as UTF-8 text")]) from None


def word_faults(folder: Path, file: str) -> Iterator[Problem]:
    """A list that is missing, too short or too long, or has a line that is no word of its own."""
    try:
        words = lines_of(folder, file)
    except PackError as error:
        yield from error.problems
        return
    if len(words) != LIST_LENGTH:
        yield Problem(file, 0, "", f"has {len(words)} words, not {LIST_LENGTH}")
    first: dict[str, int] = {}
    for line, word in enumerate(words, 1):
        if not word.isalpha() or mixing(word):
            yield Problem(file, line, "", f"“{word}” is not one word in letters of one script")
        elif (earlier := first.setdefault(key(word), line)) != line:
            yield Problem(file, line, "", f"“{word}” begins as “{words[earlier - 1]}” on line {earlier} does")


def danger_faults(folder: Path, file: str) -> Iterator[Problem]:
    """Words of danger that are missing or cannot be compiled."""
    try:
        danger.compile(folder / file, file)
    except PackError as error:
        yield from error.problems


def leak_faults(folder: Path, file: str) -> Iterator[Problem]:
    """Rules of what could betray a child that are missing or cannot be used."""
    try:
        leaks.compile(folder / file, file)
    except PackError as error:
        yield from error.problems


def order_faults(folder: Path, file: str) -> Iterator[Problem]:
    """A language's order of letters that cannot be read; a language may have none."""
    if not (folder / file).is_file():
        return
    try:
        collation.read(lines_of(folder, file))
    except PackError as error:
        yield from error.problems
    except (ValueError, TypeError):
        yield Problem(file, 0, "", "is no list of letters: make it with tools/collation.mjs")


def missing_pictures(folder: Path, reasons: Document) -> Iterator[Problem]:
    """Reasons whose drawing is not there, and the page's own icon."""
    if not (folder / PICTURES / f"{ICON}.svg").is_file():
        yield Problem(f"{PICTURES}/{ICON}.svg", 0, "", "is missing")
    for at, reason in enumerate(reasons.values["reasons"]):
        if not (folder / PICTURES / f"{reason['picture']}.svg").is_file():
            place = ("reasons", at, "picture")
            yield reasons.problem(place, f"there is no {PICTURES}/{reason['picture']}.svg")


def picture_faults(folder: Path, file: str) -> Iterator[Problem]:
    """A drawing that is not just one drawing: the child's page takes it in as it is."""
    try:
        drawing = "\n".join(lines_of(folder, file)).strip()
    except PackError as error:
        yield from error.problems
        return
    if not DRAWING.fullmatch(drawing):
        yield Problem(file, 0, "", "is not one <svg …> element with a viewBox")
    if found := ACTIVE.search(drawing):
        line = drawing[: found.start()].count("\n") + 1
        yield Problem(file, line, "", f"may not have {found[0].strip()}: drawings are lines and shapes only")
