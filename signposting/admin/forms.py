from django import forms
from django.utils import timezone

from ..choices import HoursKind
from ..models import Check, Closure, Service
from ..models.checks import CHECK_EVERY
from ..opening_hours.typed_moments import DateField, DateInput
from ..presenters import hours_of, london_day
from ..releases import CLOSED_BECAUSE, DOUBTS, as_written, in_force

HOURS_TOLD = [
    ("", "Choose, if the service told you"),
    ("yes", "Yes, the service told us these hours"),
    ("no", "No, we did not ask, or they are others"),
]

DOUBT_STANDS = [
    ("", "Choose, if the service told you"),
    ("yes", "Yes, keep telling readers"),
    ("no", "No, the service settled it: take the words away"),
]


class CheckForm(forms.ModelForm):
    """One screen, filled in already: a keeper reads the page beside it and presses the button."""

    class Meta:
        model = Check
        fields = ["outcome", "how", "where", "day", "due"]
        field_classes = {"day": DateField, "due": DateField}
        widgets = {
            "where": forms.Textarea(attrs={"rows": 2}),
            "day": DateInput,
            "due": DateInput,
        }

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
            if route.is_usable and not route.emergency and route.has_hours
        ]
        for route in self.timed:
            self.fields[f"hours_{route.pk}"] = forms.ChoiceField(
                label=f"Did the service confirm these hours? {route.label or route.get_kind_display()}",
                choices=HOURS_TOLD,
                required=False,
                help_text=" ".join(hours_of(route, service, today)[0]),
            )
        if service.doubt:
            self.fields["doubt"] = forms.ChoiceField(
                label="Is this still not certain?",
                choices=DOUBT_STANDS,
                required=False,
                help_text=service.doubt,
            )

    def hours_of(self):
        """Return the routes whose hours the service confirmed."""
        if self.cleaned_data["how"] != Check.How.CONFIRMED:
            return []
        return [r for r in self.timed if self.cleaned_data[f"hours_{r.pk}"] == "yes"]

    def doubt_is_gone(self):
        """Return whether the service settled what was not certain."""
        told = self.cleaned_data["how"] == Check.How.CONFIRMED
        return told and self.cleaned_data.get("doubt") == "no"

    def clean(self):
        found = super().clean()
        told = found.get("how") == Check.How.CONFIRMED
        if told and found.get("outcome") == Check.Outcome.RIGHT:
            if "doubt" in self.fields and not found.get("doubt"):
                self.add_error("doubt", "What is not certain: say whether it still is.")
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


class TakeOffForm(forms.Form):
    what = forms.ChoiceField(label="What to take off", widget=forms.RadioSelect)
    because = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 2}), help_text="For your colleagues."
    )
    alternative = forms.ModelChoiceField(
        Service.objects.none(),
        label="What stands in its place",
        help_text="Readers get this one wherever the other was.",
        error_messages=NOT_TO_USE,
    )

    def __init__(self, *args, service, **kwargs):
        readers = in_force()
        mine = readers.get(service.slug)
        others = [slug for slug, each in readers.items() if each.is_published and each != service]
        instead = mine and mine.another_way
        initial = {"what": "", "alternative": instead and instead.pk}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["alternative"].queryset = Service.objects.filter(slug__in=others)
        routes = mine.shown_routes() if mine else []
        self.routes = {route.key: route for route in routes if not route.emergency}
        one = [(key, f"Only this: {name_of(route)}") for key, route in self.routes.items()]
        whole = ("", "All of it: readers get its name, and no number, address or link")
        self.fields["what"].choices = [whole, *(one if len(one) > 1 else [])]
        self.fields["what"].required = False

    def route(self):
        """Return the one route to take off, or None for all of it."""
        return self.routes.get(self.cleaned_data["what"])


def name_of(route):
    said = route.display or route.address
    return f"{route.label or route.get_kind_display()} {said}".strip()


REASON = {
    "max_length": 200,
    "help_text": "Where you read it, or who told you. For your colleagues.",
}


def field_to_type(label, what):
    """Return a field in which a number or an address is typed by hand."""
    number = what == "number"
    return forms.CharField(
        label=label,
        strip=False,
        required=False,
        max_length=30 if number else 200,
        widget=forms.TextInput(
            {"autocomplete": "off", **({"inputmode": "tel"} if number else {"size": 60})}
        ),
    )


MEANWHILE = (
    "A colleague saved something of this service meanwhile. Look at what is different now, and ask "
    "again."
)


class AskForm(forms.Form):
    """What the first person types: new numbers and addresses. An empty field changes nothing."""

    SHOWN = [("yes", "Show it with its numbers"), ("no", "Keep its numbers off, change its words")]

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, service, shown, **kwargs):
        super().__init__(*args, initial={"seen": shown}, **kwargs)
        if service.status == Service.Status.WITHHELD:
            self.fields["shown"] = forms.ChoiceField(
                label="What readers get", choices=self.SHOWN, widget=forms.RadioSelect
            )
        self.routes = {f"route_{route.key}": route for route in service.routes.all()}
        for name, route in self.routes.items():
            said = route.label or route.get_kind_display()
            if route.reached_by:
                field = field_to_type(f"{said}: new {route.reached_by}", route.reached_by)
                field.help_text = told_of(route)
                self.fields[name] = field
            elif route.held_because:
                self.fields[name] = forms.BooleanField(
                    label=f"{said}: show it again", required=False
                )
        self.fields["reason"] = forms.CharField(label="Why", **REASON)

    def clean(self):
        """Refuse what differs from what was shown: whoever asks answers for all of it."""
        found = super().clean()
        if found.get("seen") != self.initial["seen"]:
            self.data = self.data.copy()
            self.data["seen"] = self.initial["seen"]
            raise forms.ValidationError(MEANWHILE)
        for name, route in self.routes.items():
            if route.reached_by and found.get(name):
                try:
                    as_written(route.reached_by, found[name])
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return found

    def asked(self):
        """Return what releases.ask() is to be given."""
        data = self.cleaned_data
        return {
            "typed": {r.key: data[name] for name, r in self.routes.items() if data.get(name)},
            "reason": data["reason"],
            "is_shown": data.get("shown") != "no",
        }


def told_of(route):
    if route.held_because:
        return f"It is off: {route.held_because} Leave this empty to keep it off."
    if route.display or route.address:
        return f"Now {route.display or route.address}. Leave this empty to keep it."
    return "It has none yet."


class TypeForm(forms.Form):
    """What the second person types, before they see it. Nothing of it is in the form."""

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {f"type_{place.name}": place for place in places}
        for name, place in self.places.items():
            self.fields[name] = field_to_type(f"{place.label}: {place.what}", place.what)
            self.fields[
                name
            ].help_text = "From the service’s own page or leaflet, not from your colleague."

    def typed(self):
        return {place.name: self.cleaned_data[name] for name, place in self.places.items()}

    def hide(self):
        for field in self.fields.values():
            field.widget = forms.HiddenInput()


class LessForm(forms.Form):
    """What one person may say alone. Readers get words from these lists, and no others."""

    doubt = forms.ChoiceField(
        label="Something is not certain",
        required=False,
        choices=[("", "No"), *((words, words) for words in DOUBTS)],
    )
    unknown = forms.MultipleChoiceField(
        label="We do not know the hours of", required=False, widget=forms.CheckboxSelectMultiple
    )
    first_day = DateField(label="Closed from", required=False)
    last_day = DateField(label="Closed until", required=False)
    closed_because = forms.ChoiceField(
        label="Why it is closed", choices=[(words, words) for words in CLOSED_BECAUSE]
    )
    reason = forms.CharField(label="How you know", **REASON)

    def __init__(self, *args, service, **kwargs):
        super().__init__(*args, **kwargs)
        self.timed = {
            str(route.pk): route
            for route in service.routes.all()
            if not route.emergency and route.hours != HoursKind.UNKNOWN
        }
        self.fields["unknown"].choices = [
            (pk, route.label or route.get_kind_display()) for pk, route in self.timed.items()
        ]

    def clean(self):
        found = super().clean()
        first, last = found.get("first_day"), found.get("last_day")
        if bool(first) != bool(last):
            self.add_error(
                "last_day" if first else "first_day", "Closed: give the first day and the last day."
            )
        elif first and last < first:
            self.add_error("last_day", "Closed until: it is before the first day.")
        if not (found.get("doubt") or found.get("unknown") or first or last):
            raise forms.ValidationError("Choose at least one thing that readers are to be told.")
        return found

    def said(self):
        """Return what releases.claim_less() is to be given."""
        data = self.cleaned_data
        closed = None
        if data["first_day"]:
            closed = Closure(
                first_day=data["first_day"],
                last_day=data["last_day"],
                reason=data["closed_because"],
            )
        return {
            "reason": data["reason"],
            "doubt": data["doubt"],
            "unknown": [self.timed[pk] for pk in data["unknown"]],
            "closed": closed,
        }


class NothingForm(forms.Form):
    """A button and no field."""
