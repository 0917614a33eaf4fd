"""The example country: desks with keys and officers, schools that say they do not exist."""

from pathlib import Path

from django.conf import settings

from balaqorgau import pack
from balaqorgau.accounts import examples
from balaqorgau.accounts.queries import ExamplePassphrase
from balaqorgau.kernel.signer import OPERATOR
from balaqorgau.places import actions as places


def create_example() -> list[ExamplePassphrase]:
    """Everything the example country needs; returns the passphrases that were made, none the second time."""
    country = pack.current()
    first = country.languages[0]
    places.create_example_schools(country, by=OPERATOR)
    officer = examples.Country(
        first, country.words(first), country.text(first, "console.example_officer", number="{number}")
    )
    return examples.create_example_desks(officer, var=Path(settings.VAR))
