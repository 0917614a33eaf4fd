"""The compiled words of danger as the tests of the child's page read them.

Write them again with `python -m tests.unit.danger.compiled`.
"""

import json
from pathlib import Path
from typing import Any, Final

from balaqorgau.pack import danger

ROOT: Final = Path(__file__).resolve().parents[3]
FIXTURES: Final = ROOT / "tests" / "fixtures" / "danger"
LANGUAGES: Final = ("kk", "ru", "en")
FOLDED: Final = (
    "Ненавижу!!! её",
    "ӨЗІМДІ өлтіремін",
    "о́чень",
    "3аре3ать",
    "heeeelp  me",
    "I'll, don’t",
    "İstanbul ΣΑΣ",
    "ﬁnd ½",
    "\u0130\u0307",
    "a\u200bb",
    "сөйлем\nжаңа\tжол",
    "😀 k1ll",
)


def compiled(language: str) -> dict[str, Any]:
    """A language's words as the page gets them, through JSON."""
    found = danger.compile(ROOT / "packs" / "kz" / "danger" / f"{language}.yaml")
    return dict(json.loads(json.dumps(found)))


def folded(language: str) -> list[list[str]]:
    """What some texts are read as."""
    return [[text, danger.fold(text, compiled(language)["fold"])] for text in FOLDED]


def files() -> dict[Path, str]:
    """Every file that is shared, with what is in it."""
    found: dict[Path, Any] = {}
    for language in LANGUAGES:
        found[FIXTURES / f"{language}.compiled.json"] = compiled(language)
        found[FIXTURES / f"{language}.folded.json"] = folded(language)
    return {path: json.dumps(value, ensure_ascii=False, indent=1) + "\n" for path, value in found.items()}


if __name__ == "__main__":
    for path, content in files().items():
        path.write_text(content, encoding="utf-8")
