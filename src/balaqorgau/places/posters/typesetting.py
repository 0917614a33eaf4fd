"""Typst with our own fonts only, so that every machine sets the same bytes for the same input."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from balaqorgau.places.posters.errors import PosterError
from balaqorgau.places.posters.letters import FONTS

HERE = Path(__file__).parent
EPOCH = 0  # A date would make two prints of the same posters differ.
DOES_NOT_FIT = re.compile(r"does not fit: (.*?)\"?$", re.MULTILINE)


def typeset(main: str, files: Mapping[str, bytes]) -> bytes:
    """The PDF of one of the layouts, with these files beside it; PosterError when a text does not fit."""
    with TemporaryDirectory(prefix="posters-") as name:
        root = Path(name)
        for part in ("art", "layout"):
            shutil.copytree(HERE / part, root / part)
        for file, content in files.items():
            (root / "layout" / file).write_bytes(content)
        (root / "posters.pdf").touch()
        compile_to(root / "posters.pdf", root / "layout" / main)
        return (root / "posters.pdf").read_bytes()


def compile_to(pdf: Path, main: Path) -> None:
    """Run typst over a file; what it says of a text that does not fit becomes a PosterError."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    compiler = typst.Compiler(root=str(pdf.parent), font_paths=fonts, ignore_system_fonts=True)
    try:
        compiler.compile(str(main), output=str(pdf), format="pdf", timestamp=EPOCH, pdf_tags=False)
    except typst.TypstError as error:
        if found := DOES_NOT_FIT.search(error.message):
            raise PosterError(f"This text is too long for its place: {found[1]}") from error
        raise
