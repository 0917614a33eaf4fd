"""Dates and numbers as a language writes them (CLDR, by babel)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal


def day(value: date, locale: str, width: str = "long") -> str:
    """A date, for example `8 June 2022`. `width` is short, medium, long or full."""
    return str(format_date(value, format=width, locale=locale))


def moment(value: datetime, locale: str, zone: ZoneInfo, width: str = "medium") -> str:
    """A date and a time on the wall in a time zone."""
    return str(format_datetime(value, format=width, locale=locale, tzinfo=zone))


def number(value: int | float, locale: str) -> str:
    """A number with the language's separators."""
    return str(format_decimal(value, locale=locale))
