"""The child's texts: short sentences, the same keys in every language, none missing and none that nobody reads."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.unit.reporter.country import LANGUAGES, PACK

ROOT = PACK.parents[1]
MOST_WORDS = 10
MONTHS = 12
SENTENCE = re.compile(r"[^.!?…]+")
#: Texts whose keys are put together while the page is used, by what they begin with.
MADE = re.compile(r"^(voice|photo|file|about|safe|thread|error|reasons|helplines)\.")


def texts(language: str) -> dict[str, str]:
    """The child's texts by dotted key."""
    read = yaml.safe_load((PACK / "texts" / language / "child.yaml").read_text(encoding="utf-8"))
    return dict(flat(read))


def flat(found: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Nested texts with dotted names."""
    for key, value in found.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", str(value)


def sources() -> str:
    """Everything that could name a text."""
    rooms = (ROOT / "frontend" / "reporter", ROOT / "src" / "balaqorgau" / "appeals")
    files: list[Path] = [
        path for room in rooms for path in sorted(room.rglob("*")) if path.suffix in {".ts", ".html", ".py"}
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_longer_than_ten_words(language: str) -> None:
    long = {
        key: sentence
        for key, text in texts(language).items()
        if not key.startswith("date.")
        for sentence in SENTENCE.findall(text)
        if len(sentence.split()) > MOST_WORDS
    }
    assert long == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("file", "part"), [("plain", ""), ("about", "privacy_child.")])
def test_nothing_else_that_a_child_reads_is_longer_either(language: str, file: str, part: str) -> None:
    read = yaml.safe_load((PACK / "texts" / language / f"{file}.yaml").read_text(encoding="utf-8"))
    long = {
        key: sentence
        for key, text in flat(read)
        if key.startswith(part)
        for sentence in SENTENCE.findall(text)
        if len(sentence.split()) > MOST_WORDS
    }
    assert long == {}


def test_every_language_says_the_same_things_with_the_same_values() -> None:
    values = {
        language: {key: set(re.findall(r"\{\w+\}", text)) for key, text in texts(language).items()}
        for language in LANGUAGES
    }
    assert len({str(sorted((key, sorted(names)) for key, names in found.items())) for found in values.values()}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_has_twelve_months(language: str) -> None:
    assert len(texts(language)["date.months"].split()) == MONTHS


def test_every_text_that_the_page_names_exists() -> None:
    known = texts("kk")
    parts = {key.partition(".")[0] for key in known}
    named = {
        f"{part}.{name}"
        for part, name in re.findall(r"[\"']([a-z]+)\.([a-z_0-9]+)[\"']", sources())
        if part in parts and part != "plain"
    }
    assert {key for key in named if key not in known} == set()


def test_no_text_is_kept_that_nobody_reads() -> None:
    written = sources()
    unread = {key for key in texts("kk") if f'"{key}"' not in written and f"'{key}'" not in written}
    assert {key for key in unread if not MADE.match(key)} == set()
