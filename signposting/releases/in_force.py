"""What readers have of the register: the releases in force, as services again."""

import logging
from datetime import datetime
from functools import lru_cache

from publishing.printing import editions
from publishing.printing.snapshot import once

from ..models import Release, Service
from . import digest, document

log = logging.getLogger(__name__)


@once
def in_force(until=None) -> dict[str, Service]:
    """Return slug -> Service, in the register's order, of the releases in force now.

    With `until`, an aware moment, of those that were in force then. What is returned is
    shared and cannot be saved.
    """
    found = {}
    for release in Release.objects.newest(until).order_by():
        service = standing(release)
        if service:
            found[service.slug] = service
    for release_service in found.values():
        link(release_service, found)
    order = sorted(found.values(), key=lambda each: (each.group, each.position, each.name))
    return {service.slug: service for service in order}


def standing(release):
    """Return the Service of a release, or of the last good one before it; or None."""
    while release:
        if digest.is_right(release):
            return document.thaw(release)
        log.error("A release is not as it was made: service %s.", release.service_id)
        earlier = Release.objects.filter(service=release.service_id, number__lt=release.number)
        release = earlier.order_by("-number").first()
    return None


def link(service, found):
    """Give a service what is named beside it; the police where that was lost."""
    service.in_register = found
    service.alternative = found.get(service.alternative_slug) or service.another_way


def printed() -> dict[str, Service]:
    """Return what in_force() was when the current edition was printed.

    What Django answers beside the edition says the same as it. Without an edition nothing
    was printed, and what is in force now is the answer.
    """
    number = editions.current_number()
    try:
        return printed_in(editions.root(), number) if number else in_force()
    except editions.Damaged:
        return in_force()


@lru_cache(maxsize=2)
def printed_in(root, number):
    return in_force(datetime.fromisoformat(editions.summary(number)["made"]))
