"""The forms of blocks whose fields are not simply typed in."""

from django import forms
from django.core.exceptions import ValidationError

from . import images, references


class ImageForm(forms.ModelForm):
    upload = forms.FileField(
        label="picture",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text="JPEG, PNG or WebP, at most 5 MB. It is drawn again in two sizes, and what the "
        "camera wrote into it, such as the place, is dropped.",
    )

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload:
            return images.drawn(upload)
        if not self.instance.sizes:
            raise ValidationError("Choose a picture.")
        return None

    def save(self, commit=True):
        if self.cleaned_data["upload"]:
            self.instance.sizes = images.store(self.cleaned_data["upload"])
        return super().save(commit)


class HelplinesForm(forms.ModelForm):
    services = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        help_text="From the register of help. Their numbers stay right by themselves.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What is chosen stands first, so that a page keeps its own order.
        chosen = self.instance.services
        order = {slug: place for place, slug in enumerate(chosen)}
        services = references.services()
        self.fields["services"].choices = sorted(
            services, key=lambda service: order.get(service[0], len(order))
        )
