"""What stands on the screen of a service beside its own words: its ways, and when each is open."""

from django import forms
from django.contrib import admin
from django.contrib.admin.checks import InlineModelAdminChecks
from django.db.models import UniqueConstraint
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils import timezone
from django.utils.html import format_html_join

from ..models import Closure, ExceptionalDay, Route
from ..presenters import hours_of, london_day
from .hours_form import RouteForm


class LabelledInline(admin.TabularInline):
    """A table whose every field has its column's name for a screen reader, which Django forgets."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = db_field.verbose_name
        return field


class Once:
    """Mix into a formset, before it: a row that stands twice is refused beside the second.

    Its model's UniqueConstraint says which rows are one, the widest where it has several. Django
    compares no rows where a constraint has a condition, and speaks of duplicate data.
    """

    def validate_unique(self):
        every = (one for one in self.model._meta.constraints if isinstance(one, UniqueConstraint))
        constraint, rows = max(every, key=lambda one: len(one.fields)), set()
        for form in self.forms:
            # Nothing is in a row that was added and left empty.
            typed = form.is_valid() and form.cleaned_data
            if not typed or typed.get(DELETION_FIELD_NAME):
                continue
            row = tuple(typed.get(name) for name in constraint.fields)
            if row in rows:
                form.add_error(None, constraint.violation_error_message)
            rows.add(row)


class OnceFormSet(Once, forms.BaseInlineFormSet):
    pass


class WayForm(RouteForm):
    """One row of the table, in which a field has its column's name for a label."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "said" in self.fields:
            self.fields["said"].widget.attrs |= {"rows": 2, "aria-label": self.fields["said"].label}


class RouteInline(LabelledInline):
    """The ways to reach a service, each with its hours: typed here, as the service says them."""

    model = Route
    form = WayForm
    formset = OnceFormSet
    fields = ["key", "kind", "label", "reached", "hours_said", "said", "shown", "position"]
    readonly_fields = ["reached", "hours_said"]
    verbose_name_plural = "Ways to reach it, and when"
    show_change_link = True
    extra = 0

    def get_fields(self, request, obj=None):
        typed = () if obj is None or obj.emergency else ("said", "shown")
        return [name for name in self.fields if name not in ("said", "shown") or name in typed]

    def get_queryset(self, request):
        timed = ("weekly_hours", "exceptional_days", "closures")
        return super().get_queryset(request).select_related("service").prefetch_related(*timed)

    @admin.display(description="number or address")
    def reached(self, route):
        return route.display or route.address or "-"

    @admin.display(description="hours, as readers would have them")
    def hours_said(self, route):
        said, beside = hours_of(route, route.service, london_day(timezone.now()))
        return lines(filter(None, [*said, beside])) or "-"

    def has_delete_permission(self, request, obj=None):
        return False


class OfRoutesFormSet(forms.BaseModelFormSet):
    """The rows of all ways of a service, as one table: a step further than an inline of Django's."""

    parent = "route__service"

    def __init__(self, *args, instance=None, queryset=None, save_as_new=False, **kwargs):
        self.instance = instance
        queryset = queryset.filter(route__service=instance.pk)
        super().__init__(*args, queryset=queryset, **kwargs)

    @classmethod
    def get_default_prefix(cls):
        return cls.model._meta.model_name

    def changed_routes(self):
        """Return the ways whose rows were added, changed or deleted by save()."""
        rows = [*self.new_objects, *(row for row, _ in self.changed_objects), *self.deleted_objects]
        return list({row.route_id: row.route for row in rows}.values())


class OfRoutesChecks(InlineModelAdminChecks):
    def _check_relation(self, obj, parent_model):
        return []

    def _check_exclude_of_parent_model(self, obj, parent_model):
        return []


class OfRouteForm(forms.ModelForm):
    """A row keeps the way that it is of: another way has a row of its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["route"].disabled = self.instance.pk is not None


class OfRoutesInline(LabelledInline):
    """Rows of the ways of a service that are not over yet, as readers will meet them."""

    form = OfRouteForm
    formset = OfRoutesFormSet
    checks_class = OfRoutesChecks
    extra = 0
    ends = ""

    def get_queryset(self, request):
        to_come = {f"{self.ends}__gte": london_day(timezone.now())}
        return super().get_queryset(request).filter(**to_come).select_related("route__service")

    def get_formset(self, request, obj=None, **kwargs):
        options = {
            "form": self.form,
            "formset": self.formset,
            "fields": self.fields,
            "formfield_callback": lambda field, **more: self.formfield_for_dbfield(
                field, request, **more
            ),
            "extra": self.extra,
            "can_delete": self.has_delete_permission(request, obj),
        }
        return forms.modelformset_factory(self.model, **options | kwargs)

    def formfield_for_foreignkey(self, field, request, **kwargs):
        service = request.resolver_match.kwargs.get("object_id")
        kwargs["queryset"] = Route.objects.filter(service=service).select_related("service")
        return super().formfield_for_foreignkey(field, request, **kwargs)


class DaysFormSet(Once, OfRoutesFormSet):
    pass


class DaysInline(OfRoutesInline):
    model = ExceptionalDay
    formset = DaysFormSet
    ends = "date"
    fields = ["route", "date", "opens", "closes", "opens_again", "closes_again"]
    fields += ["opens_third", "closes_third", "reason"]
    verbose_name = "day with other hours"
    verbose_name_plural = "Days with other hours. Without a time it is closed"


class ClosedInline(OfRoutesInline):
    model = Closure
    ends = "last_day"
    fields = ["route", "first_day", "last_day", "reason"]
    verbose_name_plural = "Closed from one day to another"


def lines(sentences):
    return format_html_join("", "<p>{}</p>", ((sentence,) for sentence in sentences))
