"""What can be wrong with the texts of a pack: within a language, and between languages."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from balaqorgau.pack.document import Document, Place
from balaqorgau.pack.problems import Problem
from balaqorgau.pack.scripts import mixing
from balaqorgau.pack.texts import PLACEHOLDER, Text, categories

STRAY = re.compile(r"[{}]")
Files = Mapping[str, Document]  # one language: namespace -> file
Catalogue = Mapping[str, Text]


def shape_faults(document: Document, allowed_words: Collection[str]) -> Iterator[Problem]:
    """Empty texts, lists, braces that are no placeholder, words that mix writing systems."""
    if not isinstance(document.values, dict):
        yield Problem(document.file, 1, "", "must have keys with texts")
        return
    for place, value in leaves(document.values, ()):
        yield from (document.problem(place, words) for words in text_faults(value, allowed_words))


def leaves(value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    """Everything that is not a mapping, with its place."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from leaves(inner, (*place, key))
    else:
        yield place, value


def text_faults(value: Any, allowed_words: Collection[str]) -> Iterator[str]:
    """What is wrong with one text."""
    if not isinstance(value, str):
        yield "must be a text"
    elif not value.strip():
        yield "is empty"
    else:
        if STRAY.search(PLACEHOLDER.sub("", value)):
            yield "has a brace that is not part of a {placeholder}"
        if mixed := mixing(PLACEHOLDER.sub(" ", value), allowed_words):
            yield mixed


def plural_faults(documents: Files, catalogue: Catalogue, locale: str) -> Iterator[Problem]:
    """Texts with forms that lack one the language needs, or have one it does not know."""
    needed = categories(locale)
    for key, text in catalogue.items():
        if text.is_plural and set(text.forms) != needed:
            wanted = ", ".join(sorted(needed))
            yield document_of(documents, key).problem(text.place, f"needs exactly the plural forms {wanted}")


def missing_files(documents: Mapping[str, Files]) -> Iterator[Problem]:
    """Files that some languages have and others lack."""
    everywhere = sorted({name for files in documents.values() for name in files})
    for language, files in documents.items():
        for name in everywhere:
            if name not in files:
                yield Problem(f"texts/{language}/{name}.yaml", 0, "", "is missing: another language has it")


def missing_texts(documents: Mapping[str, Files], catalogues: Mapping[str, Catalogue]) -> Iterator[Problem]:
    """Keys that some languages have and others lack; a whole missing file is named once, by `missing_files`."""
    everywhere = dict.fromkeys(key for catalogue in catalogues.values() for key in catalogue)
    for language, catalogue in catalogues.items():
        for key in everywhere:
            if key not in catalogue and namespace(key) in documents[language]:
                owner = next(code for code, other in catalogues.items() if key in other)
                place = tuple(key.split(".")[1:])
                document = document_of(documents[language], key)
                yield document.problem(place, f"is missing; {owner} has “{catalogues[owner][key].forms['other']}”")


def placeholder_faults(documents: Mapping[str, Files], catalogues: Mapping[str, Catalogue]) -> Iterator[Problem]:
    """Texts whose placeholders differ from those of the first language."""
    first, *others = catalogues
    for language in others:
        for key in catalogues[first].keys() & catalogues[language].keys():
            here, there = catalogues[language][key], catalogues[first][key]
            if here.placeholders != there.placeholders:
                words = f"has {shown(here)}, but {first} has {shown(there)}"
                yield document_of(documents[language], key).problem(here.place, words)


def shown(text: Text) -> str:
    """A text's placeholders in words."""
    return " ".join(f"{{{name}}}" for name in sorted(text.placeholders)) or "no placeholder"


def namespace(key: str) -> str:
    """The file that a key stands in."""
    return key.split(".", 1)[0]


def document_of(files: Files, key: str) -> Document:
    """The document that a key stands in."""
    return files[namespace(key)]
