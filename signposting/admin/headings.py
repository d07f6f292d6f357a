"""The screen of changes of areas and groups: one keeper asks, another sees what is new and agrees."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from publishing.admin_messages import say_printed
from safety.accounts import waiting
from safety.accounts.deeds import Deed
from safety.accounts.roles import KEEPERS
from safety.identity.admin.one_button import AGREE_OR_DROP, OneButton

from .. import headings
from ..models import HeadingsRelease
from ..releases import trying

SETTLED = "This was settled before. Ask again."
ROW = "<tr><th scope='row'>{}</th><td>{}</td><td>{}</td></tr>"
TABLE = (
    "<table><thead><tr><th scope='col'>What</th><th scope='col'>As readers have it</th>"
    "<th scope='col'>As it would be</th></tr></thead><tbody>{}</tbody></table>"
)


class AskForm(forms.ModelForm):
    class Meta:
        model = HeadingsRelease
        fields = ["reason"]

    def clean(self):
        found = super().clean()
        if why := waiting.why_not_ask(self.user):
            raise ValidationError(why)
        if HeadingsRelease.objects.waiting().exists():
            raise ValidationError("A change waits already. Agree it or drop it first.")
        self.instance.content = headings.as_rows(headings.typed())
        if not new_in(self.instance):
            raise ValidationError(
                "This is what readers have already. Change an area or a group first."
            )
        trying.tried_headings(self.instance)
        return found


class AgreeForm(forms.ModelForm):
    drop = forms.BooleanField(label="Drop it: it must not be agreed", required=False)

    class Meta:
        model = HeadingsRelease
        fields = []

    def clean(self):
        found = super().clean()
        asked = self.instance
        if asked.agreed_at or asked.dropped_at:
            raise ValidationError(SETTLED)
        if found.get("drop"):
            return found
        if asked.asked_by_id == self.user.pk:
            raise ValidationError("Somebody else must agree. You cannot agree what you asked for.")
        if why := waiting.why_not_agree(self.user):
            raise ValidationError(why)
        trying.tried_headings(asked)
        return found


def new_in(release):
    """Return what readers would have otherwise by a release: (what, before, after)."""
    return headings.difference(headings.of_rows(release.content), headings.now())


@admin.register(HeadingsRelease)
class HeadingsReleaseAdmin(OneButton, admin.ModelAdmin):
    deeds = (
        Deed(
            "ask for a change of areas and groups",
            "signposting.add_headingsrelease",
            (KEEPERS,),
            waiting.why_not_ask,
        ),
        Deed(
            "agree what a colleague asked for",
            "signposting.change_headingsrelease",
            (KEEPERS,),
            waiting.why_not_agree,
        ),
    )
    list_display = ["__str__", "asked_by", "agreed_by", "agreed_at", "dropped_at"]
    list_select_related = ["asked_by", "agreed_by"]
    # What waits comes first, on every database.
    ordering = ["-asked_at", "-pk"]
    actions = None
    to_add = ("Ask for a change of areas and groups", "Ask a colleague to agree")

    def button_of(self, obj):
        return AGREE_OR_DROP

    def has_change_permission(self, request, obj=None):
        """What was settled is looked at, and has no button."""
        settled = obj is not None and (obj.agreed_at or obj.dropped_at)
        return not settled and super().has_change_permission(request, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = AgreeForm if obj else AskForm
        return type(form.__name__, (form,), {"user": request.user})

    def get_fields(self, request, obj=None):
        if not obj:
            return ["what_is_new", "reason"]
        return ["what_is_new"] if obj.agreed_at or obj.dropped_at else ["what_is_new", "drop"]

    def get_readonly_fields(self, request, obj=None):
        return ["what_is_new"]

    @admin.display(description="what is new")
    def what_is_new(self, obj):
        """What readers would have: of one that was settled, what differs from what they have now."""
        content = obj.content or headings.as_rows(headings.typed())
        rows = new_in(HeadingsRelease(content=content))
        if not rows:
            return "Nothing: this is what readers have."
        return format_html(TABLE, format_html_join("", ROW, rows))

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
