"""A page of paper as a picture for the screen."""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typst

PPI: Final = 110
LAYOUT: Final = '#set page(width: auto, height: auto, margin: 0pt)\n#image("page.pdf", page: 1)\n'


@lru_cache(maxsize=8)
def picture_of(pdf: bytes) -> bytes:
    """The first page of a PDF as PNG, 110 pixels an inch."""
    with TemporaryDirectory(prefix="picture-") as name:
        folder = Path(name)
        (folder / "page.pdf").write_bytes(pdf)
        (folder / "page.typ").write_text(LAYOUT, encoding="utf-8")
        target = folder / "page.png"
        typst.compile(str(folder / "page.typ"), output=str(target), format="png", ppi=PPI, root=str(folder))
        return target.read_bytes()
