"""Moments at which a clock that is an hour wrong shows another day."""

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
