"""What is known of each National Stalking Awareness Week: days, theme, source and grade.

A year of which nothing is settled is not in weeks.toml, and nothing is shown of it.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import timezone

from ..models import Kind, Release

FILE = Path(__file__).parent / "weeks.toml"
# The week is in April; who begins in January has time to ask and to write.
REMIND = (1, 2, 3, 4)
ASK = (
    "National Stalking Awareness Week {year}: there is no campaign page for it yet. {known} "
    "Write the page when somebody has confirmed the days."
)


@dataclass(frozen=True)
class Week:
    """One week: its days, its theme or "", where it was read, and the grade of that."""

    first_day: date
    last_day: date
    theme: str
    source: str
    grade: str


@cache
def weeks() -> dict[int, Week]:
    """Return year -> Week of what is settled."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {int(year): Week(**{"theme": "", **row}) for year, row in found.items()}


def due(moment):
    """Return what editors have to do about the week of this year at an aware moment."""
    today = timezone.localdate(moment)
    if today.month not in REMIND or has_campaign(today.year, moment):
        return []
    week = weeks().get(today.year)
    if week and week.last_day < today:
        return []
    known = "Nobody has told us its days or its theme: ask the Suzy Lamplugh Trust, who lead it."
    if week:
        known = (
            f"It is from {week.first_day:%-d %B} to {week.last_day:%-d %B} (grade: {week.grade}; "
            f"{week.source})."
        )
    return [ASK.format(year=today.year, known=known)]


def has_campaign(year, moment):
    """Return whether readers have a campaign of a year, or will have one."""
    of_year = Release.objects.standing().filter(kind=Kind.CAMPAIGN, first_day__year=year)
    return of_year.exists()
