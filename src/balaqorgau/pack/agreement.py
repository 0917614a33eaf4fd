"""What the files of a pack must say alike: codes that exist, names in every language, dates in order."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError

from balaqorgau.pack import calendar
from balaqorgau.pack.document import Document, Place
from balaqorgau.pack.problems import Problem
from balaqorgau.pack.scripts import mixing
from balaqorgau.pack.texts import Text

Parts = Mapping[str, Document]
Texts = Mapping[str, Mapping[str, Document]]
NAMED = {"pack": ("names",), "territories": ("regions", "districts")}


def problems(folder: Path, parts: Parts, texts: Texts) -> Iterator[Problem]:
    """Every disagreement between the files that are not of texts."""
    yield from language_faults(folder, parts["pack"], texts)
    yield from name_faults(parts)
    yield from territory_faults(parts["territories"])
    yield from reason_faults(parts["reasons"])
    yield from conflict_faults(parts["conflicts"])
    yield from designated_faults(parts)
    yield from helpline_faults(parts["helplines"])
    yield from calendar_faults(parts["calendar"])


def text_problems(parts: Parts, catalogues: Mapping[str, Mapping[str, Text]]) -> Iterator[Problem]:
    """Codes that no text of the first language names; between languages `wording` compares."""
    first = next(iter(catalogues.values()))
    for part, place, key in needed_texts(parts):
        if key not in first:
            yield parts[part].problem(place, f"has no text {key}")


def needed_texts(parts: Parts) -> Iterator[tuple[str, Place, str]]:
    """Every text that a code needs: the file and place of the code, the text's key."""
    for at, reason in enumerate(parts["reasons"].values["reasons"]):
        yield "reasons", ("reasons", at), f"reasons.{reason['id']}"
    for at, line in enumerate(parts["helplines"].values["helplines"]):
        yield "helplines", ("helplines", at), f"helplines.{line['number']}"
    for at, code in enumerate(parts["conflicts"].values["about"]):
        yield "conflicts", ("about", at), f"child.about.{code}"
    for role in parts["conflicts"].values["roles"]:
        yield "conflicts", ("roles", role), f"console.desk_name.{role}"
    for at, role in enumerate(parts["pack"].values["unlawful"]["readers"]):
        yield "pack", ("unlawful", "readers", at), f"reply.unlawful.role.{role}"
    for at, erasure in enumerate(parts["pack"].values["erasures"]):
        yield "pack", ("erasures", at), f"erase.reason.{erasure['reason']}"


# Languages and names


def locale_of(pack: Mapping[str, Any], language: str) -> str:
    """The CLDR locale of a language: the one it names, else its own code."""
    said = pack["languages"].get(language, {}).get("locale") or language
    return str(said).replace("-", "_")


@cache
def is_locale(locale: str) -> bool:
    """Whether CLDR knows a locale."""
    try:
        Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def language_faults(folder: Path, pack: Document, texts: Texts) -> Iterator[Problem]:
    """Locales and time zones that do not exist, folders of languages that the pack does not have."""
    for language in pack.values["languages"]:
        if not is_locale(locale_of(pack.values, language)):
            yield pack.problem(
                ("languages", language), f"has no CLDR locale {locale_of(pack.values, language)}; name one"
            )
    for path in sorted((folder / "texts").glob("*/")):
        if path.name not in texts:
            yield Problem(f"texts/{path.name}", 0, "", "is of a language that pack.yaml does not have")
    try:
        ZoneInfo(pack.values["timezone"])
    except (ZoneInfoNotFoundError, ValueError):
        yield pack.problem(("timezone",), f"{pack.values['timezone']} is no time zone")


def name_faults(parts: Parts) -> Iterator[Problem]:
    """Names that lack a language, have one too many, or mix writing systems."""
    languages = list(parts["pack"].values["languages"])
    allowed = frozenset(parts["pack"].values.get("mixed_script_words", ()))
    for part, place, names in all_names(parts):
        document = parts[part]
        for language in languages:
            if language not in names:
                yield document.problem((*place, language), "is missing")
        for language, name in names.items():
            if language not in languages:
                yield document.problem((*place, language), "is a language that pack.yaml does not have")
            if mixed := mixing(name, allowed):
                yield document.problem((*place, language), mixed)


def all_names(parts: Parts) -> Iterator[tuple[str, Place, Mapping[str, str]]]:
    """Every mapping of languages to names, with its file and place."""
    pack = parts["pack"].values
    yield "pack", ("names",), pack["names"]
    yield "pack", ("operator", "names"), pack["operator"]["names"]
    for at, basis in enumerate(pack["legal"]):
        yield from (("pack", ("legal", at, key), basis[key]) for key in ("act", "rule"))
    for kind in ("regions", "districts"):
        for at, territory in enumerate(parts["territories"].values[kind]):
            yield "territories", (kind, at, "names"), territory["names"]


# Territories


def territory_faults(document: Document) -> Iterator[Problem]:
    """Codes that mean two things at once, parents and predecessors that are nowhere, dates that are none."""
    regions, districts = document.values["regions"], document.values["districts"]
    yield from chain(*(version_faults(document, kind) for kind in ("regions", "districts")))
    known = {kind: {place["id"] for place in document.values[kind]} for kind in ("regions", "districts")}
    for at, district in enumerate(districts):
        if district["region"] not in known["regions"]:
            yield document.problem(("districts", at, "region"), f"{district['region']} is no region")
    for kind, places in (("regions", regions), ("districts", districts)):
        for at, place in enumerate(places):
            for code in place.get("predecessors", ()):
                if code not in known[kind]:
                    yield document.problem((kind, at, "predecessors"), f"{code} is nowhere in {kind}")


def version_faults(document: Document, kind: str) -> Iterator[Problem]:
    """Dates that are none or in the wrong order, and two versions of one territory on the same day."""
    last: dict[str, date | None] = {}
    for at, place in enumerate(document.values[kind]):
        faults = [key for key in ("from", "until") if place.get(key) and as_date(place[key]) is None]
        yield from (document.problem((kind, at, key), f"{place[key]} is no date") for key in faults)
        begins, ends = as_date(place.get("from")), as_date(place.get("until"))
        if begins and ends and begins >= ends:
            yield document.problem((kind, at, "until"), "is not after `from`")
        if place["id"] in last and not (last[place["id"]] and begins and begins >= last[place["id"]]):  # type: ignore[operator]
            yield document.problem((kind, at, "id"), f"{place['id']} is there twice on the same day")
        last[place["id"]] = ends


def as_date(text: str | None) -> date | None:
    """A date, or None where there is none or it is wrong."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


# Reasons, desks, helplines, calendar


def reason_faults(document: Document) -> Iterator[Problem]:
    """Reasons with one id, groups and terms that the field's list does not have."""
    field = document.values["field"]
    terms = {f"{group}.{term}" for group, found in field.items() for term in found}
    reasons = document.values["reasons"]
    yield from twice(document, "reasons", "id", [reason["id"] for reason in reasons])
    for at, reason in enumerate(reasons):
        if reason["group"] not in field:
            yield document.problem(("reasons", at, "group"), f"{reason['group']} is not in field")
        for term in reason["standard"]:
            if term not in terms:
                yield document.problem(("reasons", at, "standard"), f"{term} is not in field")


def conflict_faults(document: Document) -> Iterator[Problem]:
    """Readers for whom nobody can write, readers without a role, people who would read what is about them."""
    values = document.values
    for about, roles in values["readers"].items():
        if about and about not in values["about"]:
            yield document.problem(("readers", about), "is not in about")
        yield from unknown_roles(document, about, roles, values["roles"])
        if about in roles:
            yield document.problem(("readers", about), f"{about} would read what is about {about}")


def designated_faults(parts: Parts) -> Iterator[Problem]:
    """A role that may see what is closed and that no desk has, a rule that is not there."""
    pack, roles = parts["pack"], parts["conflicts"].values["roles"]
    for at, role in enumerate(pack.values["unlawful"]["readers"]):
        if role not in roles:
            yield pack.problem(("unlawful", "readers", at), f"{role} is not in roles of conflicts.yaml")
    legal = [one["id"] for one in pack.values["legal"]]
    if (basis := pack.values["unlawful"]["basis"]) not in legal:
        yield pack.problem(("unlawful", "basis"), f"{basis} is not in legal")
    for at, erasure in enumerate(pack.values["erasures"]):
        if erasure["basis"] not in legal:
            yield pack.problem(("erasures", at, "basis"), f"{erasure['basis']} is not in legal")


def unknown_roles(document: Document, about: str, roles: Iterable[str], known: Collection[str]) -> Iterator[Problem]:
    """Readers that no desk has as its role."""
    for role in roles:
        if role not in known:
            yield document.problem(("readers", about), f"{role} is not in roles")


def helpline_faults(document: Document) -> Iterator[Problem]:
    """The same number twice."""
    yield from twice(document, "helplines", "number", [line["number"] for line in document.values["helplines"]])


def twice(document: Document, kind: str, key: str, values: list[str]) -> Iterator[Problem]:
    """Values of a list that must differ and do not."""
    counted = Counter(values)
    for at, value in enumerate(values):
        if counted[value] > 1 and values.index(value) < at:
            yield document.problem((kind, at, key), f"{value} is there twice")


def calendar_faults(document: Document) -> Iterator[Problem]:
    """A country that the library does not know, years in the wrong order, dates that are none."""
    values = document.values
    source = values["holidays"]
    if not calendar.is_known(source["country"], source.get("subdivision", "")):
        yield document.problem(("holidays",), f"the holidays library does not know {' '.join(source.values())}")
    if values["first_year"] > values["last_year"]:
        yield document.problem(("last_year",), "is before first_year")
    for key in ("also_free", "also_working"):
        for at, day in enumerate(values.get(key, ())):
            if as_date(day) is None:
                yield document.problem((key, at), f"{day} is no date")
