"""What is different between two documents of a service, in words, and nothing left out."""

from publishing.signatures import digest

from ..models import Check, Organisation, Route, Service
from . import document
from .in_force import content_of

NOTHING = "nothing"


def difference(before, after):
    """Return (what, words before, words after) for everything in which two documents differ.

    `before` may be None: then readers have nothing of it.
    """
    old, new = lines(before) if before else {}, lines(after)
    wanted = [*new, *(what for what in old if what not in new)]
    return [
        (what, old.get(what) or NOTHING, new.get(what) or NOTHING)
        for what in wanted
        if (old.get(what) or NOTHING) != (new.get(what) or NOTHING)
    ]


def to_ask(service):
    """Return the difference() that asking for a service as its form has it makes, without numbers."""
    is_shown = service.status != Service.Status.WITHHELD
    return difference(content_of(service)[1], document.freeze(service, is_shown))


def seen(differences):
    """Return what stands for the differences that somebody was shown, to be sent along."""
    return digest([[*map(str, each)] for each in differences])


def lines(content):
    """Return what -> words for everything that a document says."""
    found = of_row(Service, content["service"], "")
    found["Another way to get help"] = content["service"]["alternative"] or ""
    found["First way to reach it"] = content["service"]["first_route"] or ""
    found |= of_row(Organisation, content["organisation"], "Run by: ")
    if content["check"]:
        found |= of_row(Check, content["check"], "Last check: ")
    for route in content["routes"]:
        name = f"{route['label'] or document.display('kind', route['kind'])} ({route['key']}): "
        found |= of_row(Route, route, name)
        found[f"{name}held back"] = "yes" if route["held"] else ""
        told = content["check"] and route["hours_check"] == content["check"]["id"]
        found[f"{name}hours told by the service"] = "yes" if told else ""
        for table, model in document.tables().items():
            found[name + model._meta.verbose_name_plural] = "; ".join(
                of_hours(model, row) for row in route.get(table, [])
            )
    return found


def of_row(model, row, name):
    return {
        f"{name}{model._meta.get_field(field).verbose_name}": words(model, field, row[field])
        for field in document.names(model)
        if field in row
    }


def of_hours(model, row):
    return " ".join(
        words(model, name, row[name])
        for name in document.names(model)
        if row.get(name) not in (None, "")
    )


def words(model, name, value):
    if value is None or value == "":
        return ""
    if model is Service and name in ("area", "group"):
        row = Service(**{name: value})
        return getattr(row, f"get_{name}_display")() or str(value)
    field = model._meta.get_field(name)
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(dict(field.flatchoices).get(value, value))
