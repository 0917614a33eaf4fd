"""What the child's page shows of a country: the part of its pack that is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Reason:
    """One picture tile of "what happened": an opaque code and the name of its drawing."""

    id: str
    picture: str


@dataclass(frozen=True)
class Country:
    """Texts are by language, then by key without the namespace `child`; regions by ISO 3166-2 id in the order shown.

    `directions` are "ltr" or "rtl" by language; an appeal can be about people (`about`) and about desks (`offices`).
    `reviewed` says of a language whether a native speaker has read all that the page shows in it.
    """

    languages: Mapping[str, str]
    directions: Mapping[str, str]
    about: tuple[str, ...]
    offices: tuple[str, ...]
    texts: Mapping[str, Mapping[str, str]]
    regions: Mapping[str, Mapping[str, str]]
    helplines: tuple[str, ...]
    reasons: tuple[Reason, ...]
    words: Mapping[str, bytes]
    danger: Mapping[str, Mapping[str, Any]]
    pictures: Path
    audio: Path
    neutral_page: str
    reading_hours: tuple[str, str]
    reviewed: Mapping[str, bool]
    answer_days: int
    erase_days: int
