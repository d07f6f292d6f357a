"""The forms of the newsroom."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html

from cookies import states
from safety.drafts.admin import AS_SAVED
from signposting.opening_hours.typed_moments import Moment

from .. import images
from ..models import NotAllowedError, Page, Release
from . import edit_conflicts


class PageForm(forms.ModelForm):
    """A page's own words. It is refused over what a colleague saved meanwhile."""

    def clean(self):
        super().clean()
        if self.instance.pk is None:
            return
        try:
            edit_conflicts.check(self.instance, self.data.get("seen"))
        except NotAllowedError as changed:
            change = reverse("admin:awareness_page_change", args=[self.instance.pk])
            address = f"{change}?{AS_SAVED}"
            raise ValidationError(
                format_html(
                    "{} So that nothing of theirs is lost, what you typed is not saved. It is "
                    'still here, below. <a href="{}" target="_blank">Open the page as it is '
                    "now</a>, put your changes in there, and save that.",
                    str(changed),
                    address,
                )
            ) from changed


class PictureForm(forms.Form):
    """A picture that was chosen in the form of a page, sent by itself."""

    picture = forms.FileField(
        error_messages={"empty": "This file is empty.", "required": "Choose a picture."}
    )

    def clean_picture(self):
        return images.drawn(self.cleaned_data["picture"])

    def kept(self):
        """Store the picture. Return its word for the form, its address and what to say of it."""
        drawn, upload = self.cleaned_data["picture"], self.files["picture"]
        sizes = images.store(drawn)
        largest = sizes[-1]
        said = (
            f"{largest['width']} by {largest['height']} dots, {filesizeformat(len(drawn[-1][0]))}."
        )
        if images.is_moving(upload):
            said += " It moves: readers see its first picture, standing still."
        return {
            "chosen": images.to_token(sizes),
            "url": settings.MEDIA_URL + sizes[0]["file"],
            "said": said,
        }


class BlockFormSet(forms.BaseInlineFormSet):
    """The blocks of a type. Those that a colleague deleted are shown as they were typed."""

    def initial_form_count(self):
        count = super().initial_form_count()
        if self.is_bound:
            sent = {self.data.get(f"{self.add_prefix(place)}-id") for place in range(count)}
            # Django pairs what was sent with what is saved, one by one, and leaves out the rest.
            if sent - {str(block.pk) for block in self.get_queryset()}:
                return 0
        return count


class NoteForm(forms.Form):
    note = forms.CharField(
        max_length=200, required=False, help_text="For colleagues: what changed, and why."
    )


class ScheduleForm(NoteForm):
    live_from = Moment(label="From", error_messages={"required": "Give a day and a time."})
    live_until = Moment(
        label="Until", required=False, help_text="Leave it empty to keep it for good."
    )

    field_order = ["live_from", "live_until", "note"]


class DiscardForm(forms.Form):
    sure = forms.BooleanField(
        label="Yes, throw my changes away",
        error_messages={"required": "Tick the box if you want to throw the changes away."},
    )


class PreviewForm(forms.Form):
    """What a preview shows, at which moment, and to whom."""

    # At most one of these; without any it is what the public sees.
    draft = forms.UUIDField(required=False, widget=forms.HiddenInput)
    page = forms.ModelChoiceField(Page.objects, required=False, widget=forms.HiddenInput)
    release = forms.ModelChoiceField(Release.objects, required=False, widget=forms.HiddenInput)
    # Of the page that a link in the preview led to.
    path = forms.RegexField(r"^/(?!/)", max_length=300, required=False, widget=forms.HiddenInput)
    at = Moment(label="On day and at time", required=False)
    reader = forms.ChoiceField(label="To a reader who", choices=states.CHOICES, required=False)
    largest = forms.BooleanField(label="In the largest text", required=False)
