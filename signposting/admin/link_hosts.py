"""The screen of sites that pages may link to: one keeper asks, another types it again."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from publishing.admin_messages import say_printed
from safety.accounts import waiting
from safety.accounts.deeds import Deed
from safety.accounts.roles import KEEPERS
from safety.drafts.whole import Whole
from safety.identity.two_people import SETTLED

from ..models import LinkHost
from ..models.link_hosts import written


class AskForm(Whole, forms.ModelForm):
    class Meta:
        model = LinkHost
        fields = ["address"]

    def clean(self):
        if why := waiting.why_not_ask(self.user):
            raise ValidationError(why)
        # Two people at once: the second waits here, at one row for all, until the first is saved.
        LinkHost.objects.select_for_update().first()
        return super().clean()


class AgreeForm(forms.ModelForm):
    again = forms.CharField(
        label="Type the site again",
        max_length=200,
        required=False,
        help_text="From the site itself, not from your colleague’s message. Then links may lead there.",
    )
    off = forms.BooleanField(
        label="Take it off",
        required=False,
        help_text="From now on readers have the words of links that lead there, without the link. The "
        "first page of the newsroom then says which pages have such links.",
    )

    class Meta:
        model = LinkHost
        fields = []

    def clean(self):
        found = super().clean()
        if found.get("off") or not found.get("again"):
            return found
        # As it is now, and held until this is saved: a colleague may be settling it as well.
        now = LinkHost.objects.select_for_update().get(pk=self.instance.pk)
        if now.taken_off_at:
            raise ValidationError(SETTLED)
        if now.agreed_at:
            raise ValidationError("It is agreed already.")
        if self.instance.asked_by_id == self.user.pk:
            raise ValidationError("Somebody else must type this site again.")
        if why := waiting.why_not_agree(self.user):
            raise ValidationError(why)
        if written(found["again"]) != self.instance.address:
            raise ValidationError(
                "This is not the site that your colleague typed. Look at it again, then speak to them."
            )
        return found


@admin.register(LinkHost)
class LinkHostAdmin(admin.ModelAdmin):
    deeds = (
        Deed(
            "ask for a site that pages may link to",
            "signposting.add_linkhost",
            (KEEPERS,),
            waiting.why_not_ask,
        ),
        Deed(
            "agree one that a colleague asked for",
            "signposting.change_linkhost",
            (KEEPERS,),
            waiting.why_not_agree,
        ),
        Deed("take one off", "signposting.change_linkhost", (KEEPERS,)),
    )
    list_display = ["__str__", "asked_by", "agreed_by", "agreed_at", "taken_off_at"]
    actions = None

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = AgreeForm if change else AskForm
        return type(form.__name__, (form,), {"user": request.user})

    def get_fields(self, request, obj=None):
        return ["again", "off"] if obj else ["address"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.asked_by = request.user
            obj.save()
        elif form.cleaned_data["off"]:
            obj.take_off()
        elif form.cleaned_data["again"]:
            obj.agree(request.user)

    def response_change(self, request, obj):
        say_printed(request)
        return super().response_change(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False
