"""One timetable in the notations of others: OpenStreetMap, Open Referral UK, schema.org.

Sources: reference data-standards.md sections 2.6, 3 and 4.2.
"""

from .timetable import Timetable
from .uk_time import MIDNIGHT
from .words import BANK_HOLIDAYS, DAYS

ALL_DAY = "24/7"


def by_hours(timetable: Timetable):
    """Return [(weekdays, span)] of the weekly table: the same span together, Monday is 0."""
    together = {}
    for day in range(7):
        for span in timetable.weekly.get(day, ()):
            together.setdefault(span, []).append(day)
    return [(days, span) for span, days in together.items()]


def clock(time, end_of_day):
    return end_of_day if time == MIDNIGHT else f"{time:%H:%M}"


def opens(span):
    return f"{span.opens:%H:%M}"


def closes(span):
    """Return the closing time; the end of the day is 23:59 where 24:00 does not exist."""
    return clock(span.closes, "23:59")


def osm(timetable: Timetable) -> str:
    """Return the opening_hours of OpenStreetMap, such as "Mo-Fr 09:00-17:00; PH off"."""
    if all(timetable.on_a_weekday(day) == ((MIDNIGHT, MIDNIGHT),) for day in range(7)):
        return ALL_DAY
    together = {}
    for day in range(7):
        together.setdefault(timetable.on_a_weekday(day), []).append(DAYS[day][:2])
    rules = [f"{','.join(days)} {osm_spans(spans)}" for spans, days in together.items() if spans]
    if timetable.on_bank_holidays == "closed":
        rules.append("PH off")
    elif timetable.on_bank_holidays == "unknown":
        # A comment alone means that nobody knows.
        rules.append('PH "check with the service"')
    for date, day in timetable.exceptions.items():
        state = f"{osm_spans(day.spans)} open" if day.spans else "off"
        rules.append(f'{date:%Y %b %d} {state} "{day.reason}"')
    rules += [f'{c.first:%Y %b %d}-{c.last:%Y %b %d} off "{c.reason}"' for c in timetable.closures]
    return "; ".join(rules)


def osm_spans(spans):
    return ",".join(f"{opens(span)}-{clock(span.closes, '24:00')}" for span in spans)


def open_referral(timetable: Timetable, name: str, notes: str = "") -> list[dict]:
    """Return the schedules of Open Referral UK, without ids, for a way in of that name.

    Times are local, as `notes` say. Every row with a time is a rule of RFC 5545.
    """
    dated_notes = f"UK time. {notes}".strip()
    notes = f"UK time. {BANK_HOLIDAYS[timetable.on_bank_holidays]} {notes}".strip()
    schedules = [
        {
            "freq": "WEEKLY",
            "interval": 1,
            "byday": ",".join(DAYS[day][:2].upper() for day in days),
            "opens_at": opens(span),
            "closes_at": closes(span),
            "description": name,
            "notes": notes,
        }
        for days, span in by_hours(timetable)
    ]
    for first, last, day in dated(timetable):
        dates = {"valid_from": first.isoformat(), "valid_to": last.isoformat()}
        for span in day.spans:
            rule = {"freq": "WEEKLY", "interval": 1, "byday": DAYS[first.weekday()][:2].upper()}
            times = {"opens_at": opens(span), "closes_at": closes(span)}
            said = {"description": f"{name}: {day.reason}", "notes": dated_notes}
            schedules.append({**rule, "dtstart": first.isoformat(), **times, **dates, **said})
        if not day.spans:
            closed = f"{name}: closed, {day.reason}"
            schedules.append({**dates, "description": closed, "notes": dated_notes})
    return schedules


def schema_org(timetable: Timetable) -> list[dict]:
    """Return the OpeningHoursSpecification list of schema.org."""
    found = [
        specification(span, dayOfWeek=[f"https://schema.org/{DAYS[day]}" for day in days])
        for days, span in by_hours(timetable)
    ]
    if timetable.on_bank_holidays == "closed":
        found.append(specification(None, dayOfWeek="https://schema.org/PublicHolidays"))
    for first, last, day in dated(timetable):
        dates = {"validFrom": first.isoformat(), "validThrough": last.isoformat()}
        found += [specification(span, **dates) for span in day.spans or (None,)]
    return found


def specification(span, **when):
    times = (opens(span), closes(span)) if span else ("00:00", "00:00")
    return {
        "@type": "OpeningHoursSpecification",
        **when,
        "opens": times[0],
        "closes": times[1],
    }


def dated(timetable):
    """Return (first date, last date, day) of the exceptions and closures."""
    yield from ((date, date, day) for date, day in timetable.exceptions.items())
    yield from ((c.first, c.last, c.day) for c in timetable.closures)
