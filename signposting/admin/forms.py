from django import forms
from django.utils import timezone

from ..models import Check, Service
from ..models.checks import CHECK_EVERY
from ..showing import london_day


class CheckForm(forms.ModelForm):
    """One screen, filled in already: a keeper reads the page beside it and presses the button."""

    class Meta:
        model = Check
        fields = ["outcome", "how", "where", "day", "due"]
        widgets = {"where": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, service, **kwargs):
        today = london_day(timezone.now())
        before = service.last_check
        initial = {"day": today, "due": today + CHECK_EVERY, "how": Check.How.READ}
        if before:
            initial |= {"how": before.how, "where": before.where}
        super().__init__(*args, initial=initial, **kwargs)
        self.instance.service = service

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > london_day(timezone.now()):
            raise forms.ValidationError("Day: it has not come yet.")
        return day


class WithholdForm(forms.Form):
    withheld_because = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 2}), help_text="For your colleagues."
    )
    alternative = forms.ModelChoiceField(
        Service.objects.published(),
        label="What stands in its place",
        help_text="Readers get this one wherever the other was.",
    )

    def __init__(self, *args, service, **kwargs):
        super().__init__(*args, initial={"alternative": service.alternative_id}, **kwargs)
        choices = self.fields["alternative"].queryset.exclude(pk=service.pk)
        self.fields["alternative"].queryset = choices


class NumberForm(forms.Form):
    display = forms.CharField(
        label="Number",
        max_length=30,
        strip=False,
        help_text="As the service writes it, with its spaces: 0808 802 0300.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    reason = forms.CharField(
        label="Why", max_length=200, help_text="Where you read it, or who told you."
    )


class AgreeForm(forms.Form):
    display = forms.CharField(
        label="Type the number again",
        max_length=30,
        strip=False,
        help_text="From the service's own page or leaflet, not from your colleague.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )


class NothingForm(forms.Form):
    """A button and no field."""
