"""Tables that begin and end, what is left of them later, and what a page's script is given."""

import json
from datetime import date, timedelta

import pytest

from signposting.opening_hours.open_now import for_the_page, say
from signposting.opening_hours.timetable import (
    Closed,
    Day,
    Rule,
    Timetable,
    look_ahead,
)

from .test_hours import LONG, SHORT, at, spans

AUTUMN = date(2026, 9, 7)
WINTER = date(2026, 11, 2)
END = date(2026, 12, 18)
MONDAY = date(2026, 11, 23)


def test_the_table_that_began_last_holds_even_if_another_ends_sooner():
    term = Rule(0, SHORT, first=AUTUMN, last=END)
    later = Rule(0, LONG, first=WINTER)
    for rules in ((term, later), (later, term)):
        timetable = Timetable({0: spans("08:00-09:00")}, "same", rules=rules)
        assert timetable.dates_on(MONDAY) == (WINTER, None)
        assert timetable.on(MONDAY).spans == LONG
        assert timetable.on(WINTER - timedelta(days=7)).spans == SHORT
        assert timetable.on(AUTUMN - timedelta(days=7)).spans == spans("08:00-09:00")


def test_of_two_that_began_together_the_one_that_ends_is_the_exception():
    rules = (Rule(0, LONG, first=AUTUMN), Rule(0, SHORT, first=AUTUMN, last=END))
    assert Timetable({}, "same", rules=rules).on(MONDAY).spans == SHORT


def test_a_table_that_has_begun_is_the_week_and_what_was_over_is_gone():
    closure = Closed(MONDAY, MONDAY, "moving house")
    over = Closed(AUTUMN, MONDAY - timedelta(days=1), "moving house")
    later = Rule(0, SHORT, first=date(2027, 1, 4))
    timetable = Timetable(
        {0: SHORT, 3: SHORT},
        "same",
        {MONDAY: Day((), "today"), MONDAY - timedelta(days=1): Day((), "yesterday")},
        (over, closure),
        (
            Rule(1, SHORT, last=MONDAY - timedelta(days=1)),
            Rule(0, LONG, first=WINTER),
            Rule(4, LONG, first=WINTER),
            Rule(2, LONG, "first", first=WINTER),
            Rule(5, LONG, "last"),
            later,
        ),
    )
    assert timetable.from_day(MONDAY) == Timetable(
        {0: LONG, 4: LONG},
        "same",
        {MONDAY: Day((), "today")},
        (closure,),
        (Rule(2, LONG, "first"), later),
    )
    # Before a table begins, the usual week is what it was.
    assert timetable.from_day(WINTER - timedelta(days=1)).weekly == {0: SHORT, 3: SHORT}


@pytest.mark.parametrize("last", [END, None])
def test_a_table_for_a_time_alone_is_no_usual_week(last):
    rule = Rule(0, LONG, first=AUTUMN, last=last)
    left = Timetable({}, "same", rules=(rule,)).from_day(MONDAY)
    assert (left.weekly, left.rules) == (({0: LONG}, ()) if last is None else ({}, (rule,)))


def test_every_other_week_keeps_the_week_that_it_counts_from():
    other = Rule(2, LONG, "other", first=WINTER)
    left = Timetable({0: SHORT}, "same", rules=(other,)).from_day(MONDAY)
    assert (left.weekly, left.rules) == ({0: SHORT}, (other,))
    assert not left.on(date(2026, 11, 25)).spans
    assert left.on(date(2026, 12, 2)).spans == LONG


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-23 12:00", "Closed now. Opens at midnight on Saturday."),
        ("2026-11-26 12:00", "Closed now. Opens at midnight on Saturday."),
        ("2026-11-27 12:00", "Closed now. Opens at midnight tomorrow."),
        # A week on, the day's name alone would be taken for this week's.
        ("2026-11-28 12:00", "Closed now. Opens at midnight on Saturday 5 December."),
    ],
)
def test_a_day_to_come_is_named_by_how_far_it_is_from_today(now, words):
    saturdays = Timetable({5: spans("00:00-09:00")}, "same")
    assert say(look_ahead(saturdays, at("2026-11-23 09:00")), at(now)) == words


def test_a_page_is_given_minutes_and_the_words_of_each_day():
    timetable = Timetable(
        {0: spans("00:00-02:30"), 2: LONG},
        "same",
        {date(2026, 11, 24): Day((), "moving house"), date(2026, 11, 25): Day(LONG, "open day")},
    )
    moment = at("2026-11-23 09:00")
    given = json.loads(for_the_page(look_ahead(timetable, moment, days=3), moment))
    midnight = 1_795_392_000 // 60  # Monday 23 November 2026, London
    day = 24 * 60
    assert given == {
        "from": midnight + 9 * 60,
        "until": midnight + 3 * day,
        "days": [
            [midnight, "Monday", "23 November", ""],
            [midnight + day, "Tuesday", "24 November", "moving house"],
            [midnight + 2 * day, "Wednesday", "25 November", ""],
        ],
        "spans": [
            [midnight, midnight + 150, "midnight", "2:30am"],
            [midnight + 2 * day + 570, midnight + 2 * day + 1200, "9:30am", "8pm"],
        ],
    }
