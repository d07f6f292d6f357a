"""Where numbers and addresses stand in a document, and what somebody typed for one."""

from dataclasses import dataclass

from ..models.routes import REACHED_BY
from ..numbers import dial_of, email_address_of, web_address_of
from . import document
from .document import WEBSITE

__all__ = ["WEBSITE", "Place", "as_written", "new_places", "places"]


@dataclass(frozen=True)
class Place:
    """Where a number or an address stands: `name` in forms, `label` and `what` in words."""

    name: str
    label: str
    what: str
    value: str

    def holds(self, typed):
        """Return whether somebody typed what stands here, however the digits are grouped."""
        found = as_written(self.what, typed)
        return self.value in (found.get("dial"), found.get("address"))


def as_written(what, typed):
    """Return what somebody typed as the fields of a route, checked. Raises ValidationError."""
    if what == "web address":
        return {"address": web_address_of(typed)}
    if what == "email address":
        return {"address": email_address_of(typed)}
    return {"dial": dial_of(typed), "display": typed.strip(" ")}


def places(content):
    """Return name -> Place of everything in a document that can be dialled, opened or written to."""
    found = {}
    for route in content["routes"]:
        value = route["dial"] or route["address"]
        if value:
            label = route["label"] or document.display("kind", route["kind"])
            what = REACHED_BY.get(route["kind"]) or "web address"
            if route["dial"]:
                what = "number"
            found[route["key"]] = Place(route["key"], label, what, value)
    if website := content["organisation"]["website"]:
        label = f"Website of {content['organisation']['name']}"
        found[WEBSITE] = Place(WEBSITE, label, "web address", website)
    return found


def new_places(content, before):
    """Return the Places of a document that are new, or others than in the one before, if any."""
    had = places(before) if before else {}
    return [
        place
        for name, place in places(content).items()
        if name not in had or had[name].value != place.value
    ]
