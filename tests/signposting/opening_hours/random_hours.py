"""Timetables as hypothesis makes them, with everything that a keeper can say."""

from datetime import date, time, timedelta

from hypothesis import strategies as st

from signposting.opening_hours.timetable import ALL_DAY, Closed, Day, Rule, Span, Timetable

times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))
dates = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def a_day(draw):
    """A day's spans as the database allows them: in order, never touching, the last over midnight."""
    edges = sorted(draw(st.sets(times, min_size=6, max_size=6)))
    one, two, three = Span(*edges[:2]), Span(*edges[2:4]), Span(*edges[4:])
    late, midnight = Span(edges[5], edges[0]), Span(edges[5], time(0))
    every = [(one,), (one, two), (one, two, three), (one, late), (late,), (two, midnight), ALL_DAY]
    return draw(st.sampled_from(every))


@st.composite
def rules(draw):
    """Rules for some weeks, and tables that begin or end on a date."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        day, spans = draw(st.integers(0, 6)), draw(a_day())
        weeks = draw(st.sampled_from(["first", "third", "last", "other", "every"]))
        first = draw(dates) if weeks in ("other", "every") else None
        last = first + timedelta(draw(st.integers(7, 200))) if weeks == "every" else None
        found.append(Rule(day, spans, weeks, first, last))
    return tuple(found)


@st.composite
def timetables(draw):
    weekly = st.dictionaries(st.integers(0, 6), a_day())
    first = draw(dates)
    return Timetable(
        draw(weekly),
        draw(st.sampled_from(["closed", "same", "christmas", "other", "unknown"])),
        draw(st.dictionaries(dates, st.builds(Day, a_day(), st.just("a reason")), max_size=3)),
        (Closed(first, first + timedelta(3), "moving house"),),
        draw(rules()),
        draw(a_day()),
        draw(st.sampled_from(["england-and-wales", "scotland", "northern-ireland"])),
    )
