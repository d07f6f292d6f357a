"""Words, Open Referral, schema.org and OpenStreetMap say the same of one timetable, whatever it is.

Each notation is read back here by a reader of its own, and held to the days of the timetable.
"""

import re
from datetime import date, time, timedelta

import pytest
from hypothesis import assume, given, settings

from signposting.opening_hours.formats import (
    can_be_said_in_schema_org,
    open_referral,
    osm,
    schema_org,
)
from signposting.opening_hours.timetable import Span, Timetable
from signposting.opening_hours.typed import read
from signposting.opening_hours.usual_week import runs_into_the_next
from signposting.opening_hours.words import hours_in_words, week_in_words

from .random_hours import dates, timetables

FEW = settings(max_examples=40)
CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def span_of(opens, closes, end_of_day="23:59"):
    """Return a span; 23:59 is how others write the end of a day, and OpenStreetMap 24:00."""
    ends = time(0) if closes == end_of_day else time.fromisoformat(closes)
    return Span(time.fromisoformat(opens), ends)


def as_others_can(spans):
    """Return spans as they can be told apart where the end of a day is 23:59."""
    return {Span(o, time(0) if c == time(23, 59) else c) for o, c in spans or ()}


def usual_rows(timetable):
    """Return {(day, weeks, first, last): spans} of everything that recurs."""
    rows = {(day, "every", None, None): spans for day, spans in timetable.weekly.items() if spans}
    for rule in timetable.rules:
        key = (rule.day, rule.weeks, rule.first, rule.last)
        rows[key] = (*rows.get(key, ()), *rule.spans)
    return {key: as_others_can(spans) for key, spans in rows.items()}


def recurring(row):
    """Return the key of a schedule of RFC 5545, as usual_rows has it."""
    first = date.fromisoformat(row["valid_from"]) if "valid_from" in row else None
    last = date.fromisoformat(row["valid_to"]) if "valid_to" in row else None
    for code in row["byday"].split(","):
        nth = {"": "every", "1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"}
        weeks = nth[code[:-2]] if row["freq"] == "MONTHLY" else "every"
        weeks = "other" if row["interval"] == 2 else weeks
        yield CODES.index(code[-2:]), weeks, first, last


@pytest.mark.long
@FEW
@given(timetables())
def test_open_referral_says_what_recurs(timetable):
    found = {}
    for row in open_referral(timetable, "Phone"):
        if "freq" in row and row["description"] == "Phone":
            for key in recurring(row):
                found.setdefault(key, set()).add(span_of(row["opens_at"], row["closes_at"]))
    assert found == usual_rows(timetable)


@pytest.mark.long
@FEW
@given(timetables())
def test_open_referral_says_each_exception_with_its_date(timetable):
    found = {}
    for row in open_referral(timetable, "Phone"):
        if row["description"] == "Phone: a reason":
            assert row["valid_from"] == row["valid_to"] == row["dtstart"]
            day = date.fromisoformat(row["dtstart"])
            assert CODES[day.weekday()] == row["byday"]
            found.setdefault(day, set()).add(span_of(row["opens_at"], row["closes_at"]))
    expected = {day: as_others_can(what.spans) for day, what in timetable.exceptions.items()}
    assert found == expected


@pytest.mark.long
@FEW
@given(timetables())
def test_schema_org_says_what_recurs_or_nothing(timetable):
    assume(can_be_said_in_schema_org(timetable))
    found = {}
    for row in schema_org(timetable):
        for name in row.get("dayOfWeek") if isinstance(row.get("dayOfWeek"), list) else ():
            first, last = row.get("validFrom"), row.get("validThrough")
            key = (
                DAYS.index(name.rpartition("/")[2]),
                "every",
                first and date.fromisoformat(first),
                last and date.fromisoformat(last),
            )
            found.setdefault(key, set()).add(span_of(row["opens"], row["closes"]))
    assert found == usual_rows(timetable)


@pytest.mark.long
@FEW
@given(timetables())
def test_openstreetmap_says_the_usual_week(timetable):
    text = osm(timetable)
    assume(not timetable.rules)
    found = {}
    days = "|".join(code.capitalize() for code in CODES)
    for names, hours in re.findall(rf"(?:^|; )((?:{days})(?:,(?:{days}))*) ([-0-9:,]+)", text):
        for name in names.split(","):
            day = CODES.index(name.upper())
            found[day] = {span_of(*one.split("-"), "24:00") for one in hours.split(",")}
    if text == "24/7":
        found = dict.fromkeys(range(7), {span_of("00:00", "24:00", "24:00")})
    expected = {day: set(spans) for day, spans in timetable.weekly.items() if spans}
    assert found == expected


@pytest.mark.long
@FEW
@given(timetables(), dates)
def test_the_words_of_the_usual_week_read_back_are_the_week(timetable, day):
    week = timetable.from_day(day).weekly
    assume(any(week.values()))
    lines = hours_in_words(timetable, day)
    assert lines[: len(week_in_words(week))] == week_in_words(week)
    # What runs on into the next day's hours is refused where it is typed.
    assume(not runs_into_the_next(Timetable(week, "same"), day))
    assert read("\n".join(week_in_words(week))).weekly == {d: s for d, s in week.items() if s}


@pytest.mark.long
@FEW
@given(timetables(), dates)
def test_what_is_over_changes_no_day_to_come(timetable, day):
    later = timetable.from_day(day)
    for n in range(0, 400, 7):
        to_come = day + timedelta(days=n)
        assert later.on(to_come) == timetable.on(to_come), to_come
