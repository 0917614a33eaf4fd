"""Own line icons, drawn once as a sprite in the page and used by name from templates and islands."""

from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FOLDER: Final = Path(__file__).parent / "icons"
SVG: Final = "{http://www.w3.org/2000/svg}"


@cache
def names() -> tuple[str, ...]:
    """Every icon there is, in alphabetical order."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.svg")))


def icon(name: str, label: str = "") -> SafeString:
    """One icon; silent for a screen reader unless it has a label. Raises LookupError for an unknown name."""
    if name not in names():
        raise LookupError(f"There is no icon {name}; there are: {', '.join(names())}")
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="#icon-{}"/></svg>', label, name)
    return format_html('<svg class="icon" aria-hidden="true"><use href="#icon-{}"/></svg>', name)


@cache
def sprite() -> SafeString:
    """Every icon as a symbol; put it once at the top of a body."""
    symbols = "".join(_symbol(FOLDER / f"{name}.svg") for name in names())
    return mark_safe(f'<svg class="sprite" aria-hidden="true" width="0" height="0">{symbols}</svg>')  # noqa: S308 (own files)


def _symbol(file: Path) -> str:
    root = ElementTree.parse(file).getroot()  # noqa: S314 (own files, read at start)
    for element in root.iter():
        element.tag = element.tag.removeprefix(SVG)
    inner = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    return f'<symbol id="icon-{file.stem}" viewBox="{root.get("viewBox")}">{inner}</symbol>'
