"""What one person may do alone: take off, claim less, record a check that changes nothing.

Whatever is done here can only take away from what two people agreed: is_no_more() says so,
once for all, and nothing is released alone that it refuses. So readers get no words that one
person wrote either: what is said beside a take-off or a doubt is chosen from lists.
"""

from copy import deepcopy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..choices import HOURS_CONFIRMED, Confidence, HoursKind
from ..models import Check, Release, ReleaseRequest, Route, Service
from . import document
from .in_force import content_of, in_force
from .making import locked, make

DOUBTS = [
    "Readers told us that this does not work. We are finding out.",
    "We could not reach this service when we checked.",
    "Not all of this may be right. Check with the service.",
]
CLOSED_BECAUSE = [
    "They told us that they are closed.",
    "Bank holiday",
    "Christmas and New Year",
    "Staff training",
    "A technical problem",
]
NOT_ALONE = "One person alone can take off or claim less. For this, ask a second keeper."
NOT_SEEN = "Readers do not see this service, so there is nothing to take off."


def release_alone(service, user, reason, change):
    """Release what readers have, changed by `change(document)` to claim less. Return it."""
    _, before = content_of(service)
    if before is None:
        raise ValidationError(NOT_SEEN)
    content = deepcopy(before)
    change(content)
    if not is_no_more(content, before):
        raise ValidationError(NOT_ALONE)
    return make(service, content, Release.Kind.ALONE, reason, asked_by=user)


def is_no_more(new, old):
    """Return whether a document claims nothing that the old one did not.

    What may become less is made the same in both; then they must be equal.
    """
    if not told(new) <= told(old):
        return False
    new, old = deepcopy(new), deepcopy(old)
    mine, theirs = new["service"], old["service"]
    for content in (new, old):
        del content["check"], content["service"]["in_question"]
    if not new["organisation"]["website"]:
        old["organisation"]["website"] = ""
    if mine["status"] == Service.Status.WITHHELD:
        old = document.taken_off(old)
        theirs = old["service"]
        # In its place stands another that two people agreed: take_off() looks.
        theirs["alternative"] = mine["alternative"]
    if mine["doubt"] in [with_doubt(theirs["doubt"], doubt) for doubt in DOUBTS]:
        theirs["doubt"] = mine["doubt"]
        if mine["confidence"] == Confidence.OPEN:
            theirs["confidence"] = mine["confidence"]
    for route, before in zip(new["routes"], old["routes"], strict=False):
        make_alike(route, before)
    return new == old


def make_alike(route, before):
    """Make the old document of a route what the new one is, where the new claims less."""
    if route["held"]:
        document.take_off(before)
    if route["hours"] == HoursKind.UNKNOWN:
        before["hours"] = route["hours"]
    if route["hours_confidence"] in (Confidence.OPEN, HOURS_CONFIRMED):
        before["hours_confidence"] = route["hours_confidence"]
    before["hours_check"] = route["hours_check"]
    new = [row for row in route["closures"] if row not in before["closures"]]
    kept = all(row in route["closures"] for row in before["closures"])
    if kept and all(row["reason"] in CLOSED_BECAUSE for row in new):
        before["closures"] = route["closures"]


def told(content):
    """Return what a document says that the service itself told us."""
    check = content["check"]
    if not check or check["how"] != Check.How.CONFIRMED:
        return set()
    hours = {
        route["key"]
        for route in content["routes"]
        if route["hours_check"] == check["id"] and route["hours_confidence"] == HOURS_CONFIRMED
    }
    return hours | {"all of it"}


def bare(address):
    return address.rstrip("/").lower()


def with_doubt(before, doubt):
    return f"{before} {doubt}".strip()


@transaction.atomic
def take_off(service, because, alternative, user, route=None):
    """Take a service's numbers and addresses off at once, or those of one route.

    `because` is for colleagues. `alternative` is what stands in its place. What was waiting is
    dropped: it was asked for before the reason was known. Raises ValidationError.
    """
    service = locked(service)
    if service.emergency:
        raise ValidationError("An emergency route is always on the help page.")
    instead = in_force().get(alternative.slug)
    if instead is None or not instead.is_published or instead.slug == service.slug:
        raise ValidationError(
            f"Another way to get help: readers cannot use {alternative}. Choose one that they can."
        )
    _, before = content_of(service)
    if before is None:
        raise ValidationError(NOT_SEEN)
    usable = [each["key"] for each in before["routes"] if not each["held"]]
    if route and usable != [route.key]:

        def change(content):
            mine = next(r for r in content["routes"] if r["key"] == route.key)
            # The same address stands as the website of who runs it, as a rule.
            if bare(content["organisation"]["website"]) == bare(mine["address"]):
                content["organisation"]["website"] = ""
            document.take_off(mine)

        Route.objects.filter(pk=route.pk).update(held_because=because)
    else:

        def change(content):
            off = document.taken_off(content)
            off["service"]["alternative"] = instead.slug
            content.update(off)

        Service.objects.filter(pk=service.pk).update(
            status=Service.Status.WITHHELD, withheld_because=because, alternative=alternative
        )
        routes = Route.objects.filter(service=service.pk, held_because="")
        routes.exclude(dial="", address="").update(held_because=because)
    ReleaseRequest.objects.waiting().filter(service=service.pk).update(dropped_at=timezone.now())
    return release_alone(service, user, because, change)


@transaction.atomic
def claim_less(service, user, reason, doubt="", unknown=(), closed=None):
    """Say less of a service, now.

    `doubt` is one of DOUBTS; `unknown` are routes whose hours nobody knows; `closed` a
    Closure, not saved, for all its routes with hours. Raises ValidationError.
    """
    service = locked(service)
    if service.emergency:
        raise ValidationError("The words of an emergency route are part of the site itself.")
    keys = {route.key for route in unknown}

    def change(content):
        if doubt:
            said = content["service"]
            said["doubt"] = with_doubt(said["doubt"], doubt)
            said["confidence"] = Confidence.OPEN.value
        for route in content["routes"]:
            if route["key"] in keys:
                route["hours"] = HoursKind.UNKNOWN.value
            if closed and route["hours"] != HoursKind.UNKNOWN:
                route["closures"] = [*route["closures"], document.values(closed)]

    release = release_alone(service, user, reason, change)
    if doubt:
        Service.objects.filter(pk=service.pk).update(
            doubt=with_doubt(service.doubt, doubt), confidence=Confidence.OPEN
        )
    for route in unknown:
        Route.objects.filter(pk=route.pk).update(hours=HoursKind.UNKNOWN)
    if closed:
        for route in service.routes.exclude(hours=HoursKind.UNKNOWN):
            closed.pk, closed._state.adding, closed.route = None, True, route
            closed.full_clean()
            closed.save()
    return release


def with_check(content, service):
    """Put a service's last check, as its working copy has it, into a document."""
    content["check"] = document.freeze_check(service.last_check)
    content["service"]["in_question"] = service.in_question
    now = {route.key: route for route in service.routes.all()}
    for route in content["routes"]:
        check = service.last_check
        mine = now.get(route["key"])
        if mine and check and mine.hours_check_id == check.pk:
            route.update(hours_check=check.pk, hours_confidence=mine.hours_confidence)
