"""The screen of changes of areas and groups: one keeper asks, another sees what is new and agrees."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from safety.identity.admin import two_people

from .. import headings, releases
from ..models import HeadingsRelease
from ..releases import trying

ROW = "<tr><th scope='row'>{}</th><td>{}</td><td>{}</td></tr>"
TABLE = (
    "<table><thead><tr><th scope='col'>What</th><th scope='col'>As readers have it</th>"
    "<th scope='col'>As it would be</th></tr></thead><tbody>{}</tbody></table>"
)


MEANWHILE = (
    "A colleague saved an area or a group meanwhile. Look at what is different now, and ask again."
)


class AskForm(two_people.AskForm):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = HeadingsRelease
        fields = ["reason"]

    def clean(self):
        """Refuse what differs from what was shown: whoever asks answers for all of it."""
        found = super().clean()
        if found.get("seen") != (shown := seen()):
            self.data = self.data.copy()
            self.data["seen"] = shown
            raise ValidationError(MEANWHILE)
        self.instance.content = headings.as_rows(headings.typed())
        if not new_in(self.instance):
            raise ValidationError(
                "This is what readers have already. Change an area or a group first."
            )
        trying.tried_headings(self.instance)
        return found


class AgreeForm(two_people.AgreeForm):
    class Meta:
        model = HeadingsRelease
        fields = []

    def look(self, found):
        trying.tried_headings(self.instance)


def new_in(release):
    """Return what readers would have otherwise by a release: (what, before, after)."""
    return headings.difference(headings.of_rows(release.content), headings.now())


def seen():
    """Return what stands for the difference that who asks is shown, to be sent along."""
    return releases.seen(headings.difference(headings.typed(), headings.now()))


@admin.register(HeadingsRelease)
class HeadingsReleaseAdmin(two_people.TwoPeople, admin.ModelAdmin):
    ask_form, agree_form = AskForm, AgreeForm
    deeds = two_people.deeds("signposting.headingsrelease", "ask for a change of areas and groups")
    to_add = ("Ask for a change of areas and groups", "Ask a colleague to agree")

    def get_changeform_initial_data(self, request):
        return {"seen": seen()}

    def has_change_permission(self, request, obj=None):
        """What was settled is looked at, and has no button."""
        settled = obj is not None and (obj.agreed_at or obj.dropped_at)
        return not settled and super().has_change_permission(request, obj)

    def get_fields(self, request, obj=None):
        if not obj:
            return ["what_is_new", "reason", "seen"]
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
