"""Words that a child can picture: what a program can see of it, an ending or a listed word that names no thing."""

from typing import Final

import pytest

from tests.unit.words.test_wordlists import ROOT, each_language, listed

FOLDER: Final = ROOT / "tests" / "fixtures" / "words"
ENDINGS: Final = {
    "kk": ("лық", "лік", "дық", "дік", "тық", "тік", "шылық", "шілік"),
    "ru": ("ость", "есть", "изм", "ство", "ение", "ание", "ция", "ика"),
    "en": ("ness", "tion", "sion", "ity", "ful", "ism", "ment", "ance", "ence", "ship"),
}


def words_of(name: str) -> set[str]:
    """The words of a file, without its remarks."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return {word for line in lines for word in line.partition("#")[0].split()}


def abstract(word: str, language: str) -> bool:
    """Whether a word ends as names of qualities and doings do, or was taken out for naming no thing."""
    if word in words_of("abstract.txt"):
        return True
    return word.endswith(ENDINGS[language]) and word not in words_of("concrete.txt")


@each_language
def test_no_word_is_abstract(language: str) -> None:
    assert [word for word in listed(language) if abstract(word, language)] == []


@each_language
def test_every_exception_is_a_word_of_a_list(language: str) -> None:
    ended = {word for word in words_of("concrete.txt") if word.endswith(ENDINGS[language])}
    assert ended <= {word for each in ENDINGS for word in listed(each)}


@pytest.mark.parametrize(
    ("word", "language"),
    [("kindness", "en"), ("famous", "en"), ("радость", "ru"), ("решение", "ru"), ("достық", "kk"), ("ежелгі", "kk")],
)
def test_abstract_words_are_found(word: str, language: str) -> None:
    assert abstract(word, language)


@pytest.mark.parametrize(("word", "language"), [("pavement", "en"), ("растение", "ru"), ("жапырақ", "kk")])
def test_things_are_let_through(word: str, language: str) -> None:
    assert not abstract(word, language)
