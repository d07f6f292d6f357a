from django.contrib import admin

from safety.accounts.deeds import Deed
from safety.accounts.roles import KEEPERS
from safety.drafts.meanwhile import SeenAdmin

from ..models import Closure, ExceptionalDay, Route, Service, WeeklyHours
from .hours_form import RouteForm
from .inlines import LabelledInline, OnceFormSet
from .services import FOR_READERS, say_who_agrees

HOURS = {"said", "hours", "hours_note", "bank_holidays", "holidays_of", "hours_confidence"}


class WeeklyInline(LabelledInline):
    model = WeeklyHours
    formset = OnceFormSet
    extra = 0


class ExceptionalInline(LabelledInline):
    model = ExceptionalDay
    formset = OnceFormSet
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
