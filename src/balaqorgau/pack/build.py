"""Makes the pack out of files that were found good."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, Final

from balaqorgau.pack import review
from balaqorgau.pack.agreement import as_date, locale_of
from balaqorgau.pack.country import Pack
from balaqorgau.pack.model import (
    CalendarRules,
    Deadlines,
    Helpline,
    Language,
    LegalBasis,
    Limits,
    Operator,
    ReadingHours,
    Reason,
    Term,
    Territory,
    Unlawful,
    Waking,
)
from balaqorgau.pack.texts import Text

Values = Mapping[str, Any]
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS: Final = {"answer": "working_days", "urgent": "minutes", "erase": "days"}


def pack(folder: Path, parts: Mapping[str, Values], catalogues: Mapping[str, Mapping[str, Text]]) -> Pack:
    """The pack of these files."""
    values = parts["pack"]
    return Pack(
        folder=folder,
        id=values["id"],
        names=values["names"],
        spoken=tuple(language(values, code) for code in values["languages"]),
        timezone=values["timezone"],
        exit_page=values["exit_page"],
        operator=Operator(values["operator"]["names"], values["operator"].get("contact", {})),
        reading_hours=reading_hours(values["reading_hours"]),
        deadlines=Deadlines(**{name: term(values["deadlines"][name], unit) for name, unit in UNITS.items()}),
        limits=Limits(**values["limits"]),
        waking=waking(values["waking"]),
        unlawful=Unlawful(tuple(values["unlawful"]["readers"]), values["unlawful"]["basis"]),
        erasures={one["reason"]: one["basis"] for one in values["erasures"]},
        legal=tuple(LegalBasis(**basis) for basis in values["legal"]),
        mixed_script_words=frozenset(values.get("mixed_script_words", ())),
        territories=territories(parts["territories"]),
        helplines=tuple(map(helpline, parts["helplines"]["helplines"])),
        reasons=tuple(map(reason, parts["reasons"]["reasons"])),
        roles={role: said["per"] for role, said in parts["conflicts"]["roles"].items()},
        about=tuple(parts["conflicts"]["about"]),
        conflicts={about: tuple(roles) for about, roles in parts["conflicts"]["readers"].items()},
        calendar_rules=calendar_rules(parts["calendar"]),
        catalogues=catalogues,
        reviewed=review.reviewed(parts["review"]["reviewed"], catalogues),
    )


def language(values: Values, code: str) -> Language:
    """One language."""
    said = values["languages"][code]
    return Language(code, said["name"], said["direction"], locale_of(values, code))


def reading_hours(said: Values) -> ReadingHours:
    """When people read."""
    return ReadingHours(said["from"], said["to"], said["basis"], said.get("source", ""))


def term(said: Values, unit: str) -> Term:
    """How long something may take."""
    return Term(said[unit], said["basis"], said.get("source", ""))


def waking(said: Values) -> Waking:
    """When officers are told by mail."""
    hours = tuple(sorted(map(time.fromisoformat, said["digest"])))
    return Waking(**{**said, "digest": hours, "heartbeat": time.fromisoformat(said["heartbeat"])})


def territories(said: Values) -> tuple[Territory, ...]:
    """Regions, then districts."""
    return tuple(territory(one) for kind in ("regions", "districts") for one in said[kind])


def territory(said: Values) -> Territory:
    """One region or district."""
    return Territory(
        id=said["id"],
        parent=said.get("region", ""),
        register=said.get("register", said["id"]),
        names=said["names"],
        valid_from=as_date(said.get("from")),
        valid_to=as_date(said.get("until")),
        predecessors=tuple(said.get("predecessors", ())),
    )


def helpline(said: Values) -> Helpline:
    """One number."""
    hours = said.get("hours")
    return Helpline(said["number"], (hours["from"], hours["until"]) if hours else None, said.get("danger", False))


def reason(said: Values) -> Reason:
    """One reason for contact."""
    return Reason(said["id"], said["group"], said["picture"], tuple(said["standard"]), said.get("retired", False))


def calendar_rules(said: Values) -> CalendarRules:
    """Where non-working days come from."""
    return CalendarRules(
        country=said["holidays"]["country"],
        subdivision=said["holidays"].get("subdivision", ""),
        weekend=frozenset(map(WEEKDAYS.index, said["weekend"])),
        first_year=said["first_year"],
        last_year=said["last_year"],
        also_free=days(said.get("also_free", ())),
        also_working=days(said.get("also_working", ())),
    )


def days(said: Iterable[str]) -> frozenset[date]:
    """Dates out of texts that were checked."""
    return frozenset(day for text in said if (day := as_date(text)))
