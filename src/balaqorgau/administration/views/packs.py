"""The country pack that this installation runs with, and what of it waits for a native speaker."""

from collections import Counter

from django.http import HttpRequest, HttpResponse

from balaqorgau import __version__, pack
from balaqorgau.accounts.models import Officer
from balaqorgau.administration.doors import administrator, page
from balaqorgau.desk import shell


@administrator("GET")
def pack_page(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """Version, languages, what awaits review."""
    country, language = pack.current(), shell.language_of(by.language)
    waiting = Counter((text.language, text.file) for text in country.unread_texts())
    context = {
        "program": __version__,
        "id": country.id,
        "country": country.names[language],
        "fingerprint": country.fingerprint,
        "languages": [
            {
                "code": code,
                "name": country.language_name(code),
                "waiting": [(file, n) for (said, file), n in sorted(waiting.items()) if said == code],
                "total": sum(n for (said, _), n in waiting.items() if said == code),
            }
            for code in country.languages
        ],
    }
    return page(request, "pack.html", by, context)
