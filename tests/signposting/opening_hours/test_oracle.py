"""What an independent library says of the same hours, at every quarter hour of two years.

Its answers are kept as a file: see tests/oracle/make. Where it says something else than this
site, the difference stands here with its reason, and nothing else may differ.
"""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest

from signposting.opening_hours.timetable import LONDON, bounds, start_of
from tests.oracle.questions import TIMETABLES, questions

ORACLE = json.loads((Path(__file__).parents[2] / "oracle" / "answers.json").read_text())
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
QUARTERS = 730 * 96
QUARTER = timedelta(minutes=15)
CLOSED, OPEN, UNKNOWN = 0, 1, 2


def theirs(name):
    return [state for length, state in ORACLE["answers"][name] for _ in range(length)]


def ours(timetable):
    """Return the state of every quarter hour, from the days of a timetable."""
    states = [CLOSED] * QUARTERS
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(-1, 730)]

    def put(starts, ends, state):
        for n in range(quarter(starts), quarter(ends)):
            states[n] = state

    for day in days:
        if timetable.on(day).spans is None:
            put(start_of(day), start_of(day + timedelta(days=1)), UNKNOWN)
    for day in days:
        for span in timetable.on(day).spans or ():
            put(*bounds(day, span), OPEN)
    return states


def quarter(moment):
    """Return the number of the first quarter hour that begins at a moment or later."""
    return min(max(0, -((FIRST - moment) // QUARTER)), QUARTERS)


def differing_days(name):
    """Return the local dates on which a quarter hour is different, in order."""
    pairs = enumerate(zip(ours(TIMETABLES[name]), theirs(name), strict=True))
    wrong = [FIRST + n * QUARTER for n, (own, other) in pairs if own != other]
    return [str(day) for day, _ in groupby(wrong, lambda at: at.astimezone(LONDON).date())]


# The whole list, each with its reason.
DIFFERENCES = {
    # The library goes back 24 hours on a Sunday of 23, and takes Saturday's night for Sunday's.
    "over midnight": ["2026-03-30", "2027-03-29"],
    # To the library "PH off" cuts the night that began on the evening before, and the morning
    # after a bank holiday belongs to an evening that was off. Here a session is its evening's.
    "over midnight, closed": [
        *["2026-01-01", "2026-01-02", "2026-04-03", "2026-04-04", "2026-04-06", "2026-04-07"],
        *["2026-05-04", "2026-05-05", "2026-05-25", "2026-05-26", "2026-08-31", "2026-09-01"],
        *["2026-12-25", "2026-12-27", "2026-12-28", "2026-12-29", "2027-01-01", "2027-01-02"],
        *["2027-03-26", "2027-03-27", "2027-03-29", "2027-03-30", "2027-05-03", "2027-05-04"],
        *["2027-05-31", "2027-06-01", "2027-08-30", "2027-08-31", "2027-12-25", "2027-12-29"],
    ],
    # A close at 1:30 on the night when 1:30 comes twice: here the second, there the first.
    "in the doubled hour": ["2026-10-25", "2027-10-31"],
}


def test_the_file_answers_what_is_asked():
    assert ORACLE["questions"] == questions(), "run tests/oracle/make"
    assert (ORACLE["library"], ORACLE["version"]) == ("opening_hours (npm)", "3.15.0")
    assert date.fromisoformat(ORACLE["date"])
    assert all(sum(n for n, _ in runs) == QUARTERS for runs in ORACLE["answers"].values())


@pytest.mark.parametrize("name", TIMETABLES)
def test_every_quarter_hour_is_as_the_oracle_says(name):
    assert differing_days(name) == DIFFERENCES.get(name, [])
