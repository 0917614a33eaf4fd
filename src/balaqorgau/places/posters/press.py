"""The press: posters to PDF. What all pages share is set once and embedded once; each page adds what is the school's own.

Typst with our own fonts only, so that every machine prints the same bytes for the same input.
"""

import json
import re
import shutil
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from balaqorgau.places.posters.errors import PosterError
from balaqorgau.places.posters.letters import FONTS, breakable, longest_part, undrawable, width
from balaqorgau.places.posters.poster import Poster
from balaqorgau.places.posters.sheets import Sheet
from balaqorgau.places.posters.symbol import symbol
from balaqorgau.places.posters.wording import Wording

HERE = Path(__file__).parent
MAX_BLEED = 10.0
EPOCH = 0  # A date would make two prints of the same posters differ.
DOES_NOT_FIT = re.compile(r"does not fit: (.*?)\"?$", re.MULTILINE)


class Press:
    """Prints one kind of sheet in two languages, the first one large. `bleed` is in millimetres and brings cutting marks."""

    def __init__(self, sheet: Sheet, wordings: Sequence[Wording], *, helpline: str, bleed: float = 0) -> None:
        if len(wordings) != 2:
            raise PosterError(f"A poster has two languages, not {len(wordings)}.")
        if not 0 <= bleed <= MAX_BLEED:
            raise PosterError(f"The bleed must be between 0 and {MAX_BLEED:g} mm, not {bleed:g} mm.")
        refuse_undrawable(value for wording in wordings for value in (*wording.texts().values(), helpline))
        self.languages = tuple(wording.language for wording in wordings)
        self.job = {
            "sheet": sheet.name,
            "bleed": bleed,
            "helpline": helpline,
            "title": " · ".join(f"{wording.question} {wording.invitation}" for wording in wordings),
            "words": [wording.texts() for wording in wordings],
        }

    def print(self, posters: Sequence[Poster]) -> bytes:
        """A PDF with one page for each poster, in their order; raises PosterError and prints nothing."""
        if not posters:
            raise PosterError("There is no school to print a poster for.")
        refuse_undrawable(value for poster in posters for value in (poster.host, *map(poster.name, self.languages)))
        schools = json.dumps([self.page(poster) for poster in posters], ensure_ascii=False)
        return self.typeset("schools.typ", {"ground.pdf": self.ground, "schools.json": schools.encode()})

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
        return self.typeset("ground.typ", {})

    def typeset(self, main: str, files: dict[str, bytes]) -> bytes:
        """Run typst over a layout with these files beside it."""
        with TemporaryDirectory(prefix="posters-") as name:
            folder = Path(name)
            shutil.copytree(HERE / "art", folder / "art")
            shutil.copytree(HERE / "layout", folder / "layout")
            for file, content in {**files, "job.json": json.dumps(self.job).encode()}.items():
                (folder / "layout" / file).write_bytes(content)
            return compile_pdf(folder, folder / "layout" / main)


def compile_pdf(root: Path, main: Path) -> bytes:
    """Typst's PDF; a text that does not fit its place becomes a PosterError."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    compiler = typst.Compiler(root=root, font_paths=fonts, ignore_system_fonts=True)
    try:
        pdf = compiler.compile(input=main, format="pdf", timestamp=EPOCH, pdf_tags=False)
    except typst.TypstError as error:
        if found := DOES_NOT_FIT.search(error.message):
            raise PosterError(f"This text is too long for its place on the poster: {found[1]}") from error
        raise
    assert isinstance(pdf, bytes)
    return pdf


def measured(text: str) -> dict[str, object]:
    """A text with its width and the width of its longest part, in ems."""
    return {"text": text, "width": width(text), "part": longest_part(text)}


def refuse_undrawable(texts: Iterable[str]) -> None:
    """Raise PosterError for every text with letters that the fonts lack: they would print as empty boxes."""
    bad = [(text, letters) for text in dict.fromkeys(texts) if (letters := undrawable(text))]
    if bad:
        raise PosterError(*(f"The posters' fonts cannot draw {letters!r} in: {text}" for text, letters in bad))
