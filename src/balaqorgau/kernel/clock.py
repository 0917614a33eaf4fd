"""The one place that asks what time it is; everything else is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The date on the wall in a time zone, for example "Europe/Oslo"."""
    return datetime.now(ZoneInfo(zone)).date()


def unix(moment: datetime) -> int:
    """Whole seconds since 1970 in UTC."""
    return int(moment.timestamp())
