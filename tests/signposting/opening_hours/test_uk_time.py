"""Times are what clocks in the United Kingdom show, right through both changes of the clocks."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from signposting.opening_hours import uk_time

FORWARD, BACK = date(2027, 3, 28), date(2027, 10, 31)


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (date(2024, 4, 22), time(9), datetime(2024, 4, 22, 8, tzinfo=UTC)),
        (date(2026, 11, 22), time(9), datetime(2026, 11, 22, 9, tzinfo=UTC)),
        (FORWARD, time(0, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (FORWARD, time(2), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (BACK, time(0, 59), datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        (BACK, time(2), datetime(2027, 10, 31, 2, tzinfo=UTC)),
    ],
)
def test_a_time_on_the_clock_is_one_moment(day, clock, utc):
    assert uk_time.moment(day, clock) == utc


@pytest.mark.parametrize("clock", [time(1), time(1, 30), time(1, 59)])
def test_a_time_that_is_left_out_or_comes_twice_is_refused(clock):
    with pytest.raises(ValidationError, match="clocks go forward on Sunday 28 March 2027"):
        uk_time.moment(FORWARD, clock)
    with pytest.raises(ValidationError, match="comes twice that day"):
        uk_time.moment(BACK, clock)


@pytest.mark.parametrize(
    ("utc", "words"),
    [
        (datetime(2024, 4, 22, 8, tzinfo=UTC), "9am on Monday 22 April 2024"),
        (datetime(2026, 11, 22, 17, 30, tzinfo=UTC), "5:30pm on Sunday 22 November 2026"),
        (datetime(2026, 11, 22, 12, tzinfo=UTC), "midday on Sunday 22 November 2026"),
        (datetime(2026, 11, 22, 0, tzinfo=UTC), "midnight at the start of Sunday 22 November 2026"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "1:30am (before the clocks go back) on Sunday 31 October 2027"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "1:30am (after the clocks go back) on Sunday 31 October 2027"),
    ],
)  # fmt: skip
def test_a_moment_in_words(utc, words):
    assert uk_time.words(utc) == words


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))
def test_every_moment_has_words_of_its_own_and_every_accepted_time_comes_back(naive):
    moment = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    assert uk_time.words(moment) != uk_time.words(moment + timedelta(hours=1))
    local = moment.astimezone(uk_time.LONDON)
    try:
        assert uk_time.moment(local.date(), local.time()) == moment
    except ValidationError:
        assert (local.date().month, local.hour) in {(3, 1), (10, 1)}
