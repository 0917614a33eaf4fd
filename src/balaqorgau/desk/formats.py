"""How a language writes dates and numbers (CLDR, by babel), for browsers: theirs do not know every language."""

from typing import Any

from babel import Locale

from balaqorgau import pack


def formats(language: str) -> dict[str, Any]:
    """Names of the months, the pattern of a date made of `y`, `MMM` and `d`, and the decimal sign."""
    locale = Locale.parse(pack.current().language(language).locale)
    return {
        "months": [locale.months["format"]["abbreviated"][month] for month in range(1, 13)],
        "date": locale.date_formats["medium"].pattern,
        "decimal": locale.number_symbols["latn"]["decimal"],
    }
