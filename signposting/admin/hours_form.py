"""The form of a way to reach a service: hours are typed as the service says them."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from ..choices import HOURS_CONFIRMED, BankHolidays, HoursKind
from ..models import WeeklyHours
from ..opening_hours import BANK_HOLIDAY, Timetable, hours_in_words, read
from ..opening_hours.typed_moments import as_date

# What holds from one day to another, or from a day on: "From 1 June 2027 to 31 August 2027: ...".
SEASON = re.compile(
    r"from (?P<first>.*?\d{4})(?: (?:to|until|till) (?P<last>.*?\d{4}))? *:(?P<hours>.+)",
    re.I | re.S,
)


class RouteForm(forms.ModelForm):
    said = forms.CharField(
        label="hours as the service says them",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as Mon-Fri 9:30am-4pm; Wed 1-4pm; closed on bank holidays. "
        "They take the place of the usual hours. For some weeks only, say which: "
        "From 1 June 2027 to 31 August 2027: Mon-Fri 10am-2pm.",
    )
    # What the person has been shown, and saves again to agree with.
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        """Understand the hours that were typed, and show them before they are stored."""
        super().clean()
        if not (said := self.cleaned_data.get("said")):
            return
        try:
            self.season, self.typed = read_season(said)
        except ValidationError as error:
            self.add_error("said", error)
            return
        words = " ".join(words_of(self.season, self.typed))
        if self.cleaned_data.get("shown") != words:
            self.data = self.data.copy()
            self.data[self.add_prefix("shown")] = words
            self.add_error("said", f"We understand: {words} If that is right, save once more.")

    def store_hours(self):
        """Put the hours that were typed in the place of the usual ones, or of those of their season."""
        route, typed, (first, last) = self.instance, self.typed, self.season
        route.weekly_hours.filter(first_day=first).delete()
        rows = [(day, "every", spans) for day, spans in typed.weekly.items()]
        rows += [(rule.day, rule.weeks, rule.spans) for rule in typed.rules]
        if typed.bank_holiday_spans:
            rows.append((BANK_HOLIDAY, "every", typed.bank_holiday_spans))
        for day, weeks, spans in rows:
            row = WeeklyHours.of(route, day, weeks, spans)
            row.first_day, row.last_day = first, last
            row.save()
        if not first or route.hours != HoursKind.ALWAYS:
            route.hours = HoursKind.WEEKLY
        if typed.on_bank_holidays:
            route.bank_holidays = typed.on_bank_holidays
        route.save()

    def clean_hours_confidence(self):
        confidence = self.cleaned_data["hours_confidence"]
        if confidence == HOURS_CONFIRMED and "hours_confidence" in self.changed_data:
            raise forms.ValidationError(
                "How sure we are of the hours: record a check to say that the service told us."
            )
        return confidence


def read_season(said):
    """Return ((first day, last day), what was typed); usual hours have no days, so None twice.

    Raises ValidationError with a sentence.
    """
    season = SEASON.fullmatch(said.strip())
    if not season:
        return (None, None), read(said)
    first, last = (day and as_date(day) for day in season.group("first", "last"))
    if last and last < first:
        raise ValidationError("Hours: the last day is before the first one.")
    typed = read(season["hours"])
    if typed.on_bank_holidays:
        raise ValidationError(
            "Hours: bank holidays are the same in every season. Say them with the usual hours."
        )
    return (first, last), typed


def words_of(season, typed):
    """Return what was understood, as lines for the person who typed it."""
    holidays = typed.on_bank_holidays or BankHolidays.UNKNOWN
    timetable = Timetable(
        typed.weekly,
        holidays,
        rules=tuple(typed.rules),
        bank_holiday_spans=typed.bank_holiday_spans,
    )
    lines = hours_in_words(timetable, date.min)
    lines = lines if typed.on_bank_holidays else lines[:-1]
    if season[0]:
        first, last = (day and date_format(day, "j F Y") for day in season)
        lines = [f"From {first}{f' to {last}' if last else ' on'}:", *lines]
    return lines
