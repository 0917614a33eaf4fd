"""The example country's wordlists: what a receipt may be made of."""

import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import pytest

from balaqorgau.sealed.words import LIST_LENGTH, fold, key, wordlist

ROOT: Final = Path(__file__).parents[3]
LISTS: Final = ROOT / "packs" / "kz" / "words"
DENY: Final = ROOT / "tests" / "fixtures" / "words" / "deny.txt"
ALPHABETS: Final = {
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "en": "abcdefghijklmnopqrstuvwxyz",
}
LENGTHS: Final = range(3, 9)
each_language: Final = pytest.mark.parametrize("language", ALPHABETS)


def listed(language: str) -> list[str]:
    """A language's words, as the file has them."""
    return (LISTS / f"{language}.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")


def in_order(language: str) -> Callable[[str], list[int]]:
    """The key that sorts as the language's alphabet does."""
    alphabet = ALPHABETS[language]
    return lambda word: [alphabet.index(letter) for letter in word]


def rules() -> list[str]:
    """The stems of the deny list, folded; those that end in * refuse every word that begins so."""
    lines = (line.partition("#")[0].strip() for line in DENY.read_text(encoding="utf-8").splitlines())
    return [fold(line) for line in lines if line]


def refused(word: str, stems: Iterable[str]) -> list[str]:
    """The rules that refuse a word."""
    folded = fold(word)
    return [
        stem for stem in stems if folded == stem or (stem.endswith("*") and folded.startswith(stem.removesuffix("*")))
    ]


def test_there_is_a_list_for_each_language_of_the_example_country() -> None:
    assert {path.stem for path in LISTS.glob("*.txt")} == set(ALPHABETS)


@each_language
def test_a_list_has_2048_words_with_different_keys(language: str) -> None:
    assert len(wordlist(listed(language)).places) == LIST_LENGTH


@each_language
def test_words_are_three_to_eight_letters_of_the_alphabet(language: str) -> None:
    words = listed(language)
    assert [word for word in words if len(word) not in LENGTHS or not set(word) <= set(ALPHABETS[language])] == []


@each_language
def test_words_are_sorted_as_the_alphabet_is(language: str) -> None:
    words = listed(language)
    assert words == sorted(words, key=in_order(language))


@each_language
def test_files_are_composed_lower_case_utf_8_with_one_newline_at_the_end(language: str) -> None:
    text = (LISTS / f"{language}.txt").read_bytes().decode("utf-8")
    assert text == unicodedata.normalize("NFC", text).lower()
    assert "\r" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize(("one", "other"), [("kk", "ru"), ("kk", "en"), ("ru", "en")])
def test_no_two_languages_share_a_key(one: str, other: str) -> None:
    assert {key(word) for word in listed(one)}.isdisjoint(key(word) for word in listed(other))


@each_language
def test_no_word_is_denied(language: str) -> None:
    stems = rules()
    assert {word: found for word in listed(language) if (found := refused(word, stems))} == {}


@pytest.mark.parametrize("harmful", ["смертный", "Пиво", "МЫЛТЫК", "таз", "suicide", "Өлім"])
def test_the_deny_list_refuses_harm_however_it_is_typed(harmful: str) -> None:
    assert refused(harmful, rules())


@pytest.mark.parametrize("play", ["карусель", "олива", "повесть", "warmth", "grapes", "бассейн"])
def test_the_deny_list_lets_play_through(play: str) -> None:
    assert not refused(play, rules())
