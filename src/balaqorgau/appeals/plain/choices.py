"""What the plain form offers: the same as the child's page, in the reader's language."""

from dataclasses import dataclass

from balaqorgau import pack
from balaqorgau.appeals.publish import AGES, SAFE, WHOS


@dataclass(frozen=True)
class Choices:
    """Codes and their words, in the order shown."""

    regions: dict[str, str]
    reasons: dict[str, str]
    about: dict[str, str]
    safe: dict[str, str]
    ages: dict[str, str]
    whos: dict[str, str]


def choices(language: str) -> Choices:
    """Everything that can be chosen."""
    country = pack.current()
    labels = country.reason_labels(language)
    return Choices(
        regions=country.region_names(language),
        reasons={reason.id: labels[reason.id] for reason in country.offered_reasons},
        about=country.about_labels(language),
        safe={code: country.text(language, f"child.safe.{code}") for code in SAFE},
        ages={code: country.text(language, f"child.{key}") for code, key in AGES},
        whos={code: country.text(language, f"child.{key}") for code, key in WHOS},
    )
