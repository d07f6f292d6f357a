"""Days and times of day as people write them: “19 April 2027”, “Mon 19th Apr 2027”, “9am”, “9.30”.

What could mean two things is refused with a sentence, and stays in its field.
"""

import re
from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from . import uk_time
from .words import DAYS

MONTHS = [f"{date(2027, month, 1):%B}".lower() for month in range(1, 13)]
WEEKDAY = r"(?:(?P<weekday>[a-z]+),? )?"
DAY, YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
DATES = [
    re.compile(rf"{WEEKDAY}{DAY}(?: of)? (?P<month>[a-z]+)\.?(?:,? {YEAR})?"),
    re.compile(rf"{WEEKDAY}(?P<month>[a-z]+)\.? {DAY}(?:,? {YEAR})?"),
    re.compile(
        rf"{WEEKDAY}(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}}|\d{{2}})"
    ),
    re.compile(rf"{YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})"),
]
TIMES = [
    re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>[ap])\.?m\.?"),
    re.compile(r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"),
    re.compile(r"(?P<hour>\d{2})(?P<minute>\d{2})(?: ?(?:hours|hrs))?"),
]
NAMED_TIMES = {
    **dict.fromkeys(("midday", "noon", "12 noon", "12 midday"), time(12)),
    **dict.fromkeys(("midnight", "12 midnight"), time(0)),
}
# A moment past the last that a calendar has would end every print.
FIRST_YEAR, LAST_YEAR = 2000, 2200
NO_DATE = "We do not understand this date. Write it as in 19 April 2027."
NO_TIME = "We do not understand this time. Write it as in 9am or 4:30pm."


def as_date(typed: str) -> date:
    """Return the day that somebody typed. Raises ValidationError with a sentence."""
    text = " ".join(typed.lower().split())
    found = next(filter(None, (shape.fullmatch(text) for shape in DATES)), None)
    if not found:
        raise ValidationError(NO_DATE)
    parts = found.groupdict()
    month = month_of(parts["month"])
    if not parts["year"]:
        raise ValidationError("Say the year too, as in 19 April 2027.")
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    try:
        day = date(year, month, int(parts["day"]))
    except ValueError:
        raise ValidationError("There is no such day. Look at the calendar again.") from None
    said = parts.get("weekday")
    if said and weekday_of(said) != day.weekday():
        real = date_format(day, "j F Y")
        raise ValidationError(f"{real} is a {DAYS[day.weekday()]}. Which of the two is right?")
    return day


def month_of(said):
    """Return the number of a month, by its number, name or first letters."""
    if said.isdecimal():
        return int(said)
    found = [n for n, name in enumerate(MONTHS, 1) if name.startswith(said) and len(said) > 2]
    if len(found) != 1:
        raise ValidationError(NO_DATE)
    return found[0]


def weekday_of(said):
    """Return the number of a day of the week, by its name or first letters."""
    found = [n for n, name in enumerate(DAYS) if name.lower().startswith(said) and len(said) > 2]
    if len(found) != 1:
        raise ValidationError(NO_DATE)
    return found[0]


def as_time(typed: str) -> time:
    """Return the time of day that somebody typed. Raises ValidationError with a sentence."""
    text = " ".join(typed.lower().split())
    if text in NAMED_TIMES:
        return NAMED_TIMES[text]
    if text.isdecimal() and 1 <= int(text) <= 12 and len(text) < 3:
        raise ValidationError(f"Is that {int(text)}am or {int(text)}pm? Write one of them.")
    found = next(filter(None, (shape.fullmatch(text) for shape in TIMES)), None)
    if not found:
        raise ValidationError(NO_TIME)
    parts = found.groupdict()
    hour, minute, half = int(parts["hour"]), int(parts["minute"] or 0), parts.get("half")
    second = int(parts.get("second") or 0)
    if half:
        if not 1 <= hour <= 12:
            raise ValidationError(NO_TIME)
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or second > 59:
        raise ValidationError(NO_TIME)
    return time(hour, minute, second)


class DateInput(forms.DateInput):
    def __init__(self, attrs=None):
        super().__init__({"size": 18, "autocomplete": "off", **(attrs or {})}, "%-d %B %Y")


class TimeInput(forms.TimeInput):
    def __init__(self, attrs=None):
        super().__init__({"size": 8, "autocomplete": "off", **(attrs or {})})

    def format_value(self, value):
        return uk_time.time_in_words(value) if isinstance(value, time) else value


class DateField(forms.DateField):
    """A day, as people write it."""

    widget = DateInput

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            return as_date(value)
        return super().to_python(value)


class TimeField(forms.TimeField):
    """A time of day, as people write it."""

    widget = TimeInput

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            return as_time(value)
        return super().to_python(value)


class Moment(forms.MultiValueField):
    """A day and a time on clocks in the United Kingdom; gives an aware moment or None."""

    def __init__(self, **kwargs):
        fields = [DateField(required=False), TimeField(required=False)]
        super().__init__(fields, require_all_fields=False, widget=MomentInput, **kwargs)

    def compress(self, parts):
        if not parts:
            return None
        if any(part in self.empty_values for part in parts):
            raise ValidationError("Give a day and a time, both.")
        if not FIRST_YEAR <= parts[0].year < LAST_YEAR:
            raise ValidationError(f"Choose a year from {FIRST_YEAR} to {LAST_YEAR - 1}.")
        return uk_time.moment(*parts)


class MomentInput(forms.SplitDateTimeWidget):
    supports_microseconds = False

    def __init__(self, attrs=None):
        day = DateInput(
            {"aria-label": "day, such as 19 April 2027", "placeholder": "19 April 2027"}
        )
        clock = TimeInput({"aria-label": "time, such as 9am", "placeholder": "9am"})
        forms.MultiWidget.__init__(self, [day, clock], attrs)
