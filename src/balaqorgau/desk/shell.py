"""What the console's one document carries: words, names and limits, the same for every officer, nothing of any appeal."""

from typing import Any

from django.conf import settings

from balaqorgau import pack
from balaqorgau.appeals import limits
from balaqorgau.desk import aside
from balaqorgau.desk.formats import formats
from balaqorgau.desk.replying import replying
from balaqorgau.places import queries as places

NAMESPACES = ("console", "signin", "keys", "inbox", "reply", "aside", "erase")
WAKING = ("unset", "stalled", "own", "no_address", "unreached", "colleagues")


def languages() -> tuple[str, ...]:
    """The pack's languages, the first first."""
    return tuple(pack.current().languages)


def language_of(wanted: str) -> str:
    """The wanted language if the pack has it, else the pack's first."""
    return wanted if wanted in languages() else languages()[0]


def context(language: str) -> dict[str, Any]:
    """What the page's templates need; `bootstrap` is what its islands read."""
    return {
        "language": language,
        "languages": [(code, pack.current().language_name(code)) for code in languages()],
        "example": settings.EXAMPLE,
        "draft": not all(pack.current().is_reviewed(language, name) for name in NAMESPACES),
        "waking": {"notices": [{"code": code, "text": wording(language, code)} for code in WAKING]},
        "bootstrap": bootstrap(language),
    }


def wording(language: str, code: str) -> str:
    """A notice of the banner about being woken."""
    return pack.current().text(language, f"waking.banner.{code}")


def bootstrap(language: str) -> dict[str, Any]:
    """Words and tables for the islands."""
    country = pack.current()
    return {
        "language": language,
        "texts": {key: said for name in NAMESPACES for key, said in country.namespace(language, name).items()},
        "reasons": country.reason_labels(language),
        "aside": list(aside.reasons()),
        "erasures": country.erasure_bases(language),
        "about": country.about_labels(language),
        "conflicts": country.conflicts,
        "languages": {code: country.language_name(code) for code in languages()},
        "regions": country.region_names(language),
        "limits": limits.for_page(),
        "formats": formats(language),
        "reply": replying(language),
    }


def schools(region: str, language: str) -> dict[str, str]:
    """The name of every school of a region by its code, retired codes included."""
    return places.school_names(region, language)
