"""When a service is open: cases by hand, and every quarter hour of two years."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signposting.opening_hours import bank_holidays
from signposting.opening_hours.open_now import say
from signposting.opening_hours.timetable import (
    ALL_DAY,
    LONDON,
    Closed,
    Day,
    Rule,
    Span,
    Timetable,
    look_ahead,
)


def at(text):
    """Return "2026-12-25 09:30" on London's clocks as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def spans(*texts):
    return tuple(Span(*(time.fromisoformat(t) for t in text.split("-"))) for text in texts)


SHORT, LONG = spans("09:30-16:00"), spans("09:30-20:00")
HELPLINE = Timetable({0: LONG, 1: SHORT, 2: LONG, 3: SHORT, 4: SHORT}, "closed")
ALWAYS = Timetable(dict.fromkeys(range(7), ALL_DAY), "same")
UNKNOWN_HOLIDAYS = Timetable(HELPLINE.weekly, "unknown")

# England and Wales, from gov.uk/bank-holidays, and the feasts that fall on a weekend.
HOLIDAYS = [
    *["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31"],
    *["2026-12-25", "2026-12-26", "2026-12-28"],
    *["2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30"],
    *["2027-12-25", "2027-12-26", "2027-12-27", "2027-12-28"],
]


def test_the_bank_holidays_are_those_of_gov_uk_and_the_feasts_themselves():
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(730))
    assert [f"{day}" for day in days if bank_holidays.name_of(day)] == HOLIDAYS


def test_a_year_of_the_list_is_left():
    # Time alone makes this fail: then bring govuk-bank-holidays up to date.
    assert bank_holidays.known_until() > date.today() + timedelta(days=365)


@pytest.mark.parametrize(
    ("timetable", "now", "words"),
    [
        (HELPLINE, "2026-11-23 09:29", "Closed now. Opens at 9:30am today."),
        (HELPLINE, "2026-11-23 09:30", "Open now. Closes at 8pm."),
        (HELPLINE, "2026-11-23 19:59", "Open now. Closes at 8pm."),
        (HELPLINE, "2026-11-23 20:00", "Closed now. Opens at 9:30am tomorrow."),
        (HELPLINE, "2026-11-27 16:00", "Closed now. Opens at 9:30am on Monday."),
        # Good Friday to Easter Monday.
        (HELPLINE, "2026-04-03 10:00", "Closed today, bank holiday. Opens at 9:30am on Tuesday."),
        (HELPLINE, "2026-04-06 10:00", "Closed today, bank holiday. Opens at 9:30am tomorrow."),
        (HELPLINE, "2026-05-04 10:00", "Closed today, bank holiday. Opens at 9:30am tomorrow."),
        (HELPLINE, "2026-05-25 10:00", "Closed today, bank holiday. Opens at 9:30am tomorrow."),
        (HELPLINE, "2026-08-31 10:00", "Closed today, bank holiday. Opens at 9:30am tomorrow."),
        # Boxing Day 2026 is a Saturday, its substitute the Monday.
        (HELPLINE, "2026-12-24 16:00", "Closed now. Opens at 9:30am on Tuesday."),
        (HELPLINE, "2026-12-25 10:00", "Closed today, bank holiday. Opens at 9:30am on Tuesday."),
        (HELPLINE, "2026-12-26 10:00", "Closed today, bank holiday. Opens at 9:30am on Tuesday."),
        (HELPLINE, "2026-12-27 10:00", "Closed now. Opens at 9:30am on Tuesday."),
        (HELPLINE, "2027-01-01 10:00", "Closed today, bank holiday. Opens at 9:30am on Monday."),
        # Both clock changes: 29 March and 25 October 2026.
        (HELPLINE, "2026-03-28 23:00", "Closed now. Opens at 9:30am on Monday."),
        (HELPLINE, "2026-03-30 09:30", "Open now. Closes at 8pm."),
        (HELPLINE, "2026-10-25 12:00", "Closed now. Opens at 9:30am tomorrow."),
        (HELPLINE, "2026-10-26 19:59", "Open now. Closes at 8pm."),
        (ALWAYS, "2026-12-25 03:00", "Open now."),
        # Nobody knows of bank holidays: nothing is claimed from the first one on.
        (UNKNOWN_HOLIDAYS, "2026-12-24 10:00", "Open now. Closes at 4pm."),
        (UNKNOWN_HOLIDAYS, "2026-12-24 16:00", "Closed now."),
        (UNKNOWN_HOLIDAYS, "2026-12-25 10:00", ""),
        # Past the known bank holidays nothing is claimed, whatever the rule for them.
        (HELPLINE, "2028-12-26 10:00", "Closed today, bank holiday."),
        (HELPLINE, "2028-12-27 10:00", ""),
        (ALWAYS, "2028-12-27 10:00", "Open now."),
    ],
)
def test_what_is_said_at_an_instant(timetable, now, words):
    assert say(look_ahead(timetable, at(now)), at(now)) == words


def test_a_dated_exception_comes_before_the_bank_holiday_rule():
    eve = Day(spans("09:30-12:00"), "Christmas Eve")
    open_at_christmas = Day(spans("10:00-14:00"), "Christmas Day")
    timetable = Timetable(
        HELPLINE.weekly,
        "closed",
        {date(2026, 12, 24): eve, date(2026, 12, 25): open_at_christmas},
    )
    ahead = look_ahead(timetable, at("2026-12-23 21:00"))
    assert say(ahead, at("2026-12-24 11:59")) == "Open now. Closes at midday."
    assert say(ahead, at("2026-12-24 12:00")) == "Closed now. Opens at 10am tomorrow."
    assert say(ahead, at("2026-12-25 10:00")) == "Open now. Closes at 2pm."


def test_a_closure_comes_before_everything():
    closed = Closed(date(2026, 11, 24), date(2026, 12, 6), "moving house")
    exception = {date(2026, 11, 25): Day(LONG, "open day")}
    ahead = look_ahead(
        Timetable(HELPLINE.weekly, "closed", exception, (closed,)), at("2026-11-24 09:00")
    )
    words = "Closed today, moving house. Opens at 9:30am on Monday 7 December."
    assert say(ahead, at("2026-11-25 10:00")) == words


NIGHT = Timetable(dict.fromkeys(range(7), spans("18:00-02:00")), "closed")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        # Good Friday 2026 is 3 April.
        ("2026-04-02 23:59", "Open now. Closes at 2am."),
        ("2026-04-03 01:59", "Open now. Closes at 2am."),
        ("2026-04-03 02:00", "Closed today, bank holiday. Opens at 6pm tomorrow."),
        ("2026-04-03 20:00", "Closed today, bank holiday. Opens at 6pm tomorrow."),
        ("2026-04-04 00:30", "Closed now. Opens at 6pm today."),
        ("2026-04-04 18:00", "Open now. Closes at 2am."),
        # Easter Monday: Sunday's night goes on into it, its own never begins.
        ("2026-04-06 01:00", "Open now. Closes at 2am."),
        ("2026-04-07 01:00", "Closed now. Opens at 6pm today."),
        # The clocks go back at 2am on 25 October: the session ends when they show 2 again.
        ("2026-10-25 01:30", "Open now. Closes at 2am."),
    ],
)
def test_a_session_over_midnight_is_of_the_evening_it_began_on(now, words):
    for printed in ("2026-04-01 12:00", "2026-10-20 12:00", now):
        ahead = look_ahead(NIGHT, at(printed))
        if ahead.days[0][0] <= at(now) < ahead.until:
            assert say(ahead, at(now)) == words, printed


def test_nothing_is_said_while_nobody_knows_whether_the_night_began():
    unknown = Timetable(NIGHT.weekly, "unknown")
    ahead = look_ahead(unknown, at("2026-04-07 00:30"))  # after Easter Monday
    assert say(ahead, at("2026-04-07 01:59")) == ""
    assert say(ahead, at("2026-04-07 02:00")) == "Closed now. Opens at 6pm today."


def test_what_goes_on_past_the_last_day_that_is_known_claims_no_end():
    unknown = Timetable(NIGHT.weekly, "unknown")
    ahead = look_ahead(unknown, at("2026-04-02 12:00"))
    assert say(ahead, at("2026-04-02 23:59")) == "Open now."
    assert say(ahead, at("2026-04-03 00:00")) == ""


MONDAYS = Timetable(
    {0: spans("09:00-10:00")},
    "same",
    rules=(
        Rule(0, spans("14:00-15:00"), "first"),
        Rule(1, spans("09:00-12:00"), "last"),
        Rule(2, spans("10:00-11:00"), "other", first=date(2027, 1, 6)),
    ),
)
TERMS = Timetable(
    {},
    "closed",
    rules=(
        Rule(0, spans("09:00-12:00"), first=date(2026, 9, 7), last=date(2026, 12, 18)),
        Rule(0, spans("10:00-12:00"), first=date(2027, 1, 4), last=date(2027, 3, 19)),
    ),
)
LATER = Timetable(
    HELPLINE.weekly, "closed", rules=(Rule(5, spans("10:00-16:00"), first=date(2027, 1, 1)),)
)


@pytest.mark.parametrize(
    ("timetable", "day", "hours"),
    [
        (MONDAYS, "2027-01-04", ("14:00-15:00",)),
        (MONDAYS, "2027-01-11", ("09:00-10:00",)),
        (MONDAYS, "2027-01-26", ("09:00-12:00",)),
        (MONDAYS, "2027-01-19", ()),
        (MONDAYS, "2027-01-06", ("10:00-11:00",)),
        (MONDAYS, "2027-01-13", ()),
        (MONDAYS, "2027-01-20", ("10:00-11:00",)),
        (MONDAYS, "2026-12-23", ()),
        (TERMS, "2026-11-23", ("09:00-12:00",)),
        (TERMS, "2026-11-24", ()),
        (TERMS, "2026-12-21", None),
        (TERMS, "2027-01-11", ("10:00-12:00",)),
        (TERMS, "2027-03-22", None),
        (LATER, "2026-12-31", ("09:30-16:00",)),
        (LATER, "2027-01-02", ("10:00-16:00",)),
        (LATER, "2027-01-04", ()),
    ],
)
def test_hours_of_some_weeks_of_a_term_and_from_a_date(timetable, day, hours):
    expected = hours if hours is None else spans(*hours)
    assert timetable.on(date.fromisoformat(day)).spans == expected


@pytest.mark.parametrize(
    ("rule", "day", "hours"),
    [
        ("christmas", "2026-12-25", ()),
        ("christmas", "2026-12-26", ("10:00-20:00",)),
        ("other", "2026-12-28", ("12:00-14:00",)),
        ("other", "2026-12-29", ("10:00-20:00",)),
    ],
)
def test_other_rules_for_bank_holidays(rule, day, hours):
    every = dict.fromkeys(range(7), spans("10:00-20:00"))
    timetable = Timetable(every, rule, bank_holiday_spans=spans("12:00-14:00"))
    assert timetable.on(date.fromisoformat(day)).spans == spans(*hours)


@pytest.mark.parametrize(
    ("division", "holidays"),
    [
        ("england-and-wales", {"2026-04-06", "2026-08-31"}),
        ("scotland", {"2027-01-02", "2026-08-03", "2026-11-30"}),
        ("northern-ireland", {"2026-04-06", "2026-08-31", "2026-03-17", "2026-07-13"}),
    ],
)
def test_whose_bank_holidays(division, holidays):
    days = [date(2026, 4, 6), date(2026, 8, 31), date(2027, 1, 2), date(2026, 8, 3)]
    days += [date(2026, 11, 30), date(2026, 3, 17), date(2026, 7, 13)]
    assert {f"{day}" for day in days if bank_holidays.name_of(day, division)} == holidays
    every = Timetable(dict.fromkeys(range(7), ALL_DAY), "closed", division=division)
    assert {f"{day}" for day in days if every.on(day).spans == ()} == holidays


def test_a_span_up_to_midnight_and_one_from_midnight_are_one():
    late = Timetable({0: spans("18:00-00:00"), 1: spans("00:00-02:00")}, "same")
    ahead = look_ahead(late, at("2026-11-23 09:00"))
    assert say(ahead, at("2026-11-23 23:59")) == "Open now. Closes at 2am."


@pytest.mark.parametrize("now", ["2026-11-22 23:59", "2026-12-07 00:00"])
def test_nothing_is_said_before_the_page_or_past_its_last_day(now):
    ahead = look_ahead(HELPLINE, at("2026-11-23 09:00"))
    assert say(ahead, at("2026-11-23 00:00")) != ""
    assert say(ahead, at("2026-12-06 23:59")) != ""
    assert say(ahead, at(now)) == ""


def is_open(now, timetable):
    """Say whether it is open from the clock on the wall alone: another way to the same answer."""
    wall = now.astimezone(LONDON)
    minute = wall.hour * 60 + wall.minute
    return any(
        opens * 60 + first <= minutes < closes * 60 + last + (24 * 60 if over else 0)
        for day, minutes in ((0, minute), (1, minute + 24 * 60))
        for (opens, first), (closes, last), over in rows_of(wall.date() - timedelta(day), timetable)
    )


def rows_of(day, timetable):
    """Return the sessions that begin on a date: two times, and whether it ends the next day."""
    rows = timetable.weekly.get(day.weekday(), ())
    if f"{day}" in HOLIDAYS and timetable.on_bank_holidays == "closed":
        rows = ()
    if day in timetable.exceptions:
        rows = timetable.exceptions[day].spans
    if any(c.first <= day <= c.last for c in timetable.closures):
        rows = ()
    return [((o.hour, o.minute), (c.hour, c.minute), c <= o) for o, c in rows]


BUSY = Timetable(
    {**HELPLINE.weekly, 5: spans("00:00-00:00"), 6: spans("09:00-12:00", "14:00-00:00")},
    "closed",
    {date(2026, 12, 24): Day(spans("09:30-12:00"), "Christmas Eve"), date(2027, 2, 2): Day((), "")},
    (Closed(date(2027, 3, 27), date(2027, 4, 2), "moving house"),),
)


@pytest.mark.long
@pytest.mark.parametrize(
    "timetable", [HELPLINE, ALWAYS, BUSY, NIGHT], ids=["helpline", "always", "busy", "night"]
)
def test_every_quarter_hour_of_two_years_is_open_as_the_clock_on_the_wall_says(timetable):
    now, end = at("2026-01-01 00:00"), at("2028-01-01 00:00")
    wrong, quarters = [], 0
    while now < end:
        ahead = look_ahead(timetable, now)
        day_ends = ahead.days[1][0]
        while now < day_ends:
            if say(ahead, now).startswith("Open now") != is_open(now, timetable):
                wrong.append(now)
            now += timedelta(minutes=15)
            quarters += 1
    assert quarters == 730 * 96
    assert wrong == []


times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))


@st.composite
def a_day(draw):
    """A day's spans as the database allows them: in order, never touching."""
    edges = sorted(draw(st.sets(times, min_size=4, max_size=4)))
    one, two, late = Span(*edges[:2]), Span(*edges[2:4]), Span(edges[3], edges[0])
    every = [(), (one,), (one, two), (Span(edges[0], edges[1]), late), (late,), ALL_DAY]
    return draw(st.sampled_from([*every, (Span(edges[3], time(0)),)]))


@pytest.mark.long
@given(
    weekly=st.dictionaries(st.integers(0, 6), a_day()),
    rule=st.sampled_from(["closed", "same", "unknown"]),
    moment=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_the_days_ahead_are_in_order_whatever_the_hours(weekly, rule, moment):
    ahead = look_ahead(Timetable(weekly, rule), moment)
    edges = [edge for span in ahead.spans for edge in span]
    assert edges == sorted(set(edges)), "spans touch or overlap"
    assert all(ahead.days[0][0] <= edge <= ahead.until for edge in edges)
    assert len(ahead.days) == 14 or rule != "same"
    assert say(ahead, ahead.until) == ""


def test_a_close_in_the_hour_that_march_leaves_out_is_when_the_clocks_go_forward():
    early = Timetable(dict.fromkeys(range(7), spans("00:30-01:30")), "same")
    ahead = look_ahead(early, at("2026-03-28 12:00"))
    assert say(ahead, datetime(2026, 3, 29, 0, 59, tzinfo=UTC)).startswith("Open now.")
    assert say(ahead, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)).startswith("Closed now.")


def test_a_span_inside_the_hour_that_march_leaves_out_is_none():
    left_out = Timetable(dict.fromkeys(range(7), spans("01:10-01:50")), "same")
    ahead = look_ahead(left_out, at("2026-03-28 12:00"))
    days = [starts.astimezone(LONDON).date() for starts, _ in ahead.spans]
    assert date(2026, 3, 28) in days
    assert date(2026, 3, 29) not in days
