"""Receipt words, however they are typed: any case, any keyboard, known by their first four folded letters.

`frontend/sealed/words.ts` and `receipt.ts` do the same; `tests/vectors/words.json` keeps them alike.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from balaqorgau.sealed import keys
from balaqorgau.sealed.keys import Receipt

KEY_LETTERS: Final = 4
LIST_LENGTH: Final = 2048
TYPED_AS: Final = str.maketrans("қңғүұөәіһ", "кнгууоаих")
"""Cyrillic letters that many keyboards lack, and what people type instead. Accents (й, ё, ї) go by themselves."""
LOOKS_LIKE: Final = str.maketrans("aceiopxyhkə", "асеиорхухка")
"""Latin letters in the shape of Cyrillic ones, for a word in which both occur."""
CYRILLIC: Final = range(0x400, 0x530)


class UnknownWord(ValueError):
    """A word that is in no list; `word` is what was typed."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class WrongCount(ValueError):
    """Not six words and not twenty digits; `count` is how many there were."""

    def __init__(self, count: int, *, digits: bool) -> None:
        super().__init__(str(count))
        self.count = count
        self.digits = digits


@dataclass(frozen=True)
class Wordlist:
    """One language's 2,048 words and their places by key."""

    words: tuple[str, ...]
    places: Mapping[str, int]


def fold(word: str) -> str:
    """A word as it is compared: compatible forms taken apart, lower case, without accents, letters folded."""
    lowered = unicodedata.normalize("NFKD", word).lower()
    bare = "".join(letter for letter in lowered if not unicodedata.category(letter).startswith("M"))
    if any(ord(letter) in CYRILLIC for letter in bare):
        bare = bare.translate(LOOKS_LIKE)
    return bare.translate(TYPED_AS)


def words_in(typed: str) -> list[str]:
    """The words in what somebody typed: letters together, whatever stands between."""
    shown = (letter for letter in typed if unicodedata.category(letter) != "Cf")
    return "".join(letter if unicodedata.category(letter)[0] in "LM" else " " for letter in shown).split()


def key(word: str) -> str:
    """What a word is known by."""
    return fold(word)[:KEY_LETTERS]


def wordlist(words: Sequence[str]) -> Wordlist:
    """A checked list; ValueError when it is not 2,048 words with different keys."""
    places = {key(word): place for place, word in enumerate(words)}
    if len(words) != LIST_LENGTH or len(places) != LIST_LENGTH:
        raise ValueError("a wordlist has 2,048 words with different keys")
    return Wordlist(tuple(words), places)


def receipt_words(receipt: Receipt, words: Wordlist) -> list[str]:
    """The six words of a receipt."""
    return [words.words[place] for place in keys.receipt_places(receipt)]


def read_receipts(typed: str, lists: Sequence[Wordlist]) -> list[Receipt]:
    """Every receipt that was possibly meant, in the order of the lists; UnknownWord or WrongCount when there is none.

    Words of one language are meant to be from one list; two lists that share keys give two candidates.
    """
    parts = words_in(typed)
    if not parts:
        return [digits_receipt(typed)]
    if len(parts) != keys.RECEIPT_WORDS:
        raise WrongCount(len(parts), digits=False)
    found = [places for words in lists if None not in (places := [words.places.get(key(part)) for part in parts])]
    if not found:
        raise UnknownWord(stranger(parts, lists))
    return [keys.receipt_from_places([place for place in places if place is not None]) for places in found]


def digits_receipt(typed: str) -> Receipt:
    """The receipt in twenty digits, whatever stands between them; WrongCount."""
    plain = unicodedata.normalize("NFKC", typed)
    digits = "".join(character for character in plain if unicodedata.category(character)[0] in "LN")
    try:
        return keys.receipt_from_digits(digits)
    except ValueError as error:
        raise WrongCount(len(digits), digits=True) from error


def stranger(parts: Sequence[str], lists: Sequence[Wordlist]) -> str:
    """The first word that the list which knows most of the others does not know."""
    best = max(lists, key=lambda words: sum(key(part) in words.places for part in parts))
    return next(part for part in parts if key(part) not in best.places)
