"""Words that mix writing systems: a Latin `i` inside a Cyrillic word looks right, sorts wrong and is never found."""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+")
ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK"})  # Their letters look alike; other languages mix scripts on purpose.


@lru_cache(maxsize=4096)
def script(letter: str) -> str:
    """The writing system of a letter, as the first word of its Unicode name: LATIN, CYRILLIC, ARABIC…"""
    return unicodedata.name(letter, "UNKNOWN").split()[0]


def mixed_words(text: str, allowed: Collection[str] = ()) -> list[str]:
    """Words of a text that mix writing systems, except the allowed ones."""
    return [
        word
        for word in WORD.findall(text)
        if word not in allowed and len(ALIKE & {script(letter) for letter in word}) > 1
    ]


def mixing(text: str, allowed: Collection[str] = ()) -> str:
    """Why a text mixes writing systems, in words that show which letters; "" when it does not."""
    return "; ".join(f"“{word}” mixes {spelled(word)}" for word in mixed_words(text, allowed))


def spelled(word: str) -> str:
    """The letters of a word by writing system, rarest last: `LATIN Tlo and CYRILLIC a`."""
    groups: dict[str, str] = {}
    for letter in word:
        groups[script(letter)] = groups.get(script(letter), "") + letter
    return " and ".join(f"{name} {letters}" for name, letters in sorted(groups.items(), key=lambda item: -len(item[1])))
