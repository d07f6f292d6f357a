"""Hours in words and in the notations of others, all from one timetable."""

from datetime import date, time

import pytest

from signposting.opening_hours.formats import (
    can_be_said_in_schema_org,
    open_referral,
    osm,
    schema_org,
)
from signposting.opening_hours.timetable import ALL_DAY, Closed, Day, Timetable
from signposting.opening_hours.uk_time import time_in_words
from signposting.opening_hours.words import dated_in_words, hours_in_words, week_in_words

from .test_hours import ALWAYS, HELPLINE, LATER, MONDAYS, NIGHT, TERMS, spans

SPLIT = Timetable(dict.fromkeys(range(5), spans("09:00-12:00", "14:00-16:30")), "closed")
LATE = Timetable({4: spans("18:00-00:00")}, "unknown")
DATED = Timetable(
    {},
    "same",
    {date(2026, 12, 24): Day(spans("09:30-12:00"), "Christmas Eve")},
    (Closed(date(2027, 1, 4), date(2027, 1, 5), "moving"),),
)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("00:00", "midnight"),
        ("00:30", "12:30am"),
        ("09:00", "9am"),
        ("09:30", "9:30am"),
        ("12:00", "midday"),
        ("12:15", "12:15pm"),
        ("20:00", "8pm"),
    ],
)
def test_a_time_in_words(at, words):
    assert time_in_words(time.fromisoformat(at)) == words


@pytest.mark.parametrize(
    ("timetable", "lines"),
    [
        (
            HELPLINE,
            [
                "Monday and Wednesday, 9:30am to 8pm.",
                "Tuesday, Thursday and Friday, 9:30am to 4pm.",
                "Closed on Saturday and Sunday.",
            ],
        ),
        (ALWAYS, ["Day and night, every day."]),
        (
            SPLIT,
            [
                "Monday to Friday, 9am to midday and 2pm to 4:30pm.",
                "Closed on Saturday and Sunday.",
            ],
        ),
        (
            Timetable({5: ALL_DAY}),
            ["Saturday, 24 hours.", "Closed on Monday to Friday and Sunday."],
        ),
    ],
)
def test_a_week_in_words(timetable, lines):
    assert week_in_words(timetable.weekly) == lines


def test_dated_exceptions_and_closures_in_words_until_they_are_over():
    lines = [
        "Thursday 24 December 2026: 9:30am to midday, Christmas Eve.",
        "Closed from Monday 4 January 2027 to Tuesday 5 January 2027: moving.",
    ]
    assert dated_in_words(DATED, date(2026, 12, 24)) == lines
    assert dated_in_words(DATED, date(2026, 12, 25)) == lines[1:]
    assert dated_in_words(DATED, date(2027, 1, 6)) == []


@pytest.mark.parametrize(
    ("timetable", "text"),
    [
        (HELPLINE, "Mo,We 09:30-20:00; Tu,Th,Fr 09:30-16:00; PH off"),
        (ALWAYS, "24/7"),
        (SPLIT, "Mo,Tu,We,Th,Fr 09:00-12:00,14:00-16:30; PH off"),
        (LATE, 'Fr 18:00-24:00; PH "check with the service"'),
        (
            DATED,
            '2026 Dec 24 09:30-12:00 open "Christmas Eve"; 2027 Jan 04-2027 Jan 05 off "moving"',
        ),
    ],
)
def test_hours_as_openstreetmap_writes_them(timetable, text):
    assert osm(timetable) == text


def weekly_of(rows, days_of):
    """Return {weekday: {(opens, closes)}} as another system would read the rows."""
    found = {}
    for row in rows:
        for day in days_of(row):
            found.setdefault(day, set()).add(
                (
                    row["opens" if "opens" in row else "opens_at"],
                    row["closes" if "closes" in row else "closes_at"],
                )
            )
    return found


def expected(timetable):
    return {
        day: {(f"{o:%H:%M}", f"{c:%H:%M}" if c != time(0) else "23:59") for o, c in rows}
        for day, rows in timetable.weekly.items()
    }


@pytest.mark.parametrize("timetable", [HELPLINE, ALWAYS, SPLIT, LATE])
def test_open_referral_and_schema_org_say_the_same_hours(timetable):
    codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    schedules = open_referral(timetable, "Phone")
    assert all(row["notes"].startswith("UK time.") for row in schedules)
    assert weekly_of(
        schedules, lambda row: [codes.index(code) for code in row["byday"].split(",")]
    ) == expected(timetable)
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    rows = [row for row in schema_org(timetable) if isinstance(row["dayOfWeek"], list)]
    assert weekly_of(
        rows, lambda row: [names.index(day.rpartition("/")[2]) for day in row["dayOfWeek"]]
    ) == expected(timetable)


def test_schema_org_says_closed_on_public_holidays():
    assert schema_org(HELPLINE)[-1] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": "https://schema.org/PublicHolidays",
        "opens": "00:00",
        "closes": "00:00",
    }


def test_dated_changes_carry_their_dates():
    assert open_referral(DATED, "Phone") == [
        {
            "freq": "WEEKLY",
            "interval": 1,
            "byday": "TH",
            "dtstart": "2026-12-24",
            "valid_from": "2026-12-24",
            "valid_to": "2026-12-24",
            "opens_at": "09:30",
            "closes_at": "12:00",
            "description": "Phone: Christmas Eve",
            "notes": "UK time.",
        },
        {
            "valid_from": "2027-01-04",
            "valid_to": "2027-01-05",
            "description": "Phone: closed, moving",
            "notes": "UK time.",
        },
    ]
    assert {row["notes"] for row in open_referral(DATED, "Phone", "Not sure.")} == {
        "UK time. Not sure."
    }
    assert [
        (s["validFrom"], s["validThrough"], s["opens"], s["closes"]) for s in schema_org(DATED)
    ] == [
        ("2026-12-24", "2026-12-24", "09:30", "12:00"),
        ("2027-01-04", "2027-01-05", "00:00", "00:00"),
    ]


@pytest.mark.parametrize(
    ("timetable", "today", "lines"),
    [
        (NIGHT, "2026-11-23", ["Monday to Sunday, 6pm to 2am the next day."]),
        (
            MONDAYS,
            "2026-11-23",
            [
                "Monday, 9am to 10am.",
                "Closed on Tuesday to Sunday.",
                "First Monday of the month, 2pm to 3pm.",
                "Last Tuesday of the month, 9am to midday.",
                "Every other Wednesday from Wednesday 6 January 2027, 10am to 11am.",
            ],
        ),
        (
            TERMS,
            "2026-11-23",
            [
                "From Monday 7 September 2026 to Friday 18 December 2026: Monday, 9am to midday.",
                "From Monday 7 September 2026 to Friday 18 December 2026: "
                "Closed on Tuesday to Sunday.",
                "From Monday 4 January 2027 to Friday 19 March 2027: Monday, 10am to midday.",
                "From Monday 4 January 2027 to Friday 19 March 2027: Closed on Tuesday to Sunday.",
                "At other times: check their website.",
            ],
        ),
        (
            LATER,
            "2026-12-31",
            [
                *week_in_words(HELPLINE.weekly),
                "From Friday 1 January 2027: Saturday, 10am to 4pm.",
                "From Friday 1 January 2027: Closed on Monday to Friday and Sunday.",
            ],
        ),
        (
            LATER,
            "2027-01-01",
            ["Saturday, 10am to 4pm.", "Closed on Monday to Friday and Sunday."],
        ),
    ],
)
def test_all_hours_in_words(timetable, today, lines):
    holidays = "The same on" if timetable is MONDAYS else "Closed on"
    assert hours_in_words(timetable, date.fromisoformat(today)) == [
        *lines,
        f"{holidays} bank holidays.",
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"on_bank_holidays": "other"}, "On bank holidays: 10am to 2pm."),
        (
            {"on_bank_holidays": "christmas"},
            "The same on bank holidays, but closed on Christmas Day.",
        ),
        (
            {"on_bank_holidays": "closed", "division": "scotland"},
            "Closed on bank holidays in Scotland.",
        ),
    ],
)
def test_bank_holidays_in_words(fields, words):
    timetable = Timetable(HELPLINE.weekly, bank_holiday_spans=spans("10:00-14:00"), **fields)
    assert hours_in_words(timetable, date(2026, 11, 23))[-1] == words


@pytest.mark.parametrize(
    ("timetable", "rows"),
    [
        (NIGHT, [("WEEKLY", "MO,TU,WE,TH,FR,SA,SU", "18:00", "02:00", None)]),
        (
            MONDAYS,
            [
                ("WEEKLY", "MO", "09:00", "10:00", None),
                ("MONTHLY", "1MO", "14:00", "15:00", None),
                ("MONTHLY", "-1TU", "09:00", "12:00", None),
                ("WEEKLY", "WE", "10:00", "11:00", "2027-01-06"),
            ],
        ),
        (
            TERMS,
            [
                ("WEEKLY", "MO", "09:00", "12:00", "2026-09-07"),
                ("WEEKLY", "MO", "10:00", "12:00", "2027-01-04"),
            ],
        ),
    ],
)
def test_some_weeks_and_terms_as_open_referral_has_them(timetable, rows):
    keys = ("freq", "byday", "opens_at", "closes_at", "valid_from")
    found = open_referral(timetable, "Phone")
    assert [tuple(row.get(key) for key in keys) for row in found] == rows
    intervals = [row["interval"] for row in found]
    assert intervals == [2 if row[4] == "2027-01-06" else 1 for row in rows]


def test_schema_org_says_nothing_that_it_has_no_words_for():
    assert not can_be_said_in_schema_org(MONDAYS)
    assert can_be_said_in_schema_org(TERMS)
    dates = [(row.get("validFrom"), row.get("validThrough")) for row in schema_org(TERMS)]
    assert ("2026-09-07", "2026-12-18") in dates
    assert schema_org(NIGHT)[0]["closes"] == "02:00"
