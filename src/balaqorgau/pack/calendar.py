"""The country's non-working days: public holidays of the `holidays` library, weekends, and what was decreed beside them."""

from datetime import date, timedelta

import holidays

from balaqorgau.kernel.workdays import WorkCalendar
from balaqorgau.pack.model import CalendarRules

DAY = timedelta(days=1)


def work_calendar(rules: CalendarRules) -> WorkCalendar:
    """Every non-working date of the years that the pack names; a weekend day that was declared a working day is none."""
    years = range(rules.first_year, rules.last_year + 1)
    public = holidays.country_holidays(rules.country, subdiv=rules.subdivision or None, years=years)
    first, last = date(rules.first_year, 1, 1), date(rules.last_year, 12, 31)
    every = (first + DAY * number for number in range((last - first).days + 1))
    weekend = {day for day in every if day.weekday() in rules.weekend}
    shifted = rules.also_working | getattr(public, "weekend_workdays", set())
    return WorkCalendar(
        frozenset((weekend - shifted) | set(public) | rules.also_free) - rules.also_working, first, last
    )


def is_known(country: str, subdivision: str) -> bool:
    """Whether the library knows the country and, if one is named, its part."""
    parts = holidays.list_supported_countries().get(country)
    return parts is not None and (not subdivision or subdivision in parts)
