"""When a service answers: one timetable, and what follows from it.

Pure Python, no database and no clock: the moment is always given. Times of day are
local to Europe/London; everything that is compared with a clock is UTC.
Source of the rules: reference data-standards.md section 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from . import bank_holidays
from .uk_time import LONDON, MIDNIGHT, start_of

AHEAD = 14  # days that a page knows of
DAY = 24 * 60  # minutes


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

    @property
    def day(self):
        return Day((), self.reason)


@dataclass(frozen=True)
class Timetable:
    """A weekly table (Monday is 0), a bank-holiday rule, dated exceptions and closures.

    `on_bank_holidays` is "closed", "same" or "unknown".
    """

    weekly: Mapping[int, tuple[Span, ...]]
    on_bank_holidays: str = "unknown"
    exceptions: Mapping[date, Day] = field(default_factory=dict)
    closures: tuple[Closed, ...] = ()

    def from_day(self, day: date) -> "Timetable":
        """Return it without the exceptions and closures that were over before a date."""
        return replace(
            self,
            exceptions={date: each for date, each in self.exceptions.items() if date >= day},
            closures=tuple(closure for closure in self.closures if closure.last >= day),
        )

    def on_a_weekday(self, day: int) -> tuple[Span, ...]:
        return tuple(self.weekly.get(day, ()))

    def is_open_on(self, day: int, start: time | None = None, end: time | None = None) -> bool:
        """Return whether the usual week is open on a weekday from `start` to `end`, throughout.

        An end at or before the start is on the next morning; with one of the two it is that
        minute, and with neither any time of the day.
        """
        if start is None and end is None:
            return bool(self.on_a_weekday(day))
        begins = minutes_into(start if start is not None else end)
        ends = begins + 1
        if start is not None and end is not None:
            ends = minutes_into(end) + (DAY if end <= start else 0)
        return any(s <= day * DAY + begins and day * DAY + ends <= e for s, e in self.week())

    def week(self):
        """Return the sessions of two usual weeks as minutes since the first Monday, joined.

        Sessions that meet are one; the second week is there for a Sunday night.
        """
        found = []
        for day in range(-1, 15):
            for span in self.on_a_weekday(day % 7):
                begins, ends = minutes_into(span.opens), minutes_into(span.closes)
                ends += DAY if span.closes <= span.opens else 0
                session = [day * DAY + begins, day * DAY + ends]
                if found and session[0] <= found[-1][1]:
                    found[-1][1] = max(found[-1][1], session[1])
                else:
                    found.append(session)
        return found

    def on(self, date: date) -> Day:
        """Return what holds on a date: closure, exception, bank-holiday rule, weekly table."""
        for closure in self.closures:
            if closure.first <= date <= closure.last:
                return closure.day
        if date in self.exceptions:
            return self.exceptions[date]
        weekly = Day(self.on_a_weekday(date.weekday()))
        if self.on_bank_holidays == "same":
            return weekly
        if date > bank_holidays.known_until():
            return Day(None)
        if bank_holidays.name_of(date):
            return Day(() if self.on_bank_holidays == "closed" else None, "bank holiday")
        return weekly


def minutes_into(at: time) -> int:
    """Return the minutes from midnight to a time of day."""
    return at.hour * 60 + at.minute


def bounds(date: date, span: Span) -> tuple[datetime, datetime]:
    """Return when a span of a local date starts and ends, in UTC."""
    last = date + timedelta(days=1) if span.closes == MIDNIGHT else date
    # An hour that comes twice in October belongs to the span whole.
    starts = datetime.combine(date, span.opens, LONDON)
    ends = datetime.combine(last, span.closes, LONDON).replace(fold=1)
    return starts.astimezone(UTC), ends.astimezone(UTC)


@dataclass(frozen=True)
class Ahead:
    """What is known of the days ahead, in UTC, for a clock to be compared with.

    `days` are the starts of the local days; `spans` are sorted and never touch; from
    `until` on nothing is claimed.
    """

    days: tuple[tuple[datetime, date, Day], ...]
    spans: tuple[tuple[datetime, datetime], ...]
    until: datetime


def look_ahead(timetable: Timetable, moment: datetime, days: int = AHEAD) -> Ahead:
    """Return what holds from the start of the local day of an aware moment, day by day.

    It ends before the first day of which nobody can say.
    """
    first = moment.astimezone(LONDON).date()
    known, spans = [], []
    for local in (first + timedelta(days=n) for n in range(days)):
        day = timetable.on(local)
        if day.spans is None:
            break
        known.append((start_of(local), local, day))
        for starts, ends in (bounds(local, span) for span in day.spans):
            # Two that meet at midnight are one: nothing changes there.
            if spans and spans[-1][1] >= starts:
                spans[-1] = (spans[-1][0], max(ends, spans[-1][1]))
            # A span inside the hour that March leaves out is no span.
            elif ends > starts:
                spans.append((starts, ends))
    return Ahead(tuple(known), tuple(spans), start_of(first + timedelta(days=len(known))))
