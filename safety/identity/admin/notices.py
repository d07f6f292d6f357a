"""The screen of urgent notices: what one says stays as it was saved; it can be stopped."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils import timezone

from publishing.admin_messages import SaysPrinted
from safety.accounts.deeds import Deed
from safety.accounts.roles import EDITORS

from .. import trying
from ..models import UrgentNotice
from .one_button import OneButton


class NewForm(forms.ModelForm):
    class Meta:
        model = UrgentNotice
        fields = ["words", "starts_at", "ends_at"]
        help_texts = {"starts_at": "Leave it empty to start now. UK time."}
        widgets = {"words": AdminTextareaWidget({"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Now cannot always be typed: an hour comes twice when summer time ends.
        self.fields["starts_at"].required = False
        self.initial["starts_at"] = None
        # Two days and two times: each says whether of the start or of the end.
        for field in (self.fields["starts_at"], self.fields["ends_at"]):
            for part in getattr(field.widget, "widgets", ()):
                said = part.attrs.get("aria-label", "")
                part.attrs["aria-label"] = f"{field.label}: {said}"

    def clean_starts_at(self):
        return self.cleaned_data["starts_at"] or timezone.now()

    def clean_ends_at(self):
        ends = self.cleaned_data["ends_at"]
        if ends <= timezone.now():
            raise ValidationError("Ends: this time is over. Choose one that is to come.")
        return ends

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        said, moment = self.cleaned_data, max(self.cleaned_data["starts_at"], timezone.now())
        try:
            trying.tried(lambda: UrgentNotice(**said).save(), moment)
        except ValidationError as error:
            self.add_error(None, error)


class StopForm(forms.ModelForm):
    stop = forms.BooleanField(label="Take it off now", required=False)

    class Meta:
        model = UrgentNotice
        fields = []


@admin.register(UrgentNotice)
class UrgentNoticeAdmin(SaysPrinted, OneButton, admin.ModelAdmin):
    deeds = (
        Deed("put an urgent notice above every page", "identity.add_urgentnotice", (EDITORS,)),
        Deed("take one off", "identity.change_urgentnotice", (EDITORS,)),
    )
    list_display = ["words", "starts_at", "ends_at", "stopped_at"]
    actions = None
    to_add = ("Put up an urgent notice", "Put it above every page")

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["form"] = StopForm if obj else NewForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request, obj=None):
        return (
            ["words", "starts_at", "ends_at", "stop"] if obj else ["words", "starts_at", "ends_at"]
        )

    def get_readonly_fields(self, request, obj=None):
        return ["words", "starts_at", "ends_at"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if not change:
            obj.made_by = request.user
            obj.save()
        elif form.cleaned_data["stop"]:
            obj.stop()
