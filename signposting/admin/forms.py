from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from ..choices import HoursKind
from ..models import Check, Service
from ..models.checks import CHECK_EVERY
from ..presenters import hours_in_words, london_day

HOURS_TOLD = [
    ("", "Choose, if the service told you"),
    ("yes", "Yes, the service told us these hours"),
    ("no", "No, we did not ask, or they are others"),
]


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
        self.timed = [
            route
            for route in service.routes.all()
            if route.is_usable and not route.emergency and route.hours != HoursKind.UNKNOWN
        ]
        for route in self.timed:
            self.fields[f"hours_{route.pk}"] = forms.ChoiceField(
                label=f"Did the service confirm these hours? {route.label or route.get_kind_display()}",
                choices=HOURS_TOLD,
                required=False,
                help_text=" ".join(hours_in_words(route, confirmed=True, today=today)[0]),
            )

    def hours_of(self):
        """Return the routes whose hours the service confirmed."""
        if self.cleaned_data["how"] != Check.How.CONFIRMED:
            return []
        return [r for r in self.timed if self.cleaned_data[f"hours_{r.pk}"] == "yes"]

    def clean(self):
        found = super().clean()
        told = found.get("how") == Check.How.CONFIRMED
        if told and found.get("outcome") == Check.Outcome.RIGHT:
            for route in self.timed:
                if not found.get(name := f"hours_{route.pk}"):
                    self.add_error(name, "Hours: say whether the service confirmed them too.")
        return found

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > london_day(timezone.now()):
            raise forms.ValidationError("Day: it has not come yet.")
        return day


# Of every form that chooses what readers get beside a service, or in its place.
NOT_TO_USE = {
    "invalid_choice": (
        "Another way to get help: choose a service that readers can use now. A draft, one that "
        "was taken off, or this service itself cannot stand in its place."
    )
}


class WithholdForm(forms.Form):
    withheld_because = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 2}), help_text="For your colleagues."
    )
    alternative = forms.ModelChoiceField(
        Service.objects.published(),
        label="What stands in its place",
        help_text="Readers get this one wherever the other was.",
        error_messages=NOT_TO_USE,
    )

    def __init__(self, *args, service, **kwargs):
        super().__init__(*args, initial={"alternative": service.alternative_id}, **kwargs)
        choices = self.fields["alternative"].queryset.exclude(pk=service.pk)
        self.fields["alternative"].queryset = choices


class TypedForm(forms.Form):
    """A number or an address, typed by hand. `what` is which: Route.reached_by."""

    display = forms.CharField(strip=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args, what, **kwargs):
        super().__init__(*args, **kwargs)
        field, number = self.fields["display"], what == "number"
        field.label = self.label.format(what=what).capitalize()
        field.help_text = self.help_number if number else self.help_address
        field.widget.attrs |= {"inputmode": "tel"} if number else {"size": 60}
        field.validators.append(MaxLengthValidator(30 if number else 200))


class NumberForm(TypedForm):
    label = "{what}"
    help_number = "As the service writes it, with its spaces: 0808 802 0300."
    help_address = "Whole, as the service writes it: https://example.org or help@example.org."
    reason = forms.CharField(
        label="Why", max_length=200, help_text="Where you read it, or who told you."
    )


class AgreeForm(TypedForm):
    label = "type the {what} again"
    help_number = help_address = "From the service's own page or leaflet, not from your colleague."


class NothingForm(forms.Form):
    """A button and no field."""
