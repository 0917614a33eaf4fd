"""Publishes the child's site: what the pack, the directory and this installation say, as static files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.conf import settings

from balaqorgau import pack
from balaqorgau.appeals import promises, publish
from balaqorgau.appeals.edition import Country, Reason
from balaqorgau.directory import queries as directory
from balaqorgau.pack import Pack

NAMESPACE: Final = "child"
SHARED: Final = ("reasons", "helplines")


def publish_site() -> list[str]:
    """Write the site into VAR/site; returns the names of its files. The same input gives the same bytes."""
    return publish_with(directory.directory_files())


def publish_new_keys() -> int:
    """Publish again when desks' keys have changed since; returns how many files. A site that was never published stays so."""
    files = directory.directory_files()
    site = Path(settings.SITE)
    current = all((site / "p" / publish.name_of(region, ".json", data)).exists() for region, data in files.items())
    return 0 if current or not (site / publish.FIRST_PAGE).exists() else len(publish_with(files))


def publish_with(directories: Mapping[str, bytes]) -> list[str]:
    """Write the site with these directory files."""
    here = publish.Installation(
        deployment=settings.DEPLOYMENT,
        promise_name=settings.PROMISE_NAME,
        promise_key=promises.public_key(),
        directories=directories,
    )
    return publish.publish(Path(settings.SITE), country=country(pack.current()), installation=here)


def country(found: Pack) -> Country:
    """The part of a pack that the child's page shows."""
    return Country(
        languages={language.code: language.name for language in found.spoken},
        directions={language.code: language.direction for language in found.spoken},
        about=tuple(code for code in found.about if code not in found.roles),
        offices=tuple(code for code in found.about if code in found.roles),
        texts={code: texts(found, code) for code in found.languages},
        regions={
            code: {lang: found.region_name(code, lang) for lang in found.languages} for code in found.region_codes
        },
        helplines=tuple(line.number for line in found.helplines),
        reasons=tuple(Reason(reason.id, reason.picture) for reason in found.offered_reasons),
        words={code: ("\n".join(found.words(code)) + "\n").encode() for code in found.languages},
        danger={code: found.danger(code) for code in found.languages},
        pictures=found.pictures,
        audio=found.audio,
        neutral_page=found.exit_page,
        reading_hours=(found.reading_hours.opens, found.reading_hours.closes),
        reviewed={
            code: all(found.is_reviewed(code, name) for name in (NAMESPACE, *SHARED)) for code in found.languages
        },
        answer_days=found.deadlines.answer_days,
        erase_days=found.deadlines.erase_days,
    )


def texts(found: Pack, language: str) -> dict[str, str]:
    """Every text of the page by its key: the child's own without their namespace, the shared ones with it."""
    own = {key.removeprefix(f"{NAMESPACE}."): text for key, text in found.namespace(language, NAMESPACE).items()}
    shared = {key: text for name in SHARED for key, text in found.namespace(language, name).items()}
    return own | shared
