"""What rooms above may ask of second factors and visits."""

from django.conf import settings
from django.db.models import QuerySet

from balaqorgau.accounts.models import Officer
from balaqorgau.signin.models import PASSKEY, TOTP, Factor, Visit

SET = "set"
MISSING = "missing"
ADVISED = "advised"


def factors_of(officer: Officer) -> QuerySet[Factor]:
    """An officer's second factors, the oldest first."""
    return Factor.objects.filter(officer=officer)


def passkeys_of(officer: Officer) -> list[Factor]:
    """Those that are passkeys."""
    return list(factors_of(officer).filter(kind=PASSKEY))


def apps_of(officer: Officer) -> list[Factor]:
    """Those that show six digits."""
    return list(factors_of(officer).filter(kind=TOTP))


def unlockers_of(officer: Officer) -> list[Factor]:
    """The passkeys that open the officer's identity."""
    return [factor for factor in passkeys_of(officer) if factor.wrapped]


def state_of(officer: Officer) -> str:
    """Whether an officer has a second factor, must have one first, or should (example officers may do without)."""
    if factors_of(officer).exists():
        return SET
    return MISSING if settings.SECOND_FACTOR else ADVISED


def visits_of(officer: Officer) -> QuerySet[Visit]:
    """The officer's visits that have not been ended, the newest first."""
    return Visit.objects.filter(officer=officer, ended_at=None).order_by("-began_at")
