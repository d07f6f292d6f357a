"""What the register has for an edition: its addresses, its numbers, its next moment."""

from datetime import timedelta

from django.db.models import Min
from django.urls import reverse

from publishing.sources import Address, EditionSource, Number, register

from .models import Closure, ExceptionalDay, Route, Service
from .open_referral.records import id_of, taxonomies, terms
from .opening_hours import LONDON, start_of


def addresses(moment):
    """Return the help pages. Their place is fixed: time alone never takes one away."""
    services = list(Service.objects.public())
    newest = max((service.changed for service in services), default=None)
    yield Address(reverse("signposting:help"), changed=newest)
    yield Address(reverse("signposting:contact"), changed=newest)
    yield Address(reverse("signposting:sheet"), changed=newest)
    yield Address(reverse("signposting:data"), changed=newest)
    yield Address(reverse("signposting:feed"), listed=False)
    yield from data(services)
    for service in services:
        yield Address(
            service.get_absolute_url(),
            changed=service.changed,
            listed=service.group != Service.Group.OWN_BEHAVIOUR,
        )


def data(services):
    """Return the addresses of the open data. What has a query, Django answers."""
    names = ["api", "openapi", "api-services", "api-locations", "api-taxonomies", "api-terms"]
    paths = [reverse(f"signposting:{name}") for name in names]
    for service in services:
        for name, kind in (("api-service", "service"), ("api-location", "service_at_location")):
            paths.append(reverse(f"signposting:{name}", args=[id_of(kind, service.slug)]))
    for name, rows in (("api-taxonomy", taxonomies()), ("api-term", terms())):
        paths += [reverse(f"signposting:{name}", args=[row["id"]]) for row in rows]
    return [Address(path, listed=False) for path in paths]


def numbers():
    """Return every number that readers may see today; emergency numbers are safety's."""
    routes = Route.objects.usable().exclude(dial="")
    return [Number(route.dial, route.display) for route in routes]


def next_moment(after):
    """Return when time alone next changes a help page.

    That is the midnight after the last day of a check, an exception or a closure.
    """
    today = after.astimezone(LONDON).date()
    last_days = [
        Service.objects.public()
        .filter(last_check__due__gte=today)
        .aggregate(day=Min("last_check__due")),
        ExceptionalDay.objects.filter(date__gte=today).aggregate(day=Min("date")),
        Closure.objects.filter(last_day__gte=today).aggregate(day=Min("last_day")),
    ]
    days = [found["day"] for found in last_days if found["day"]]
    return start_of(min(days) + timedelta(days=1)) if days else None


register(
    EditionSource("signposting", addresses=addresses, numbers=numbers, next_moment=next_moment)
)
