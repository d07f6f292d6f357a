"""The screens of a change that two keepers agree: one asks, another looks at it and agrees."""

from django import forms
from django.core.exceptions import ValidationError

from publishing.admin_messages import say_printed
from safety.accounts import waiting
from safety.accounts.deeds import Deed
from safety.accounts.roles import KEEPERS
from safety.identity.two_people import BY_ANOTHER, SETTLED, WAITS

from .one_button import OneButton


class AskForm(forms.ModelForm):
    """`user` is who asks, as TwoPeople says."""

    def clean(self):
        found = super().clean()
        if why := waiting.why_not_ask(self.user):
            raise ValidationError(why)
        changes = self._meta.model.objects
        # Two people at once: the second waits here, at one row for all, until the first is saved.
        changes.select_for_update().first()
        if changes.waiting().exists():
            raise ValidationError(WAITS)
        return found


class AgreeForm(forms.ModelForm):
    """`user` is who agrees. A form with a box `off` may be sent of what was agreed, by one alone."""

    drop = forms.BooleanField(label="Drop it: it must not be agreed", required=False)

    def clean(self):
        found = super().clean()
        # As it is now, and held until this is saved: a colleague may be settling it as well.
        asked = self._meta.model.objects.select_for_update().get(pk=self.instance.pk)
        off = found.get("off")
        if asked.dropped_at or (asked.agreed_at and not off):
            raise ValidationError(SETTLED)
        if found.get("drop") or off:
            return found
        if asked.asked_by_id == self.user.pk:
            raise ValidationError(BY_ANOTHER)
        if why := waiting.why_not_agree(self.user):
            raise ValidationError(why)
        self.look(found)
        return found

    def look(self, found):
        """Refuse what cannot be agreed as it is. Raises ValidationError, or adds errors."""


class TwoPeople(OneButton):
    """Mix into a ModelAdmin: `ask_form` is for a new change, `agree_form` for one that waits."""

    list_display = ["__str__", "asked_by", "agreed_by", "agreed_at", "dropped_at"]
    list_select_related = ["asked_by", "agreed_by"]
    # What waits comes first, on every database.
    ordering = ["-asked_at", "-pk"]
    actions = None

    def button_of(self, obj):
        settled = obj.agreed_at or obj.dropped_at
        return super().button_of(obj) if settled else "Agree it, or drop it if you ticked that"

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = self.agree_form if obj else self.ask_form
        return type(form.__name__, (form,), {"user": request.user})

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if not change:
            obj.asked_by = request.user
            obj.save()
        elif form.cleaned_data.get("drop"):
            obj.drop()
        else:
            obj.agree(request.user)

    def response_change(self, request, obj):
        say_printed(request)
        return super().response_change(request, obj)


def deeds(model, ask):
    """Return what keepers do there; `model` is app.model, and `ask` says what is asked for."""
    app, _, name = model.partition(".")
    return (
        Deed(ask, f"{app}.add_{name}", (KEEPERS,), waiting.why_not_ask),
        Deed(
            "agree what a colleague asked for",
            f"{app}.change_{name}",
            (KEEPERS,),
            waiting.why_not_agree,
        ),
    )
