"""The screen of the site's name and colours: what is saved is a new row, and readers have it."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.urls import path

from publishing.admin_messages import say_printed
from safety.accounts.deeds import Deed
from safety.accounts.roles import EDITORS

from .. import colours, marks, trying
from ..models import Look
from .one_button import OneButton

WORDS = ["name", *colours.FIELDS, "beta", "beta_words"]

NO_CONTACTS = (
    "New mark: look at it, and tick that it holds no number, address or code. If it holds one, "
    "choose another: it would stay when a service changes it."
)


class LookForm(forms.ModelForm):
    new_mark = forms.FileField(
        label="Mark",
        required=False,
        help_text="A PNG picture, best as wide as it is high. It is drawn anew, 96 dots wide.",
    )
    no_contacts = forms.BooleanField(
        label="The new mark holds no number, address or code",
        required=False,
        help_text="Look at it, and tick this. The site cannot read pictures, and readers act on what they "
        "see there.",
    )
    no_mark = forms.BooleanField(label="Take the mark away", required=False)

    class Meta:
        model = Look
        fields = WORDS
        widgets = {"beta_words": AdminTextareaWidget({"rows": 3})}

    def clean_new_mark(self):
        upload = self.cleaned_data.get("new_mark")
        return marks.read(upload) if upload else b""

    def clean(self):
        found = super().clean()
        if found.get("new_mark") and not found.get("no_contacts"):
            self.add_error("no_contacts", NO_CONTACTS)
        return found

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        look, now = self.instance, Look.objects.in_force()
        look.mark = "" if self.cleaned_data["no_mark"] else now.mark
        look.dress(self.cleaned_data["new_mark"])


@admin.register(Look)
class LookAdmin(OneButton, admin.ModelAdmin):
    deeds = (
        Deed(
            "change the site's name, colours, mark and beta notice", "identity.add_look", (EDITORS,)
        ),
    )
    form = LookForm
    list_display = ["name", "made_at", "made_by"]
    actions = None
    change_form_template = "identity/admin/look.html"
    to_add = ("Change the name and colours", "Save, and show it to readers")
    fieldsets = [
        (None, {"fields": ["name", "new_mark", "no_contacts", "no_mark"]}),
        (
            "Colours",
            {
                "fields": colours.FIELDS,
                "description": "Leave a colour empty to have it as it comes. What cannot be read "
                "well in light, dark or forced colours is not saved, and you are told which two.",
            },
        ),
        ("Beta notice", {"fields": ["beta", "beta_words"]}),
    ]

    def get_changeform_initial_data(self, request):
        """Return what is in force, or what an older row says: so one goes back to it."""
        chosen = request.GET.get("from", "")
        row = chosen.isdigit() and Look.objects.filter(pk=chosen).first()
        return model_to_dict(row or Look.objects.in_force(), fields=WORDS)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_fieldsets(self, request, obj=None):
        return [(None, {"fields": WORDS})] if obj else self.fieldsets

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview)
        return [path("preview/", preview, name="identity_look_preview"), *super().get_urls()]

    def preview(self, request):
        """Show the home page with what is in the form, in the frame below it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = LookForm(request.POST, request.FILES)
        if form.is_valid():
            response = HttpResponse(trying.shown(form.instance))
        else:
            said = [sentence for each in form.errors.values() for sentence in each]
            response = HttpResponse("\n".join(said), content_type="text/plain; charset=utf-8")
        response.is_preview = True
        return response

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)

        class Tried(form):
            def _post_clean(self):
                super()._post_clean()
                if not self.errors:
                    try:
                        trying.tried(lambda: self.instance.put_in_force(request.user))
                    except ValidationError as error:
                        self.add_error(None, error)
                    self.instance.pk = None

        return form if obj else Tried

    def save_model(self, request, obj, form, change):
        obj.put_in_force(request.user)

    def response_add(self, request, obj, post_url_continue=None):
        say_printed(request)
        return super().response_add(request, obj, post_url_continue)
