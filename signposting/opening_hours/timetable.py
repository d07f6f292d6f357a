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
ONE_DAY = timedelta(days=1)
# Where a weekday stands: after Sunday, the bank holidays.
BANK_HOLIDAY = 7
NTH = ("first", "second", "third", "fourth")


class Span(NamedTuple):
    """A session: it opens on its day, and closes on that day or, if not later, on the next.

    So a closing time of midnight is the end of the day, and midnight to midnight is all of it.
    """

    opens: time
    closes: time

    @property
    def is_over_midnight(self):
        """Whether it goes on into the next day."""
        return self.closes <= self.opens and self.closes != MIDNIGHT


ALL_DAY = (Span(MIDNIGHT, MIDNIGHT),)


class Day(NamedTuple):
    """What holds on one date: the spans that open on it, or None when nobody can say; and why."""

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
class Rule:
    """The hours of a weekday (Monday is 0) in some weeks, or from one date to another.

    `weeks` is "every", "first" to "fourth" or "last" of the month, or "other": every other
    week, beginning with the week of `first`. Rules with the same two dates are one table.
    """

    day: int
    spans: tuple[Span, ...]
    weeks: str = "every"
    first: date | None = None
    last: date | None = None

    @property
    def dates(self):
        """The dates of its table; a start of every other week alone makes none."""
        return (None if self.weeks == "other" and not self.last else self.first, self.last)

    def is_on(self, date: date) -> bool:
        """Return whether a date of its table is a day of it."""
        if date.weekday() != self.day:
            return False
        if self.weeks in NTH:
            return (date.day - 1) // 7 == NTH.index(self.weeks)
        if self.weeks == "last":
            return (date + timedelta(days=7)).month != date.month
        if self.weeks == "other":
            weeks = (monday_of(date) - monday_of(self.first)).days // 7
            return weeks >= 0 and weeks % 2 == 0
        return True


def monday_of(date):
    return date - timedelta(days=date.weekday())


@dataclass(frozen=True)
class Timetable:
    """A weekly table (Monday is 0), a bank-holiday rule, dated exceptions and closures.

    `on_bank_holidays` is "closed", "same", "christmas" (closed on Christmas Day alone),
    "other" (`bank_holiday_spans`) or "unknown". `rules` are for some weeks, or for later:
    the table that began last takes the place of the others.
    """

    weekly: Mapping[int, tuple[Span, ...]]
    on_bank_holidays: str = "unknown"
    exceptions: Mapping[date, Day] = field(default_factory=dict)
    closures: tuple[Closed, ...] = ()
    rules: tuple[Rule, ...] = ()
    bank_holiday_spans: tuple[Span, ...] = ()
    division: str = bank_holidays.HERE

    def from_day(self, day: date) -> "Timetable":
        """Return it without what was over before a date; a table that has begun is the week."""
        exceptions = {date: each for date, each in self.exceptions.items() if date >= day}
        closures = tuple(closure for closure in self.closures if closure.last >= day)
        rules = tuple(rule for rule in self.rules if not rule.last or rule.last >= day)
        found = replace(self, exceptions=exceptions, closures=closures, rules=rules)
        first, last = found.dates_on(day)
        if first and not last:
            base = {
                r.day: r.spans for r in rules if r.dates == (first, None) and r.weeks == "every"
            }
            kept = tuple(
                replace(rule, first=None) if rule.weeks != "other" else rule
                for rule in rules
                if rule.dates == (first, None) and rule.weeks != "every"
            )
            later = tuple(r for r in rules if r.dates[0] and r.dates[0] > first)
            return replace(found, weekly=base, rules=kept + later)
        return found

    def on_a_weekday(self, day: int) -> tuple[Span, ...]:
        return tuple(self.weekly.get(day, ()))

    def dates_on(self, date: date):
        """Return the two dates of the table that holds on a date: (None, None) is the usual."""
        tables = {rule.dates for rule in self.rules} - {(None, None)}
        held = [
            (first, last)
            for first, last in tables
            if (not first or first <= date) and (not last or date <= last)
        ]
        # The one that began last; of two, the one that ends sooner is the exception.
        return max(
            held,
            key=lambda dates: (dates[0] or date.min, -(dates[1] or date.max).toordinal()),
            default=(None, None),
        )

    def usual(self, date: date) -> tuple[Span, ...] | None:
        """Return what holds on a date but for closures, exceptions and bank holidays."""
        dates = self.dates_on(date)
        rules = [rule for rule in self.rules if rule.dates == dates]
        if dates == (None, None):
            # Only tables for a time, and none of them for this date: nobody says what holds.
            if self.rules and not rules and not self.weekly:
                return None
            every = self.on_a_weekday(date.weekday())
        else:
            every = tuple(
                span for r in rules if r.weeks == "every" and r.is_on(date) for span in r.spans
            )
        some = [rule.spans for rule in rules if rule.weeks != "every" and rule.is_on(date)]
        return tuple(sorted(span for spans in some for span in spans)) if some else every

    def on(self, date: date) -> Day:
        """Return what holds on a date: closure, exception, bank-holiday rule, weekly table."""
        for closure in self.closures:
            if closure.first <= date <= closure.last:
                return closure.day
        if date in self.exceptions:
            return self.exceptions[date]
        usual = Day(self.usual(date))
        if self.on_bank_holidays == "same":
            return usual
        if self.on_bank_holidays == "christmas":
            christmas = (date.month, date.day) == (12, 25)
            return Day((), "Christmas Day") if christmas else usual
        if date > bank_holidays.known_until(self.division):
            return Day(None)
        if not bank_holidays.name_of(date, self.division):
            return usual
        spans = {"closed": (), "other": self.bank_holiday_spans}.get(self.on_bank_holidays)
        return Day(spans, "bank holiday")


def bounds(date: date, span: Span) -> tuple[datetime, datetime]:
    """Return when a span of a local date starts and ends, in UTC."""
    last = date + ONE_DAY if span.closes <= span.opens else date
    # An hour that comes twice in October belongs to the span whole.
    return instant(date, span.opens, fold=0), instant(last, span.closes, fold=1)


def instant(date: date, at: time, fold: int) -> datetime:
    """Return when clocks show a time, the first (fold 0) or second time, in UTC.

    A time that March leaves out is when the clocks go forward.
    """
    found = datetime.combine(date, at, LONDON).replace(fold=fold).astimezone(UTC)
    if found.astimezone(LONDON).time() == at:
        return found
    return datetime.combine(date, at, LONDON).astimezone(UTC).replace(minute=0, second=0)


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

    A session of the evening before goes on, whatever this day is. It all ends before the
    first day of which nobody can say.
    """
    first = moment.astimezone(LONDON).date()
    begins = start_of(first)
    evening = timetable.on(first - ONE_DAY).spans
    if evening is None:
        # Nobody knows whether last night's session began: until it would be over, nothing is said.
        perhaps = timetable.usual(first - ONE_DAY) or ()
        begins = max([begins, *(bounds(first - ONE_DAY, span)[1] for span in perhaps)])
    known, found = [], [bounds(first - ONE_DAY, span) for span in evening or ()]
    for local in (first + timedelta(days=n) for n in range(days)):
        day = timetable.on(local)
        if day.spans is None:
            break
        known.append((start_of(local) if known else begins, local, day))
        found += [bounds(local, span) for span in day.spans]
    until = start_of(first + timedelta(days=len(known)))
    spans = []
    for starts, ends in sorted(found):
        starts, ends = max(starts, begins), min(ends, until)
        # Two that meet at midnight are one: nothing changes there.
        if spans and spans[-1][1] >= starts:
            spans[-1] = (spans[-1][0], max(ends, spans[-1][1]))
        # A span inside the hour that March leaves out is no span.
        elif ends > starts:
            spans.append((starts, ends))
    return Ahead(tuple(known), tuple(spans), until)
