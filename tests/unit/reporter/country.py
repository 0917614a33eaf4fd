"""A small country for the tests of the child's page: the real texts and drawings, two regions, a handful of reasons."""

from pathlib import Path

PACK = Path(__file__).resolve().parents[3] / "packs" / "kz"
LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
