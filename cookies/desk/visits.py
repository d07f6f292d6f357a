"""The daily sums as staff see them: rounded, so that nobody is picked out, and as a small chart.

A sum below ten says only that, none included; every other is rounded to the next ten. Sums
of sums are rounded from what was rounded, so that no difference gives a small one away.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from ..models import DailyReads

FEW = 10
# Of the chart: the height of its highest bar, and from one bar to the next.
HEIGHT, STEP, GAP = 60, 20, 4


@dataclass(frozen=True)
class Day:
    """One day's sums, rounded: None is fewer than ten."""

    day: date
    reads: int | None
    visits: int | None


@dataclass(frozen=True)
class Bar:
    """One bar of the chart in its own units; `few` is one of fewer than ten."""

    x: int
    y: float
    width: int
    height: float
    few: bool


def rounded(number):
    """Return a sum as staff may have it: to the next ten, or None below ten."""
    return None if number < FEW else (number + FEW // 2) // FEW * FEW


def in_words(number):
    return f"fewer than {FEW}" if number is None else f"{number:,}"


def by_day(last, days):
    """Return the Days up to `last`, the oldest first, of all pages together."""
    first = last - timedelta(days=days - 1)
    rows = DailyReads.objects.filter(day__range=(first, last)).order_by().values("day")
    sums = {row["day"]: row for row in rows.annotate(r=Sum("reads"), v=Sum("visits"))}
    nothing = {"r": 0, "v": 0}
    return [
        Day(day, rounded(found["r"]), rounded(found["v"]))
        for day in (first + timedelta(days=number) for number in range(days))
        for found in [sums.get(day, nothing)]
    ]


def of_page(path, most):
    """Return the Days on which a page was counted, the oldest first, and at most so many."""
    rows = DailyReads.objects.filter(path=path).order_by("-day")[:most]
    return [Day(row.day, rounded(row.reads), rounded(row.visits)) for row in reversed(rows)]


def total(numbers):
    """Return the sum of rounded numbers, or None if it is below ten."""
    return sum(number or 0 for number in numbers) or None


def bars(days):
    """Return the Bars of the times read, in the order of the days."""
    most = max((day.reads or 0 for day in days), default=0) or FEW
    heights = [(day.reads or 0) / most * HEIGHT or 2 for day in days]
    return [
        Bar(place * STEP, HEIGHT - height, STEP - GAP, height, day.reads is None)
        for place, (day, height) in enumerate(zip(days, heights, strict=True))
    ]


def chart(days):
    """Return what the template cookies/_chart.html draws."""
    most = max(days, key=lambda day: day.reads or 0)
    return {
        "days": [(day.day, in_words(day.reads), in_words(day.visits)) for day in days],
        "bars": bars(days),
        "width": len(days) * STEP - GAP,
        "height": HEIGHT,
        "most": most if most.reads else None,
        "reads": in_words(total(day.reads for day in days)),
        "visits": in_words(total(day.visits for day in days)),
    }
