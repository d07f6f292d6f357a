"""Every date and time that the newsroom asks for is taken as people write it."""

from django.contrib.admin import ModelAdmin
from django.contrib.admin.widgets import AdminDateWidget, AdminTimeWidget
from django.db import models

from .opening_hours import typed_moments


class DateWidget(AdminDateWidget):
    """Django's own, with its calendar, that shows a day as it is written."""

    def __init__(self, attrs=None, format=None):
        super().__init__({"size": 18, **(attrs or {})}, "%-d %B %Y")


class TimeWidget(typed_moments.TimeInput, AdminTimeWidget):
    pass


OVERRIDES = {
    models.DateField: {"form_class": typed_moments.DateField, "widget": DateWidget},
    models.TimeField: {"form_class": typed_moments.TimeField, "widget": TimeWidget},
    # Django's own has two fields that nothing names to who cannot see them.
    models.DateTimeField: {"form_class": typed_moments.Moment, "show_hidden_initial": False},
}


class TypedDatesAdmin:
    """Mix into a ModelAdmin, before it: its own fields and those of its inlines."""

    def __init__(self, *args):
        super().__init__(*args)
        self.formfield_overrides.update(OVERRIDES)

    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        for inline in inlines:
            inline.formfield_overrides.update(OVERRIDES)
        return inlines


class TypedDatesSite:
    """Mix into an AdminSite: every form of it takes dates as they are written."""

    def register(self, model_or_iterable, admin_class=None, **options):
        admin_class = admin_class or ModelAdmin
        typed = type(admin_class.__name__, (TypedDatesAdmin, admin_class), {})
        super().register(model_or_iterable, typed, **options)
