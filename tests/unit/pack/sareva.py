"""Sareva, a country that does not exist: its own facts, and texts made of syllables for every key that the program needs."""

import hashlib
import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).resolve().parents[3]
FACTS: Final = ROOT / "tests" / "fixtures" / "pack" / "sareva"
SHAPE: Final = ROOT / "packs" / "kz" / "texts"
SYLLABLES: Final = {
    "qsa": ["با", "تي", "ري", "سو", "نا", "لي", "مو", "دا", "كا", "فو", "هي", "را"],
    "qlo": ["ba", "ti", "ri", "so", "na", "li", "mo", "da", "ka", "fo", "he", "ra"],
}
LETTERS: Final = {"qsa": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "qlo": "abcdefghijklmnoprstuvz"}
PLACEHOLDER: Final = re.compile(r"\{[a-z0-9_]+\}")
WORDS: Final = 2048


def build(folder: Path) -> Path:
    """The whole pack in a new folder: the facts of the fixture, with texts and word lists made for it."""
    shutil.copytree(FACTS, folder)
    first = sorted((SHAPE).iterdir())[0]
    for language in SYLLABLES:
        for file in sorted(first.glob("*.yaml")):
            target = folder / "texts" / language / file.name
            if not target.exists():
                shape = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
                target.write_text(yaml.safe_dump(invented(shape, language, (file.stem,)), allow_unicode=True), "utf-8")
        (folder / "words").mkdir(exist_ok=True)
        (folder / "words" / f"{language}.txt").write_text("\n".join(words(language)) + "\n", encoding="utf-8")
    return folder


def invented(shape: Any, language: str, place: tuple[str, ...]) -> Any:
    """The same keys and placeholders, other words."""
    if isinstance(shape, dict):
        return {key: invented(value, language, (*place, key)) for key, value in shape.items()}
    return " ".join([saying(language, place), *PLACEHOLDER.findall(shape)])


def saying(language: str, place: tuple[str, ...]) -> str:
    """Two or three words that no other key has."""
    number = int.from_bytes(hashlib.sha256(".".join(place).encode()).digest()[:8], "big")
    sounds = SYLLABLES[language]
    letters = []
    for _ in range(7):
        number, at = divmod(number, len(sounds))
        letters.append(sounds[at])
    return "".join(letters[:3]) + " " + "".join(letters[3:])


def words(language: str) -> Iterator[str]:
    """2,048 words of five letters, unique by their first four."""
    beginnings = itertools.islice(itertools.product(LETTERS[language], repeat=4), 0, None, 7)
    return ("".join(letters) + LETTERS[language][0] for letters in itertools.islice(beginnings, WORDS))
