"""Times as staff say them: what a clock in the United Kingdom shows, right through the year."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

LONDON = ZoneInfo("Europe/London")
MIDNIGHT = time(0)


def start_of(day: date) -> datetime:
    """Return the midnight that starts a local date, in UTC."""
    return datetime.combine(day, MIDNIGHT, LONDON).astimezone(UTC)


def moment(day, clock):
    """Return the aware moment at which clocks in the United Kingdom show this.

    Raises ValidationError for a time that the change of the clocks leaves out or repeats.
    """
    first = datetime.combine(day, clock, LONDON)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    said, on = time_in_words(clock), date_format(day, "l j F Y")
    if first.utcoffset() < second.utcoffset():
        raise ValidationError(
            f"The clocks go forward on {on}, so there is no {said} that day. "
            "Choose a time before 1am, or 2am or later."
        )
    raise ValidationError(
        f"The clocks go back on {on}, so {said} comes twice that day. "
        "Choose a time before 1am, or 2am or later."
    )


def words(when):
    """Return an aware moment in words: 9am on Monday 22 April 2024."""
    local = timezone.localtime(when, LONDON)
    twice = local.replace(fold=0).utcoffset() > local.replace(fold=1).utcoffset()
    which = ("before", "after")[local.fold] if twice else ""
    if (local.hour, local.minute) == (0, 0):
        return f"midnight at the start of {date_format(local, 'l j F Y')}"
    note = f" ({which} the clocks go back)" if twice else ""
    return f"{time_in_words(local.time())}{note} on {date_format(local, 'l j F Y')}"


def time_in_words(at: time) -> str:
    """Return a time of day as GOV.UK writes it: 9am, 9:30am, midday, 5:30pm, midnight."""
    if (at.hour, at.minute) == (0, 0):
        return "midnight"
    if (at.hour, at.minute) == (12, 0):
        return "midday"
    minutes = f":{at:%M}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"
