"""A country pack that was read and found good: everything the program may know about a country."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from balaqorgau.kernel import clock
from balaqorgau.kernel.workdays import WorkCalendar
from balaqorgau.pack import calendar, collation, danger, formats, leaks, review
from balaqorgau.pack.collation import Collation
from balaqorgau.pack.model import (
    CalendarRules,
    Deadlines,
    Helpline,
    Language,
    LegalBasis,
    Limits,
    Names,
    Operator,
    ReadingHours,
    Reason,
    Territory,
    Unlawful,
    Waking,
)
from balaqorgau.pack.problems import MissingText
from balaqorgau.pack.texts import Text, fill

WORDS: Final = "words"
DANGER: Final = "danger"
LEAKS: Final = "leaks"
COLLATION: Final = "collation"
FINGERPRINT_LENGTH: Final = 16


@dataclass(frozen=True)
class Pack:
    """A country as data. `conflicts` is whom an appeal is about ("" for nobody of a desk) → the roles that may read it.

    `erasures` is why the law has an appeal erased → the rule of `legal` that says so.
    """

    folder: Path
    id: str
    names: Names
    spoken: tuple[Language, ...]
    timezone: str
    exit_page: str
    operator: Operator
    reading_hours: ReadingHours
    deadlines: Deadlines
    limits: Limits
    waking: Waking
    unlawful: Unlawful
    erasures: Mapping[str, str]
    legal: tuple[LegalBasis, ...]
    mixed_script_words: frozenset[str]
    territories: tuple[Territory, ...]
    helplines: tuple[Helpline, ...]
    reasons: tuple[Reason, ...]
    roles: Mapping[str, str]
    about: tuple[str, ...]
    conflicts: Mapping[str, tuple[str, ...]]
    calendar_rules: CalendarRules
    catalogues: Mapping[str, Mapping[str, Text]]
    reviewed: Mapping[str, frozenset[str]]
    __hash__ = object.__hash__

    # Languages and texts

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages, the first first."""
        return tuple(language.code for language in self.spoken)

    def language(self, code: str) -> Language:
        """A language by its code; LookupError for one the pack does not have."""
        return next(iter(language for language in self.spoken if language.code == code), None) or unknown(code)

    def language_name(self, code: str) -> str:
        """What a language calls itself."""
        return self.language(code).name

    def best_language(self, wanted: str) -> str:
        """The pack's language for a wanted tag: itself, the same without its region, else the first."""
        tag = wanted.replace("_", "-").lower()
        candidates = (tag, tag.split("-")[0])
        return next(
            (code for found in candidates for code in self.languages if code.lower() == found), self.languages[0]
        )

    def has_text(self, key: str) -> bool:
        """Whether there is a text; what one language has, every language has."""
        return key in self.catalogues[self.languages[0]]

    def text(self, lang: str, key: str, **values: Any) -> str:
        """A text with its values; raises MissingText when there is no such text, language or value."""
        catalogue = self.catalogues.get(lang)
        if catalogue is None:
            raise MissingText(f"the pack {self.id} has no language {lang}")
        if key not in catalogue:
            raise MissingText(f"the pack {self.id} has no text {key} in {lang}")
        return fill(key, catalogue[key], self.language(lang).locale, values)

    @cached_property
    def fingerprint(self) -> str:
        """What all files of the pack say, as sixteen hexadecimal digits: the same on two machines if the packs are."""
        total = sha256()
        for file in sorted(path for path in self.folder.rglob("*") if path.is_file()):
            total.update(
                f"{file.relative_to(self.folder).as_posix()}\0{sha256(file.read_bytes()).hexdigest()}\n".encode()
            )
        return total.hexdigest()[:FINGERPRINT_LENGTH]

    def collation(self, lang: str) -> Collation:
        """The order in which a language puts names."""
        return collation.of(self.folder / COLLATION / f"{lang}.txt")

    def is_reviewed(self, lang: str, namespace: str) -> bool:
        """Whether a native speaker has read a language's texts of a namespace as they are now."""
        return namespace in self.reviewed[lang]

    def unread_texts(self) -> tuple[review.Unread, ...]:
        """Every text that waits for review."""
        return tuple(review.unread(self.catalogues, self.reviewed))

    def namespace(self, lang: str, name: str) -> dict[str, str]:
        """Every text of a namespace, unfilled, by its full dotted key; forms of a plural as `key.one`, `key.other`…"""
        return {
            key if not text.is_plural else f"{key}.{category}": form
            for key, text in self.catalogues[lang].items()
            if key.split(".", 1)[0] == name
            for category, form in text.forms.items()
        }

    def unlawful_basis(self, lang: str) -> str:
        """What the law asks of whoever sees a file that may be unlawful: the act, its number, the article, the rule."""
        return self.basis(self.unlawful.basis, lang)

    def basis(self, code: str, lang: str) -> str:
        """A rule of the law in full: the act, its number, the article, what it says."""
        found = self.rule(code)
        return f"{found.act[lang]}, {found.number}, {found.article}. {found.rule[lang]}"

    def rule(self, code: str) -> LegalBasis:
        """A rule of the law by its code."""
        return next(basis for basis in self.legal if basis.id == code)

    def erasure_basis(self, reason: str) -> str:
        """The number of the act and the article that have an appeal erased for a reason; "" for no reason of the pack."""
        if reason not in self.erasures:
            return ""
        found = self.rule(self.erasures[reason])
        return f"{found.number}, {found.article}"

    def erasure_bases(self, lang: str) -> dict[str, str]:
        """Every reason to erase by law, with its legal basis in full."""
        return {reason: self.basis(code, lang) for reason, code in self.erasures.items()}

    # Places

    def regions(self, on: date | None = None) -> tuple[Territory, ...]:
        """The regions of a day (today's by default) in the pack's order."""
        day = on or self.today()
        return tuple(place for place in self.territories if not place.parent and place.exists(day))

    def districts(self, region: str = "", on: date | None = None) -> tuple[Territory, ...]:
        """The districts of a region, or all of them, as they are on a day (today by default)."""
        day = on or self.today()
        return tuple(
            place for place in self.territories if place.parent and place.exists(day) and region in ("", place.parent)
        )

    @property
    def region_codes(self) -> tuple[str, ...]:
        """Codes of the regions of today, in the pack's order."""
        return tuple(region.id for region in self.regions())

    def region_names(self, lang: str) -> dict[str, str]:
        """Today's regions by code, as a language calls them."""
        return {region.id: region.names[lang] for region in self.regions()}

    def region_name(self, code: str, lang: str) -> str:
        """What a language calls a region; of several versions the latest. LookupError for no region."""
        found = [place for place in self.territories if place.id == code and not place.parent]
        return found[-1].names[lang] if found else unknown(code)

    # What a child chooses from

    @property
    def offered_reasons(self) -> tuple[Reason, ...]:
        """Reasons that are still offered."""
        return tuple(reason for reason in self.reasons if not reason.retired)

    def reason_labels(self, lang: str) -> dict[str, str]:
        """Every reason there ever was, by id, in words."""
        return {reason.id: self.text(lang, f"reasons.{reason.id}") for reason in self.reasons}

    def about_labels(self, lang: str) -> dict[str, str]:
        """Whom an appeal can be about, by code, in words."""
        return {code: self.text(lang, f"child.about.{code}") for code in self.about}

    @property
    def main_helpline(self) -> Helpline:
        """The number that stands on posters and first everywhere."""
        return self.helplines[0]

    def helpline_labels(self, lang: str) -> dict[str, str]:
        """What each helpline is for, by number."""
        return {line.number: self.text(lang, f"helplines.{line.number}") for line in self.helplines}

    # What the child's page loads

    def words(self, lang: str) -> tuple[str, ...]:
        """A language's list for receipts and passphrases."""
        return tuple((self.folder / WORDS / f"{lang}.txt").read_text(encoding="utf-8").split())

    def danger(self, lang: str) -> dict[str, Any]:
        """A language's words of danger, compiled for the page."""
        return danger.compile(self.folder / DANGER / f"{lang}.yaml", f"{DANGER}/{lang}.yaml")

    def leaks(self, lang: str) -> dict[str, list[str]]:
        """A language's rules of what an answer should not show to others at home, as the console looks for it."""
        return leaks.compile(self.folder / LEAKS / f"{lang}.yaml", f"{LEAKS}/{lang}.yaml")

    @property
    def pictures(self) -> Path:
        """The folder of drawings, one SVG each."""
        return self.folder / "pictures"

    @property
    def audio(self) -> Path:
        """The folder of recordings of what can be heard, a folder for each language."""
        return self.folder / "audio"

    # Time

    @cached_property
    def zone(self) -> ZoneInfo:
        """The country's default time zone."""
        return ZoneInfo(self.timezone)

    def today(self) -> date:
        """The date on the country's wall."""
        return clock.today(self.timezone)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The country's working calendar; counted once, at its first use."""
        return calendar.work_calendar(self.calendar_rules)

    def answer_due(self, registered: date) -> date:
        """The last day for an answer to what was registered on a day."""
        return self.calendar.after(registered, self.deadlines.answer_days)

    def format_day(self, lang: str, value: date, width: str = "long") -> str:
        """A date as a language writes it."""
        return formats.day(value, self.language(lang).locale, width)

    def format_moment(self, lang: str, value: datetime, width: str = "medium") -> str:
        """A moment as a language writes it, on the country's clock."""
        return formats.moment(value, self.language(lang).locale, self.zone, width)

    def format_number(self, lang: str, value: int | float) -> str:
        """A number as a language writes it."""
        return formats.number(value, self.language(lang).locale)


def unknown(code: str) -> Any:
    """Raise LookupError for a code that the pack does not have."""
    raise LookupError(f"the pack does not know {code}")
