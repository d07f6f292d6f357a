"""The screen of who runs the site: one keeper asks, another types it again and agrees."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.utils.html import format_html, format_html_join

from .. import trying
from ..models import Owner
from ..models.owners import REACH, SAID
from . import two_people

WORDS = {name: Owner._meta.get_field(name).verbose_name for name in SAID}


class AskForm(two_people.AskForm):
    class Meta:
        model = Owner
        fields = [*SAID, "reason"]

    def clean(self):
        found = super().clean()
        now = Owner.objects.in_force()
        if all(found.get(name) == getattr(now, name) for name in SAID):
            raise ValidationError("This is what readers have already. Change something first.")
        return found


class AgreeForm(two_people.AgreeForm):
    """What is new in what readers act on, to be typed again; the rest is read and agreed."""

    off = forms.BooleanField(
        label="Take the contact and the complaints address off now",
        required=False,
        help_text="One person alone may. The exit then leads where it does by itself.",
    )

    class Meta:
        model = Owner
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in to_type(self.instance):
            self.fields[f"again_{name}"] = forms.CharField(
                label=f"Type again: {WORDS[name]}",
                max_length=200,
                required=False,
                help_text="Ask the organisation itself, not your colleague’s message.",
            )

    def look(self, found):
        owner = self.instance
        for name in to_type(owner):
            if found.get(f"again_{name}", "").strip() != getattr(owner, name):
                self.add_error(
                    f"again_{name}",
                    "This is not what your colleague typed. Look at it again, then speak to them.",
                )
        if not self.errors:
            trying.tried(lambda: Owner.objects.get(pk=owner.pk).agree(self.user))


def to_type(owner):
    """Return the names of what a second person types again: what is new, and not taken away."""
    if not owner.pk or owner.agreed_at or owner.dropped_at:
        return []
    new = owner.new_in(Owner.objects.in_force())
    return [name for name in new if name in REACH and getattr(owner, name)]


@admin.register(Owner)
class OwnerAdmin(two_people.TwoPeople, admin.ModelAdmin):
    ask_form, agree_form = AskForm, AgreeForm
    deeds = two_people.deeds(
        "identity.owner", "ask to change who runs this site, and where the exit leads"
    )
    to_add = ("Ask to change who runs this site", "Ask a colleague to agree")

    def get_changeform_initial_data(self, request):
        return model_to_dict(Owner.objects.in_force(), fields=SAID)

    def get_fields(self, request, obj=None):
        if not obj:
            return [*SAID, "reason"]
        again = [f"again_{name}" for name in to_type(obj)]
        if obj.dropped_at:
            return ["what_is_new"]
        return ["what_is_new", "off"] if obj.agreed_at else ["what_is_new", *again, "drop"]

    def get_readonly_fields(self, request, obj=None):
        return ["what_is_new"] if obj else []

    @admin.display(description="what is new")
    def what_is_new(self, obj):
        """What readers would have, but for what the second person has yet to type."""
        hidden = to_type(obj)
        rows = SAID if obj.agreed_at else obj.new_in(Owner.objects.in_force())
        said = [
            (
                f"{WORDS[name].capitalize()}: "
                + ("to type again" if name in hidden else getattr(obj, name) or "nothing"),
            )
            for name in rows
        ]
        rows = format_html_join("", "<li>{}</li>", said)
        return format_html("<ul>{}</ul>", rows) if said else "Nothing."

    def save_model(self, request, obj, form, change):
        if form.cleaned_data.get("off"):
            Owner.take_off(request.user, "Taken off by one person.")
        else:
            super().save_model(request, obj, form, change)
