"""Moments at which a clock that is an hour wrong shows another day, and what it should show."""

from datetime import UTC, date, datetime

import pytest


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# In 2026 the clocks go forward on 29 March and back on 25 October, both at 1:00 UTC.
DAYS = [
    ("2026-06-30 23:30", date(2026, 7, 1)),
    ("2026-07-01 22:30", date(2026, 7, 1)),
    ("2026-10-24 23:30", date(2026, 10, 25)),
    ("2026-10-25 23:30", date(2026, 10, 25)),
    ("2026-03-28 23:30", date(2026, 3, 28)),
    ("2026-03-29 23:30", date(2026, 3, 30)),
]
on_each_day = pytest.mark.parametrize(("moment", "day"), [(utc(text), day) for text, day in DAYS])
# What a clock on a wall shows: in July, twice in October, and on either side of what March lacks.
CLOCKS = [
    ("2026-07-01 11:30", "12:30pm on Wednesday 1 July 2026"),
    ("2026-10-25 00:30", "1:30am on Sunday 25 October 2026"),
    ("2026-10-25 01:30", "1:30am on Sunday 25 October 2026"),
    ("2026-03-29 00:30", "12:30am on Sunday 29 March 2026"),
    ("2026-03-29 01:30", "2:30am on Sunday 29 March 2026"),
]
