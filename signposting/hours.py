"""When a service answers: one timetable, and what follows from it.

Pure Python, no database and no clock: the moment is always given. Times of day are
local to Europe/London; everything that is compared with a clock is UTC.
Source of the rules: reference data-standards.md section 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from . import bank_holidays

LONDON = ZoneInfo("Europe/London")
MIDNIGHT = time(0)
AHEAD = 14  # days that a page knows of


class Span(NamedTuple):
    """Opens and closes on one day. A closing time of midnight is the end of that day."""

    opens: time
    closes: time


ALL_DAY = (Span(MIDNIGHT, MIDNIGHT),)


class Day(NamedTuple):
    """What holds on one date: its spans, or None when nobody can say; and why."""

    spans: tuple[Span, ...] | None
    reason: str = ""


@dataclass(frozen=True)
class Closed:
    first: date
    last: date
    reason: str


@dataclass(frozen=True)
class Timetable:
    """A weekly table (Monday is 0), a bank-holiday rule, dated exceptions and closures.

    `on_bank_holidays` is "closed", "same" or "unknown".
    """

    weekly: Mapping[int, tuple[Span, ...]]
    on_bank_holidays: str = "unknown"
    exceptions: Mapping[date, Day] = field(default_factory=dict)
    closures: tuple[Closed, ...] = ()

    def on(self, date: date) -> Day:
        """Return what holds on a date: closure, exception, bank-holiday rule, weekly table."""
        for closure in self.closures:
            if closure.first <= date <= closure.last:
                return Day((), closure.reason)
        if date in self.exceptions:
            return self.exceptions[date]
        weekly = Day(tuple(self.weekly.get(date.weekday(), ())))
        if self.on_bank_holidays == "same":
            return weekly
        if date > bank_holidays.known_until():
            return Day(None)
        if name := bank_holidays.name_of(date):
            closed = self.on_bank_holidays == "closed"
            return Day(() if closed else None, f"bank holiday, {name}")
        return weekly


def bounds(date: date, span: Span) -> tuple[datetime, datetime]:
    """Return when a span of a local date starts and ends, in UTC."""
    last = date + timedelta(days=1) if span.closes == MIDNIGHT else date
    # An hour that comes twice in October belongs to the span whole.
    starts = datetime.combine(date, span.opens, LONDON)
    ends = datetime.combine(last, span.closes, LONDON).replace(fold=1)
    return starts.astimezone(UTC), ends.astimezone(UTC)
