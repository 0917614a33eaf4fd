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
WORD = re.compile(r"\w\S*|\{\w+\}\S*")
#: A stop ends a sentence when a capital letter, a digit or a value follows; one inside a quotation does not.
STOP = re.compile(r"(?<=[.!?…])[»”\"]?\s+(?=[«“\"]?[\d{A-ZА-ЯЁӘІҢҒҮҰҚӨҺ])")
#: Files of short texts for children, and the part of each that they read.
CHILDREN_READ = (("plain", ""), ("about", "privacy_child."), ("poster", ""), ("reasons", ""), ("helplines", ""))
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


def sentences(text: str) -> list[str]:
    """The sentences of a text as a reader hears them."""
    return STOP.split(text)


def long_sentences(found: Mapping[str, str]) -> dict[str, str]:
    """Sentences that are too long, by key."""
    parts = ((key, sentence) for key, text in found.items() for sentence in sentences(text))
    return {key: sentence for key, sentence in parts if len(WORD.findall(sentence)) > MOST_WORDS}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('Answers to "Are you safe right now?" are not locked. They help.', 2),
        ("«Қазір қауіпсізсің бе?» деген сұрақ. Жауабы ашық.", 2),
        ("Esc екі рет басылса да жабылады.", 1),
        ('Press "Erase." The letter is hidden.', 2),
        ("{date} күні. {days} күннен кейін.", 2),
    ],
)
def test_a_quotation_with_a_stop_of_its_own_ends_no_sentence(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_longer_than_ten_words(language: str) -> None:
    assert long_sentences({key: text for key, text in texts(language).items() if not key.startswith("date.")}) == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("file", "part"), CHILDREN_READ)
def test_nothing_else_that_a_child_reads_is_longer_either(language: str, file: str, part: str) -> None:
    read = yaml.safe_load((PACK / "texts" / language / f"{file}.yaml").read_text(encoding="utf-8"))
    assert long_sentences({str(key): text for key, text in flat(read) if key.startswith(part)}) == {}


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
