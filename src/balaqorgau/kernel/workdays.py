"""Working-day arithmetic. A calendar is data; nothing here knows a country."""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


class BeyondCalendar(ValueError):
    """A day was asked for that the calendar does not cover; guessing would make a wrong deadline."""


@dataclass(frozen=True)
class WorkCalendar:
    """Non-working dates and the span they are complete for, `first` and `last` included."""

    off: frozenset[date]
    first: date
    last: date

    def is_working(self, day: date) -> bool:
        """Whether people work on a day; raises BeyondCalendar."""
        if not self.first <= day <= self.last:
            raise BeyondCalendar(f"the working calendar covers {self.first} to {self.last}, not {day}")
        return day not in self.off

    def next_working(self, day: date) -> date:
        """The day itself if it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += DAY
        return day

    def after(self, day: date, working_days: int) -> date:
        """The last of so many working days, the first of which is the one after `day`."""
        if working_days < 0:
            raise ValueError("a number of working days is not negative")
        for _ in range(working_days):
            day = self.next_working(day + DAY)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`."""
        days = (start + DAY * number for number in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in days)
