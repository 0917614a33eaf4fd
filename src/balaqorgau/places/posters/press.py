"""The press: posters to PDF. What all pages share is set and embedded once; a page adds its school."""

import json
from collections.abc import Iterable, Sequence
from functools import cached_property

from balaqorgau.places.posters.errors import PosterError
from balaqorgau.places.posters.letters import breakable, longest_part, undrawable, width
from balaqorgau.places.posters.poster import Poster
from balaqorgau.places.posters.sheets import Sheet
from balaqorgau.places.posters.symbol import symbol
from balaqorgau.places.posters.typesetting import typeset
from balaqorgau.places.posters.wording import Wording

MAX_BLEED = 10.0


class Press:
    """Prints one kind of sheet in two languages, the first one large.

    `bleed` is in millimetres; with it come cutting marks and the PDF's TrimBox. `helpline` is the number to
    call. Raises PosterError for what cannot be set.
    """

    def __init__(self, sheet: Sheet, wordings: Sequence[Wording], *, helpline: str, bleed: float = 0) -> None:
        if len(wordings) != 2:
            raise PosterError(f"A poster has two languages, not {len(wordings)}.")
        if not 0 <= bleed <= MAX_BLEED:
            raise PosterError(f"The bleed must be between 0 and {MAX_BLEED:g} mm, not {bleed:g} mm.")
        refuse_undrawable(text for wording in wordings for text in (*wording.texts().values(), helpline))
        self.languages = tuple(wording.language for wording in wordings)
        self.job = as_json(
            {
                "sheet": sheet.name,
                "width": sheet.width,
                "height": sheet.height,
                "bleed": bleed,
                "helpline": helpline,
                "title": " · ".join(f"{wording.question} {wording.invitation}" for wording in wordings),
                "words": [wording.texts() for wording in wordings],
            }
        )

    def print(self, posters: Sequence[Poster]) -> bytes:
        """A PDF with one page for each poster, in their order; raises PosterError and prints nothing."""
        if not posters:
            raise PosterError("There is no school to print for.")
        refuse_undrawable(poster.name(language) for poster in posters for language in self.languages)
        schools = as_json([self.page(poster) for poster in posters])
        return typeset("schools.typ", {"job.json": self.job, "ground.pdf": self.ground, "schools.json": schools})

    def page(self, poster: Poster) -> dict[str, object]:
        """What is a school's own on its page."""
        return {
            "symbol": symbol(poster.url),
            "host": measured(poster.host),
            "code": measured(poster.typed),
            "names": [measured(breakable(poster.name(language))) for language in self.languages],
            "example": poster.example,
        }

    @cached_property
    def ground(self) -> bytes:
        """The page without a school, as PDF."""
        return typeset("ground.typ", {"job.json": self.job})


def measured(text: str) -> dict[str, object]:
    """A text with its width and the width of its longest part, in ems."""
    return {"text": text, "width": width(text), "part": longest_part(text)}


def as_json(data: object) -> bytes:
    """What typst reads."""
    return json.dumps(data, ensure_ascii=False).encode()


def refuse_undrawable(texts: Iterable[str]) -> None:
    """Raise PosterError for every text with letters that the fonts lack: they would print as empty boxes."""
    missing = {text: letters for text in texts if (letters := undrawable(text))}
    if missing:
        raise PosterError(*(f"No font has {letters!r}, needed for: {text}" for text, letters in missing.items()))
