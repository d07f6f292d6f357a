"""The timetables that the oracle is asked about, as it reads them: python -m tests.oracle.questions."""

import json
import sys
from datetime import date, time

from signposting.opening_hours.formats import osm
from signposting.opening_hours.timetable import ALL_DAY, Closed, Day, Rule, Span, Timetable


def spans(*texts):
    return tuple(Span(*(time.fromisoformat(t) for t in text.split("-"))) for text in texts)


EVERY = range(7)
OFFICE = dict.fromkeys(range(5), spans("09:00-17:00"))
TIMETABLES = {
    "helpline": Timetable(
        {
            **dict.fromkeys((1, 3, 4), spans("09:30-16:00")),
            **dict.fromkeys((0, 2), spans("09:30-20:00")),
        },
        "closed",
    ),
    "always": Timetable(dict.fromkeys(EVERY, ALL_DAY), "same"),
    "three sessions": Timetable(
        dict.fromkeys(EVERY, spans("09:00-12:00", "14:00-16:30", "18:00-21:15")), "same"
    ),
    "to midnight": Timetable(dict.fromkeys(EVERY, spans("14:00-00:00")), "same"),
    "over midnight": Timetable(dict.fromkeys((3, 4, 5), spans("18:00-02:00")), "same"),
    "over midnight, closed": Timetable(dict.fromkeys(EVERY, spans("18:00-02:00")), "closed"),
    "in the doubled hour": Timetable(dict.fromkeys(EVERY, spans("00:30-01:30")), "same"),
    "not at Christmas": Timetable(dict.fromkeys(EVERY, spans("10:00-22:00")), "christmas"),
    "other bank holidays": Timetable(OFFICE, "other", bank_holiday_spans=spans("10:00-14:00")),
    "bank holidays unknown": Timetable(OFFICE, "unknown"),
    "Scotland": Timetable(OFFICE, "closed", division="scotland"),
    "Northern Ireland": Timetable(OFFICE, "closed", division="northern-ireland"),
    "days of the month": Timetable(
        {},
        "same",
        rules=(
            Rule(0, spans("14:00-15:00"), "first"),
            Rule(1, spans("09:00-12:00"), "third"),
            Rule(4, spans("10:00-11:30"), "last"),
        ),
    ),
    "exceptions": Timetable(
        OFFICE,
        "closed",
        {
            date(2026, 12, 24): Day(spans("09:30-12:00"), "Christmas Eve"),
            date(2026, 12, 25): Day(spans("10:00-14:00"), "Christmas Day"),
        },
        (Closed(date(2027, 3, 29), date(2027, 4, 2), "moving house"),),
    ),
}
STATES = {"scotland": "Scotland", "northern-ireland": "Northern Ireland"}


def questions():
    """Return name -> [the hours in OpenStreetMap's notation, the part of the UK]."""
    return {
        name: [osm(timetable), STATES.get(timetable.division, "England")]
        for name, timetable in TIMETABLES.items()
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(questions()))
