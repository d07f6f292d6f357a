from datetime import date

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from safety.accounts.deeds import Deed
from safety.accounts.roles import KEEPERS
from safety.drafts.meanwhile import SeenAdmin

from ..choices import HOURS_CONFIRMED, BankHolidays, HoursKind
from ..models import Closure, ExceptionalDay, Route, Service, WeeklyHours
from ..opening_hours import BANK_HOLIDAY, Timetable, hours_in_words, read
from .services import FOR_READERS, LabelledInline, say_who_agrees

HOURS = {"said", "hours", "hours_note", "bank_holidays", "holidays_of", "hours_confidence"}


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


class WeeklyInline(LabelledInline):
    model = WeeklyHours
    extra = 0


class ExceptionalInline(LabelledInline):
    model = ExceptionalDay
    extra = 0


class ClosureInline(LabelledInline):
    model = Closure
    extra = 0


@admin.register(Route)
class RouteAdmin(SeenAdmin, admin.ModelAdmin):
    """One way to reach a service: its hours, cost and trace. Its number or address has screens of its own."""

    deeds = (
        Deed("change hours, cost and trace of a route", "signposting.change_route", (KEEPERS,)),
        *FOR_READERS,
        Deed("delete one"),
    )
    form = RouteForm
    list_display = ["service", "kind", "label", "display", "hours"]
    list_filter = ["kind", "hours"]
    search_fields = ["service__name", "dial", "display"]
    list_select_related = ["service"]
    actions = None
    inlines = [WeeklyInline, ExceptionalInline, ClosureInline]
    fieldsets = [
        (None, {"fields": ["service", "key", "kind", "label", "display", "address", "words"]}),
        ("Cost and trace", {"fields": ["cost", "trace", "trace_note"]}),
        (
            "Hours",
            {
                "fields": [
                    *["said", "shown", "hours", "bank_holidays", "holidays_of", "hours_note"],
                    "hours_confidence",
                ]
            },
        ),
    ]
    readonly_fields = ["display", "address"]

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "service", "key"] if obj else self.readonly_fields

    def formfield_for_foreignkey(self, field, request, **kwargs):
        if field.name == "service":
            kwargs["queryset"] = Service.objects.filter(emergency=False)
        return super().formfield_for_foreignkey(field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.emergency)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.cleaned_data.get("said"):
            form.store_hours()
        if HOURS & set(form.changed_data) or any(formset.has_changed() for formset in formsets):
            form.instance.hours_changed()

    def response_change(self, request, obj):
        say_who_agrees(request, obj.service)
        return super().response_change(request, obj)
