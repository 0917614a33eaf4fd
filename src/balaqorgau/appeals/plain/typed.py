"""What somebody typed into the plain form, and what is wrong with it; nothing of it is ever lost."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from balaqorgau.appeals import limits
from balaqorgau.appeals.plain.choices import Choices

CODE: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{8}")
ALIASES: Final = str.maketrans("OIL", "011")
MAX_TEXT: Final = 2 * limits.LETTERS


@dataclass(frozen=True)
class Typed:
    """The form's fields as they were typed; `school` without separators and in the code's alphabet."""

    region: str = ""
    school: str = ""
    text: str = ""
    reasons: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    safe: str = ""
    age: str = ""
    who: str = ""

    def problems(self, choices: Choices) -> list[str]:
        """Keys of the texts that say what is missing or wrong."""
        found = []
        if self.region not in choices.regions:
            found.append("plain.error_region")
        if not self.text.strip() and not self.reasons:
            found.append("plain.error_text")
        if len(self.text.encode()) > MAX_TEXT:
            found.append("plain.error_long")
        if self.school and not CODE.fullmatch(self.code):
            found.append("plain.error_school")
        return found

    @property
    def code(self) -> str:
        """The school code, however it was typed: any case, with the region in front or not."""
        letters = re.sub(r"[\s·.\-]", "", self.school.upper().rpartition("·")[2].rpartition(".")[2])
        return letters.translate(ALIASES)

    def payload(self, language: str) -> dict[str, Any]:
        """The fields of the sealed payload."""
        return {
            "language": language,
            "reasons": list(self.reasons),
            "about": list(self.about),
            "age": self.age,
            "who": self.who,
            "safe": self.safe,
            "text": self.text,
            "school": f"{self.region}.{self.code}" if self.school else "",
        }


def read(form: QueryDict, choices: Choices) -> Typed:
    """What was typed; codes that are none of the choices are left out."""
    return Typed(
        region=form.get("region", "")[:20],
        school=form.get("school", "").strip()[:40],
        text=form.get("text", "").replace("\r\n", "\n"),
        reasons=known(form.getlist("reasons"), choices.reasons),
        about=known(form.getlist("about"), choices.about),
        safe=one(form.get("safe", ""), choices.safe),
        age=one(form.get("age", ""), choices.ages),
        who=one(form.get("who", ""), choices.whos),
    )


def known(values: list[str], allowed: dict[str, str]) -> tuple[str, ...]:
    """Those of the values that are choices, in the choices' order."""
    return tuple(code for code in allowed if code in values)


def one(value: str, allowed: dict[str, str]) -> str:
    """The value when it is a choice, else nothing."""
    return value if value in allowed else ""
