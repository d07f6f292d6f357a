"""One timetable in the notations of others: OpenStreetMap, Open Referral UK, schema.org.

Sources: reference data-standards.md sections 2.6, 3 and 4.2.
"""

import datetime

from .timetable import NTH, Timetable
from .uk_time import MIDNIGHT
from .words import DAYS, bank_holidays_in_words

ALL_DAY = "24/7"
MIN, MAX = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)


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
    always = all(timetable.on_a_weekday(day) == ((MIDNIGHT, MIDNIGHT),) for day in range(7))
    if always and timetable.on_bank_holidays == "same" and not timetable.rules:
        return ALL_DAY
    together = {}
    for day in range(7):
        together.setdefault(timetable.on_a_weekday(day), []).append(DAYS[day][:2])
    rules = [f"{','.join(days)} {osm_spans(spans)}" for spans, days in together.items() if spans]
    rules += [osm_rule(rule) for rule in timetable.rules]
    rules += {
        "closed": ["PH off"],
        "christmas": ["Dec 25 off"],
        "other": [f"PH {osm_spans(timetable.bank_holiday_spans) or 'off'}"],
        # A comment alone means that nobody knows.
        "unknown": ['PH "check with the service"'],
    }.get(timetable.on_bank_holidays, [])
    for date, day in timetable.exceptions.items():
        state = f"{osm_spans(day.spans)} open" if day.spans else "off"
        rules.append(f'{date:%Y %b %d} {state} "{day.reason}"')
    rules += [f'{c.first:%Y %b %d}-{c.last:%Y %b %d} off "{c.reason}"' for c in timetable.closures]
    return "; ".join(rules)


def osm_rule(rule):
    day = DAYS[rule.day][:2]
    if rule.weeks == "other":
        # It counts the weeks of each year anew: in words, nobody reads a wrong one.
        return f'{day} "every other week from {rule.first:%d %b %Y}: {osm_spans(rule.spans)}"'
    nth = {"every": "", "last": "[-1]"} | {name: f"[{n}]" for n, name in enumerate(NTH, 1)}
    first, last = rule.dates
    dates = ""
    if first or last:
        dates = f"{first or MIN:%Y %b %d}-{last or MAX:%Y %b %d} "
    return f"{dates}{day}{nth[rule.weeks]} {osm_spans(rule.spans)}"


def osm_spans(spans):
    return ",".join(f"{opens(span)}-{clock(span.closes, '24:00')}" for span in spans)


def open_referral(timetable: Timetable, name: str, notes: str = "") -> list[dict]:
    """Return the schedules of Open Referral UK, without ids, for a way in of that name.

    Times are local, as `notes` say. Every row with a time is a rule of RFC 5545.
    """
    dated_notes = f"UK time. {notes}".strip()
    notes = f"UK time. {bank_holidays_in_words(timetable)} {notes}".strip()
    schedules = [
        {
            "freq": "WEEKLY",
            "interval": 1,
            "byday": ",".join(DAYS[day][:2].upper() for day in days),
            **times(span),
            "description": name,
            "notes": notes,
        }
        for days, span in by_hours(timetable)
    ]
    for rule in timetable.rules:
        said = {"description": name, "notes": notes}
        schedules += [{**recurrence(rule), **times(span), **said} for span in rule.spans]
    for first, last, day in dated(timetable):
        dates = {"valid_from": first.isoformat(), "valid_to": last.isoformat()}
        for span in day.spans:
            rule = {"freq": "WEEKLY", "interval": 1, "byday": DAYS[first.weekday()][:2].upper()}
            said = {"description": f"{name}: {day.reason}", "notes": dated_notes}
            schedules.append({**rule, "dtstart": first.isoformat(), **times(span), **dates, **said})
        if not day.spans:
            closed = f"{name}: closed, {day.reason}"
            schedules.append({**dates, "description": closed, "notes": dated_notes})
    return schedules


def recurrence(rule) -> dict:
    """Return a rule for some weeks, or for later, as RFC 5545 has it."""
    day = DAYS[rule.day][:2].upper()
    nth = {"last": -1} | {name: n for n, name in enumerate(NTH, 1)}
    if rule.weeks in nth:
        found = {"freq": "MONTHLY", "interval": 1, "byday": f"{nth[rule.weeks]}{day}"}
    else:
        found = {"freq": "WEEKLY", "interval": 2 if rule.weeks == "other" else 1, "byday": day}
    if rule.first:
        found |= {"dtstart": rule.first.isoformat(), "valid_from": rule.first.isoformat()}
    return found | ({"valid_to": rule.last.isoformat()} if rule.last else {})


def times(span) -> dict:
    return {"opens_at": opens(span), "closes_at": closes(span)}


def can_be_said_in_schema_org(timetable: Timetable) -> bool:
    """Return whether schema.org has words for it: it knows no first Monday and no other week."""
    return all(rule.weeks == "every" for rule in timetable.rules)


def schema_org(timetable: Timetable) -> list[dict]:
    """Return the OpeningHoursSpecification list of schema.org.

    One that closes before it opens is on the next day there.
    """
    found = [
        specification(span, dayOfWeek=[f"https://schema.org/{DAYS[day]}" for day in days])
        for days, span in by_hours(timetable)
    ]
    for rule in timetable.rules:
        dates = {"validFrom": rule.first, "validThrough": rule.last}
        dates = {name: date.isoformat() for name, date in dates.items() if date}
        days = [f"https://schema.org/{DAYS[rule.day]}"]
        found += [specification(span, dayOfWeek=days, **dates) for span in rule.spans]
    on_holidays = {"closed": (None,), "other": timetable.bank_holiday_spans or (None,)}
    for span in on_holidays.get(timetable.on_bank_holidays, ()):
        found.append(specification(span, dayOfWeek="https://schema.org/PublicHolidays"))
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
