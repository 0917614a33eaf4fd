"""The words that every poster of a language carries, from the country pack's `poster` texts."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True, slots=True)
class Wording:
    """A language and its texts; `purpose_1` and `purpose_2` say in two lines what the poster is for."""

    language: str
    question: str
    invitation: str
    purpose_1: str
    purpose_2: str
    scan: str
    anonymous: str
    anonymous_note: str
    hours: str
    hours_note: str
    type: str
    call: str
    example: str

    @classmethod
    def read(cls, language: str, text: Callable[[str], str]) -> "Wording":
        """The wording of a language; `text` answers a dotted key of the pack."""
        keys = [field.name for field in fields(cls) if field.name != "language"]
        return cls(language, **{key: text(f"poster.{key}") for key in keys})

    def texts(self) -> dict[str, str]:
        """Every text by its key."""
        return asdict(self)
