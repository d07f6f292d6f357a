"""Whether a service is open at an instant, in words; static/js/opening.js says the same."""

import json
from datetime import datetime

from .timetable import Ahead
from .uk_time import LONDON, time_in_words


def say(ahead: Ahead, now: datetime) -> str:
    """Return the words at an aware instant, or "" when nothing may be claimed."""
    if not ahead.days or not ahead.days[0][0] <= now < ahead.until:
        return ""
    today = max(n for n, (start, _, _) in enumerate(ahead.days) if start <= now)
    for starts, ends in ahead.spans:
        if starts <= now < ends:
            return "Open now." if ends == ahead.until else f"Open now. Closes at {at(ends)}."
        if now < starts:
            return f"{closed(ahead, today)} Opens at {at(starts)} {on(ahead, today, starts)}."
    return closed(ahead, today)


def closed(ahead, today):
    _, _, day = ahead.days[today]
    return f"Closed today, {day.reason}." if day.reason and not day.spans else "Closed now."


def on(ahead, today, starts):
    then = max(n for n, (start, _, _) in enumerate(ahead.days) if start <= starts)
    if then - today < 2:
        return ["today", "tomorrow"][then - today]
    date = ahead.days[then][1]
    return f"on {date:%A}" if then - today < 7 else f"on {date:%A} {date.day} {date:%B}"


def at(instant):
    return time_in_words(instant.astimezone(LONDON).time())


def for_the_page(ahead: Ahead, moment: datetime) -> str:
    """Return what opening.js needs, as JSON: instants in minutes since 1970, and words.

    The words are made here, so that a browser needs no calendar and no time zone.
    """
    return json.dumps(
        {
            "from": minutes(moment),
            "until": minutes(ahead.until),
            "days": [
                [minutes(start), f"{date:%A}", f"{date.day} {date:%B}", reason_of(day)]
                for start, date, day in ahead.days
            ],
            "spans": [[minutes(s), minutes(e), at(s), at(e)] for s, e in ahead.spans],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def reason_of(day):
    return "" if day.spans else day.reason


def minutes(instant):
    return int(instant.timestamp() // 60)
