"""What the register has for an edition: its addresses, its numbers, its next moment."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from publishing.rooms import Address, Number

from .hours import LONDON
from .models import Route, Service


def addresses(moment):
    """Return the help pages. Their place is fixed: time alone never takes one away."""
    services = list(Service.objects.public())
    newest = max((service.changed for service in services), default=None)
    yield Address(reverse("signposting:help"), changed=newest)
    for service in services:
        yield Address(
            service.get_absolute_url(),
            changed=service.changed,
            listed=service.group != Service.Group.OWN_BEHAVIOUR,
        )


def numbers():
    """Return every number that readers may see today; emergency numbers are safety's."""
    routes = Route.objects.filter(
        service__status=Service.Status.PUBLISHED, held_because=""
    ).exclude(dial="")
    return [Number(route.dial, route.display) for route in routes]


def next_moment(after):
    """Return when time alone next changes a help page: when a check becomes overdue."""
    due = (
        Service.objects.public()
        .filter(last_check__due__gte=after.astimezone(LONDON).date())
        .order_by("last_check__due")
        .values_list("last_check__due", flat=True)
        .first()
    )
    if due is None:
        return None
    return timezone.make_aware(
        datetime.combine(due + timedelta(days=1), datetime.min.time()), LONDON
    )
