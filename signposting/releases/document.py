"""A service with all that readers, cards and data show of it, as one JSON document, and back.

It holds no number and no address that readers may not have: a route that is held back, or of
a service that was taken off, stands in it without, and so does the organisation of that. What is for staff alone is not in it.
"""

from copy import deepcopy

from django.db.models import CharField, QuerySet, TextField

from ..models import Check, Organisation, Route, Service
from ..models.releases import NEVER_CHANGED, NotAllowedError

# What of each model is for staff alone, or said in another way below.
LEFT_OUT = {
    Service: ("do_not_say", "source", "withheld_because", "changed"),
    Route: ("held_because",),
    Check: ("where", "recorded"),
}
REACH = ("dial", "display", "address")
# Beside the keys of routes: the website of who runs the service.
WEBSITE = "organisation"


def names(model):
    """Return the names of a model's own plain fields that go into a document."""
    left_out = LEFT_OUT.get(model, ())
    return [
        field.name
        for field in model._meta.concrete_fields
        if not (field.is_relation or field.primary_key or field.name in left_out)
    ]


def tables(model=Route):
    """Return the tables of hours beneath a route: name -> model."""
    return {
        relation.get_accessor_name(): relation.related_model
        for relation in model._meta.related_objects
        if relation.related_model.__module__.endswith(".models.hours")
    }


def values(row):
    return {name: plain(getattr(row, name)) for name in names(type(row))}


def plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def freeze(service, is_shown=None):
    """Return the document of a service's working copy: as its status says, or `is_shown`."""
    check = service.last_check
    shown = service.is_published if is_shown is None else is_shown
    found = {
        "service": values(service)
        | {
            "alternative": service.alternative and service.alternative.slug,
            "first_route": service.first_route and service.first_route.key,
        },
        "organisation": {"id": service.organisation_id} | values(service.organisation),
        "check": freeze_check(check),
        "routes": [freeze_route(route) for route in service.routes.all()],
    }
    if is_shown is not None:
        status = Service.Status.PUBLISHED if is_shown else Service.Status.WITHHELD
        found["service"]["status"] = status.value
    if not shown:
        status = found["service"]["status"]
        found = taken_off(found)
        found["service"]["status"] = status
    return found


def freeze_check(check):
    return check and {"id": check.pk} | values(check)


def freeze_route(route):
    found = {"id": route.pk, "held": bool(route.held_because), "hours_check": route.hours_check_id}
    found |= values(route)
    for name in tables():
        found[name] = [values(row) for row in getattr(route, name).all()]
    if found["held"]:
        take_off(found)
    return found


def filled(content):
    """Return a document with what models have gained since it was made, as it is by default."""
    found = deepcopy(content)
    rows = [(Service, found["service"]), (Organisation, found["organisation"])]
    rows += [(Check, found["check"])] if found["check"] else []
    for route in found["routes"]:
        rows.append((Route, route))
        for name, model in tables().items():
            rows += [(model, row) for row in route.setdefault(name, [])]
    for model, row in rows:
        for name in names(model):
            row.setdefault(name, plain(model._meta.get_field(name).get_default()))
    return found


def taken_off(content):
    """Return a document without what the service is reached by, its website too."""
    found = deepcopy(content)
    found["service"]["status"] = Service.Status.WITHHELD.value
    found["organisation"]["website"] = ""
    for route in found["routes"]:
        take_off(route)
    return found


def held_back(content, keys):
    """Return a document without what some of its routes, or the WEBSITE, are reached by."""
    found = deepcopy(content)
    if WEBSITE in keys:
        found["organisation"]["website"] = ""
    for route in found["routes"]:
        if route["key"] in keys:
            take_off(route)
    return found


def bare(content):
    """Return a document with the name of a service and nothing else that anybody typed.

    For one that somebody changed past the site's own forms, where nothing else is left of it.
    """
    found = taken_off(content)
    rows = [(Service, found["service"]), (Organisation, found["organisation"])]
    for route in found["routes"]:
        rows.append((Route, route))
        route.update({name: [] for name in tables()})
    for model, row in rows:
        for name in names(model):
            field = model._meta.get_field(name)
            words = isinstance(field, CharField | TextField) and not field.choices
            if words and not field.unique and name not in ("name", "key", "emergency", "area"):
                row[name] = ""
    return found


def take_off(route):
    """Take from the document of a route what it is reached by."""
    route.update(held=True, **dict.fromkeys(REACH, ""))


def thaw(release, content=None):
    """Return the Service of a release, with all beneath it, as instances that cannot be saved.

    `content` may be another document that stands in place of its own. Its alternative is left
    out: that is another release's.
    """
    content = release.content if content is None else content
    service = made(Service, content["service"], release.service_id)
    service.changed = release.made_at
    service.alternative_slug = content["service"]["alternative"]
    organisation = made(Organisation, content["organisation"], content["organisation"]["id"])
    service.organisation = organisation
    if check := content["check"]:
        service.last_check = made(Check, check, check["id"])
    routes = [thaw_route(found, service) for found in content["routes"]]
    first = content["service"]["first_route"]
    service.first_route = next((route for route in routes if route.key == first), None)
    keep(service, "routes", Route, routes)
    return service


def thaw_route(found, service):
    route = made(Route, found, found["id"])
    route.service = service
    route.held_because = "Held back." if found["held"] else ""
    route.hours_check_id = found["hours_check"]
    for name, model in tables().items():
        keep(route, name, model, [made(model, row, None) for row in found.get(name, [])])
    return route


def made(model, found, pk):
    fields = {name: model._meta.get_field(name) for name in names(model) if name in found}
    row = model(pk=pk, **{name: field.to_python(found[name]) for name, field in fields.items()})
    row.save = row.delete = refuse
    return row


def refuse(*args, **kwargs):
    raise NotAllowedError(NEVER_CHANGED)


def keep(row, name, model, rows):
    """Make row.name.all() these rows, as prefetching does."""
    found = QuerySet(model).none()
    found._result_cache, found._prefetch_done = rows, True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


def display(name, value):
    """Return how a choice of a route is said to people."""
    return str(dict(Route._meta.get_field(name).flatchoices).get(value, value))
