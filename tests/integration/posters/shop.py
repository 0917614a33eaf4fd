"""A print shop for tests: the pack's words, schools that do not exist, pages as pictures and as text."""

from functools import cache
from pathlib import Path

import pypdfium2
import yaml
import zxingcpp
from PIL import Image

from balaqorgau.places.posters import SHEETS, Poster, Press, Wording

TEXTS = Path(__file__).resolve().parents[3] / "packs" / "kz" / "texts"
LANGUAGES = ("kk", "ru", "en")
PAIRS = [(first, second) for first in LANGUAGES for second in LANGUAGES if first != second]
NAMES = {
    "kk": "Абай облысы, Семей қаласы · «№ 12 жалпы білім беретін орта мектебі» КММ",
    "ru": "Область Абай, город Семей · КГУ «Средняя общеобразовательная школа № 12»",
    "en": "Abai Region, Semey · Secondary School No. 12",
}


@cache
def wording(language: str) -> Wording:
    """A language's words."""
    texts = yaml.safe_load((TEXTS / language / "poster.yaml").read_text(encoding="utf-8"))
    return Wording.read(language, lambda key: texts[key.removeprefix("poster.")])


@cache
def press(sheet: str = "poster", languages: tuple[str, str] = ("kk", "ru"), bleed: float = 0) -> Press:
    """A press, kept for the next test."""
    return Press(SHEETS[sheet], [wording(language) for language in languages], helpline="111", bleed=bleed)


def poster(code: str = "7K3MQX9T", names: dict[str, str] | None = None, example: bool = False) -> Poster:
    """A school's poster."""
    return Poster(names or NAMES, "KZ-10", code, "https://balaqorgau.example", example)


def page(pdf: bytes, number: int = 0) -> pypdfium2.PdfPage:
    """A page of a print."""
    return pypdfium2.PdfDocument(pdf)[number]


def picture(pdf: bytes, dpi: float, number: int = 0) -> Image.Image:
    """A page as a printer with so many dots an inch would make it."""
    return page(pdf, number).render(scale=dpi / 72).to_pil().convert("RGB")


def text(pdf: bytes, number: int = 0) -> str:
    """The words of a page, on one line, without invisible breaks."""
    words = page(pdf, number).get_textpage().get_text_range()
    return " ".join(words.replace("\u200b", "").replace("\ufffe", "").split())


def read(image: Image.Image) -> list[str]:
    """What a camera makes of a picture."""
    return [found.text for found in zxingcpp.read_barcodes(image)]
