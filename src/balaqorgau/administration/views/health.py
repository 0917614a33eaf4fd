"""Whether the installation is well."""

from django.http import HttpRequest, HttpResponse

from balaqorgau.accounts.models import Officer
from balaqorgau.administration import health as checking
from balaqorgau.administration.doors import administrator, page
from balaqorgau.desk import shell
from balaqorgau.kernel import clock


@administrator("GET")
def health(request: HttpRequest, *, by: Officer) -> HttpResponse:
    """Each check with its sentence, and what to do."""
    language = shell.language_of(by.language)
    checks = [
        {"check": one, "words": one.words(language), "advice": one.advice(language)}
        for one in checking.checks(language, now=clock.now())
    ]
    return page(request, "health.html", by, {"checks": checks})
