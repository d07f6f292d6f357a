"""The form of a way to reach a service: hours are typed as the service says them."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from ..choices import HOURS_CONFIRMED, BankHolidays, HoursKind
from ..models import WeeklyHours
from ..opening_hours import BANK_HOLIDAY, Timetable, hours_in_words, read


class RouteForm(forms.ModelForm):
    said = forms.CharField(
        label="hours as the service says them",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as Mon-Fri 9:30am-4pm; Wed 1-4pm; closed on bank holidays. "
        "They take the place of the usual hours in the table below.",
    )
    # What the person has been shown, and saves again to agree with.
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        """Understand the hours that were typed, and show them before they are stored."""
        super().clean()
        if not (said := self.cleaned_data.get("said")):
            return
        try:
            typed = read(said)
        except ValidationError as error:
            self.add_error("said", error)
            return
        self.typed = typed
        words = " ".join(words_of(typed))
        if self.cleaned_data.get("shown") != words:
            self.data = self.data.copy()
            self.data[self.add_prefix("shown")] = words
            self.add_error("said", f"We understand: {words} If that is right, save once more.")

    def store_hours(self):
        """Put the hours that were typed in the place of the usual ones; dated tables stay."""
        route, typed = self.instance, self.typed
        route.weekly_hours.filter(first_day__isnull=True).delete()
        rows = [(day, "every", spans) for day, spans in typed.weekly.items()]
        rows += [(rule.day, rule.weeks, rule.spans) for rule in typed.rules]
        if typed.bank_holiday_spans:
            rows.append((BANK_HOLIDAY, "every", typed.bank_holiday_spans))
        for day, weeks, spans in rows:
            WeeklyHours.of(route, day, weeks, spans).save()
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


def words_of(typed):
    """Return what was understood, as lines for the person who typed it."""
    holidays = typed.on_bank_holidays or BankHolidays.UNKNOWN
    timetable = Timetable(
        typed.weekly,
        holidays,
        rules=tuple(typed.rules),
        bank_holiday_spans=typed.bank_holiday_spans,
    )
    lines = hours_in_words(timetable, date.min)
    return lines if typed.on_bank_holidays else lines[:-1]
