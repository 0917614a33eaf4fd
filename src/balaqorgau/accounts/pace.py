"""How fast one account may be guessed at: slower with every failure, never closed, and never for the whole desk."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from balaqorgau.accounts.credentials import name_mark
from balaqorgau.accounts.models import Failures

FREE: Final = 3
LONGEST: Final = timedelta(seconds=30)
FORGOTTEN: Final = timedelta(hours=1)


def delay_after(failures: int, longest: timedelta = LONGEST) -> timedelta:
    """How long to wait after so many failures in a row: nothing for three, then 1, 2, 4 … up to the longest."""
    return timedelta(0) if failures < FREE else min(timedelta(seconds=2 ** min(failures - FREE, 10)), longest)


def seconds_to_wait(username: str, *, now: datetime, longest: timedelta = LONGEST) -> int:
    """Whole seconds until this name may be tried again; 0 when it may be now."""
    row = Failures.objects.filter(name=name_mark(username)).first()
    if row is None:
        return 0
    left = row.last_at + delay_after(row.count, longest) - now
    return max(0, -(-left // timedelta(seconds=1)))


@transaction.atomic
def failed(username: str, *, now: datetime) -> None:
    """Count a failure; after an hour of peace counting begins anew."""
    row, _ = Failures.objects.select_for_update().get_or_create(name=name_mark(username), defaults={"last_at": now})
    row.count = 1 if now - row.last_at > FORGOTTEN else row.count + 1
    row.last_at = now
    row.save()


def succeeded(username: str) -> None:
    """Forget a name's failures."""
    Failures.objects.filter(name=name_mark(username)).delete()


def forget_old(*, now: datetime) -> int:
    """Remove counts that no longer slow anything; how many."""
    return Failures.objects.filter(last_at__lt=now - FORGOTTEN).delete()[0]
