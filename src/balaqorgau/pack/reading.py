"""Reads a pack's folder; every fault of every file is found before anything is said."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from balaqorgau.pack import agreement, beside, build, review, schema, wording
from balaqorgau.pack.country import Pack
from balaqorgau.pack.document import Document, read
from balaqorgau.pack.problems import PackError, Problem
from balaqorgau.pack.texts import texts_in

PARTS: Final = ("pack", "territories", "helplines", "reasons", "conflicts", "calendar", "review")
Texts = Mapping[str, Mapping[str, Document]]


def load(folder: Path) -> Pack:
    """The pack in a folder; raises PackError with every fault that was found."""
    if not (folder / "pack.yaml").is_file():
        raise PackError([Problem("pack.yaml", 0, "", f"is missing in {folder}")])
    faults: list[Problem] = []
    parts = read_parts(folder, faults)
    stop_at(faults)
    texts = read_texts(folder, list(parts["pack"].values["languages"]), faults)
    faults += agreement.problems(folder, parts, texts)
    faults += beside.problems(folder, parts)
    faults += review.problems(parts["review"], texts)
    faults += text_problems(parts["pack"].values, texts)
    stop_at(faults)
    catalogues = {language: catalogue(files) for language, files in texts.items()}
    faults += agreement.text_problems(parts, catalogues)
    stop_at(faults)
    return build.pack(folder, {name: part.values for name, part in parts.items()}, catalogues)


def stop_at(faults: list[Problem]) -> None:
    """Raise all faults that were found so far, when there are any."""
    if faults:
        raise PackError(faults)


def collect(faults: list[Problem], reading: Callable[[], Document]) -> Document | None:
    """A document, or None with its faults noted."""
    try:
        return reading()
    except PackError as error:
        faults += error.problems
        return None


def read_parts(folder: Path, faults: list[Problem]) -> dict[str, Document]:
    """The files that are not of texts, checked against their schemas."""
    found: dict[str, Document] = {}
    for name in PARTS:
        file = f"{name}.yaml"
        document = collect(faults, lambda file=file: read(folder / file, file))  # type: ignore[misc]
        if document:
            faults += schema.problems(document, name)
            found[name] = document
    return found


def read_texts(folder: Path, languages: list[str], faults: list[Problem]) -> dict[str, dict[str, Document]]:
    """Every file of texts of every language."""
    found: dict[str, dict[str, Document]] = {}
    for language in languages:
        files = sorted((folder / "texts" / language).glob("*.yaml"))
        if not files:
            faults.append(Problem(f"texts/{language}", 0, "", "has no texts"))
        documents = {path.stem: collect(faults, lambda path=path: read_text(folder, path)) for path in files}  # type: ignore[misc]
        found[language] = {name: document for name, document in documents.items() if document}
    return found


def read_text(folder: Path, path: Path) -> Document:
    """One file of texts."""
    return read(path, path.relative_to(folder).as_posix(), texts=True)


def catalogue(files: Mapping[str, Document]) -> dict[str, Any]:
    """All texts of a language by key."""
    return {key: text for name, document in files.items() for key, text in texts_in(document, name).items()}


def text_problems(pack: Mapping[str, Any], texts: Texts) -> Iterator[Problem]:
    """Everything that is wrong with the texts themselves and between languages."""
    allowed = frozenset(pack.get("mixed_script_words", ()))
    catalogues = {language: catalogue(files) for language, files in texts.items()}
    for language, files in texts.items():
        for document in files.values():
            yield from wording.shape_faults(document, allowed)
        locale = agreement.locale_of(pack, language)
        if agreement.is_locale(locale):
            yield from wording.plural_faults(files, catalogues[language], locale)
    yield from wording.missing_files(texts)
    yield from wording.missing_texts(texts, catalogues)
    yield from wording.placeholder_faults(texts, catalogues)
