"""The forms of blocks whose fields are not simply typed in."""

import contextlib

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from . import images, references

NO_CONTACTS = (
    "New picture: look at it, and tick that it holds no number, address or code. If it holds one, "
    "choose another picture: a number on it would stay when the service changes it."
)
# Shown by static/js/pictures.js, without which it can do nothing.
TAKE = mark_safe(
    '<button type="button" class="button" data-take hidden>Take one that we have</button>'
)


class PictureInput(forms.FileInput):
    """Shows the picture that there is beside the button that chooses another."""

    picture = None

    def render(self, *args, **kwargs):
        chooser = super().render(*args, **kwargs) + TAKE
        if not self.picture:
            return chooser
        return format_html('<img class="thumbnail" src="{}" alt="">{}', self.picture, chooser)


class ImageForm(forms.ModelForm):
    """A picture is sent, looked at and stored when it is chosen (static/js/pictures.js).

    From then on the form carries only the word for it, `chosen`, so that it is still there
    when something else is wrong. Without the script the file comes with the form.
    """

    upload = forms.FileField(
        label="Picture",
        required=False,
        widget=PictureInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text="JPEG, PNG or WebP. It is drawn again in two sizes, and what the camera wrote "
        "into it, such as the place, is dropped.",
    )
    chosen = forms.CharField(required=False, widget=forms.HiddenInput)
    no_contacts = forms.BooleanField(
        label="It holds no number, address or code",
        required=False,
        help_text="Tick it for a new picture. The site cannot read pictures, and readers act on what "
        "they see there: no telephone number, web or email address, name on a network, QR code.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sizes = self.had = self.instance.sizes
        with contextlib.suppress(ValidationError):
            sizes = images.from_token(self.data.get(self.add_prefix("chosen")) or "")
        self.show(sizes)

    def show(self, sizes):
        url = settings.MEDIA_URL + sizes[0]["file"] if sizes else None
        self.fields["upload"].widget.picture = url

    def clean(self):
        found = super().clean()
        if upload := found.get("upload"):
            self.add(upload)
        elif token := found.get("chosen"):
            try:
                self.instance.sizes = images.from_token(token)
            except ValidationError as error:
                self.add_error("upload", error)
        if not self.instance.sizes and "upload" not in self.errors:
            self.add_error("upload", "Choose a picture.")
        # One that stands on a page already was looked at there.
        is_new = self.instance.sizes != self.had and not self.is_known()
        if is_new and "upload" not in self.errors and not found.get("no_contacts"):
            self.add_error("no_contacts", NO_CONTACTS)
        return found

    def is_known(self):
        return type(self.instance).objects.filter(sizes=self.instance.sizes).exists()

    def add(self, upload):
        try:
            sizes = images.store(images.drawn(upload))
        except ValidationError as error:
            self.add_error("upload", error)
            return
        self.instance.sizes = sizes
        self.show(sizes)
        # If another field is refused, the form comes back with the picture.
        self.data = self.data.copy()
        self.data[self.add_prefix("chosen")] = images.to_token(sizes)


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
