"""A spreadsheet of the register, taken in: first the differences, and nothing else, are shown.

Words go into the working copies; each new number or address is asked for, so that a second
person types it again. What a form does better, such as hours, is not taken from a file.
"""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from .. import releases
from ..models import Service
from .export import COLUMNS, RISKY
from .forms import REASON

MOST_BYTES = 1024 * 1024
WORDS = {"name": "name", "who": "who", "doubt": "what is not certain"}
NEEDED = ("service", "route")


@dataclass(frozen=True)
class Difference:
    """What a file says otherwise than the working copy. `field` is a word, or a route's key."""

    service: Service
    what: str
    before: str
    after: str
    field: str = ""
    route: str = ""

    def __iter__(self):
        return iter((f"{self.service}: {self.what}", self.before, self.after))


class FileForm(forms.Form):
    file = forms.FileField(
        label="The file", help_text="As “Export as CSV” makes it. Take out the rows that stay."
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError("This file is larger than 1 MB: it is no export of the register.")
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError("This is no CSV in UTF-8. Save it as “CSV UTF-8”.") from None


class ConfirmForm(forms.Form):
    """What was read goes along, and what was shown of it, so that nothing else is done."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False)
    shown = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Why", **REASON)


def read(text):
    """Return the rows of a file as dictionaries. Raises ValidationError with a sentence."""
    try:
        found = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        rows = [{name: plain(cell) for name, cell in row.items() if name} for row in found]
    except csv.Error as error:
        raise ValidationError(f"This is no CSV that we can read: {error}.") from error
    missing = [name for name in NEEDED if name not in (found.fieldnames or [])]
    if missing:
        raise ValidationError(f"The file has no column “{missing[0]}”. Begin with an export.")
    unknown = [name for name in found.fieldnames if name and name not in COLUMNS]
    if unknown:
        raise ValidationError(f"We do not know the column “{unknown[0]}”. Begin with an export.")
    return rows


def plain(cell):
    """Return a cell as it was before an export made it harmless."""
    text = (cell or "").strip()
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(RISKY) else text


def compare(rows):
    """Return (Differences, sentences on what is not taken in) of the rows of a file."""
    services = {service.slug: service for service in Service.objects.whole()}
    found, left = {}, []
    for number, row in enumerate(rows, start=2):
        service = services.get(row["service"])
        if service is None:
            left.append(f"Line {number}: there is no service “{row['service']}”. Add it first.")
        elif service.emergency:
            left += of_emergency(row, service, number)
        else:
            for each in [*of_words(row, service), *of_route(row, service, number, left)]:
                found.setdefault((service.pk, each.field, each.route), each)
    return list(found.values()), left


def of_emergency(row, service, number):
    if any(
        row.get(column, getattr(service, field)) != getattr(service, field)
        for field, column in WORDS.items()
    ):
        yield f"Line {number}: {service} is part of the site itself."


def of_words(row, service):
    for field, column in WORDS.items():
        before = getattr(service, field)
        after = row.get(column, before)
        if " ".join(after.split()) != " ".join(before.split()):
            yield Difference(service, column, before, after, field=field)


def of_route(row, service, number, left):
    """Yield the number or address that is new; say in `left` what cannot be one."""
    if not row["route"]:
        return
    route = next((each for each in service.routes.all() if each.key == row["route"]), None)
    if route is None:
        left.append(f"Line {number}: {service} has no route “{row['route']}”. Add it first.")
        return
    column = "number" if route.reached_by == "number" else "address"
    before, after = (route.display, route.address)[column == "address"], row.get(column, "")
    if not after or not route.reached_by or after.replace(" ", "") == before.replace(" ", ""):
        return
    try:
        releases.as_written(route.reached_by, after)
    except ValidationError as error:
        left += [f"Line {number}: {sentence}" for sentence in error.messages]
        return
    yield Difference(service, f"{column} of {route.key}", before, after, route=route.key)


def saved_before(differences):
    """Return what is asked for beside a file: what the forms of its services have, not agreed yet."""
    services = dict.fromkeys(each.service for each in differences)
    return [
        (f"{service}: {what}", before, after)
        for service in services
        for what, before, after in releases.to_ask(service)
    ]


def take_in(differences, reason, user):
    """Change the words, and ask for each service. Return (services asked for, sentences)."""
    by_service = defaultdict(list)
    for each in differences:
        by_service[each.service].append(each)
    asked, refused = [], []
    for service, mine in by_service.items():
        try:
            with transaction.atomic():
                service = releases.locked(service)
                for each in mine:
                    if each.field:
                        setattr(service, each.field, each.after)
                service.full_clean()
                service.save()
                typed = {each.route: each.after for each in mine if each.route}
                releases.ask(service, typed, reason, user)
        except ValidationError as error:
            refused += [f"{service}: {sentence}" for sentence in error.messages]
        else:
            asked.append(service)
    return asked, refused
