"""What changes from one pack to another, a line for each thing, in a fixed order."""

from collections.abc import Iterator, Mapping
from typing import Any

from balaqorgau.pack.country import Pack


def differences(old: Pack, new: Pack) -> Iterator[str]:
    """`+` is new, `-` is gone, `~` has changed from … to …"""
    for name, before, after in tables(old, new):
        for key in sorted(before.keys() | after.keys()):
            if key not in before:
                yield f"+ {name} {key}: {after[key]}"
            elif key not in after:
                yield f"- {name} {key}: {before[key]}"
            elif before[key] != after[key]:
                yield f"~ {name} {key}: {before[key]} → {after[key]}"


def tables(old: Pack, new: Pack) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Everything that is compared: what it is called, before and after, by key."""
    for name, table in (("fact", facts), ("territory", territories), ("reason", reasons), ("helpline", helplines)):
        yield name, table(old), table(new)
    for language in dict.fromkeys((*old.languages, *new.languages)):
        yield f"text {language}", texts(old, language), texts(new, language)


def facts(pack: Pack) -> dict[str, Any]:
    """What stands once in a pack."""
    found: dict[str, Any] = {
        f"deadline {name}": getattr(pack.deadlines, name).amount for name in ("answer", "urgent", "erase")
    }
    found |= {f"readers {about or 'of everything else'}": " ".join(roles) for about, roles in pack.conflicts.items()}
    return found | {"languages": " ".join(pack.languages), "timezone": pack.timezone, "exit page": pack.exit_page}


def territories(pack: Pack) -> dict[str, Any]:
    """Regions and districts by code and first day."""
    return {f"{place.id}@{place.valid_from or ''}": dict(place.names) for place in pack.territories}


def reasons(pack: Pack) -> dict[str, Any]:
    """Reasons for contact by id."""
    return {
        reason.id: f"{' '.join(reason.standard)}{' (retired)' if reason.retired else ''}" for reason in pack.reasons
    }


def helplines(pack: Pack) -> dict[str, Any]:
    """Numbers."""
    return {line.number: line.hours for line in pack.helplines}


def texts(pack: Pack, language: str) -> dict[str, Any]:
    """Every text of a language."""
    return {
        key: dict(text.forms) if text.is_plural else text.forms["other"]
        for key, text in pack.catalogues.get(language, {}).items()
    }
