"""What staff do to the register, beside editing it. Each change is made whole or not at all."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from .models import NumberChange, Service
from .numbers import dial_of, email_address_of, web_address_of
from .releases import make_all


def as_written(route, typed):
    """Return what somebody typed as the fields of a route, checked. Raises ValidationError."""
    if route.reached_by == "web address":
        return {"address": web_address_of(typed)}
    if route.reached_by == "email address":
        return {"address": email_address_of(typed)}
    return {"dial": dial_of(typed), "display": typed.strip(" ")}


@transaction.atomic
def ask_for_number(route, display, reason, user) -> NumberChange:
    """Write down a number or address that a second person must type again.

    Raises ValidationError with a sentence.
    """
    change = NumberChange(route=route, **as_written(route, display), reason=reason, asked_by=user)
    change.full_clean(exclude=["asked_at"])
    change.save()
    return change


@transaction.atomic
def agree(change, display, user) -> NumberChange:
    """Give the route its new number or address, if a second person typed the same.

    Other routes that are held back stay so: each comes back on its own. The service is
    published with it, if it was not and nothing else is missing. Raises ValidationError
    with a sentence.
    """
    change = NumberChange.objects.select_for_update().get(pk=change.pk)
    if change.agreed_at or change.dropped_at:
        raise ValidationError("This change was settled before. Ask for a new one.")
    if change.asked_by == user:
        raise ValidationError(
            "Somebody else must type this number again. You cannot agree your own change."
        )
    route = change.route
    typed, what = as_written(route, display), route.reached_by
    if (typed.get("dial", ""), typed.get("address", "")) != (change.dial, change.address):
        raise ValidationError(
            f"{what.capitalize()}: this is not the {what} that your colleague typed. "
            "Look at the service's own page again, then speak to them."
        )
    change.agreed_by, change.agreed_at = user, timezone.now()
    change.save()
    route.held_because = ""
    if change.address:
        route.address = change.address
    else:
        route.dial, route.display = change.dial, change.display
    route.save()
    show_with_number(route.service, route)
    make_all()
    return change


def show_with_number(service, route):
    """Show a service to readers, if it has all that it needs; else leave it as it is.

    `route` is the one that has its number now: it comes first where the first is held back.
    """
    if not (service.first_route and service.first_route.is_usable):
        service.first_route = route
    if service.is_published:
        service.save()  # its words changed now
        return
    before = service.status, service.withheld_because
    service.status, service.withheld_because = Service.Status.PUBLISHED, ""
    try:
        service.validate_constraints()
    except ValidationError:
        service.status, service.withheld_because = before
    service.save()


@transaction.atomic
def show(service):
    """Show a service that has no number of its own. Raises ValidationError with sentences."""
    if any(route.dial for route in service.routes.all()):
        raise ValidationError(
            "A number comes back only when two people have typed it. Use “Change the number”."
        )
    service.status, service.withheld_because = Service.Status.PUBLISHED, ""
    service.first_route = service.first_route or service.routes.first()
    service.validate_constraints()
    service.save()
    make_all()


@transaction.atomic
def withhold(service, withheld_because, alternative):
    """Take a service's numbers off at once. Raises ValidationError with sentences.

    Each number is held back by itself, so that each comes back by itself. What was waiting
    is dropped: it was asked for before the reason was known.
    """
    if service.emergency:
        raise ValidationError("An emergency route is always on the help page.")
    leans = service.stands_in_for.filter(status=Service.Status.WITHHELD).first()
    if leans:
        raise ValidationError(
            f"{service} stands in the place of {leans}. On the page of {leans}, choose another "
            "way to get help first."
        )
    if not alternative.is_published:
        raise ValidationError(
            f"Another way to get help: {alternative} is not published. Choose one that is."
        )
    service.status = Service.Status.WITHHELD
    service.withheld_because, service.alternative = withheld_because, alternative
    service.validate_constraints()
    service.save()
    service.routes.exclude(dial="").filter(held_because="").update(held_because=withheld_because)
    waiting = NumberChange.objects.waiting().filter(route__service=service)
    waiting.update(dropped_at=timezone.now())
    make_all()
