"""The way into print that two people go: one asks, another types what is new, and agrees."""

from copy import deepcopy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from safety.accounts.waiting import why_not_agree, why_not_ask

from ..choices import CERTAIN, HOURS_CONFIRMED, Confidence, HoursKind
from ..models import Check, Release, ReleaseRequest, Service
from ..models.routes import REACHED_BY
from ..open_referral.records import LANGUAGES
from ..opening_hours import runs_into_the_next
from . import document
from .alone import with_check
from .in_force import content_of, in_force
from .making import locked, make
from .places import as_written, new_places, places
from .trying import tried

SETTLED = "This was settled before. Ask again."


def to_type(request):
    """Return the Places of what is new or changed in a request, which the second person types."""
    _, before = content_of(request.service)
    return new_places(request.content, before)


def outlives(content, service):
    """Return whether what the service told us was said of another number or address."""
    _, before = content_of(service)
    check = service.last_check
    told = check and check.how == Check.How.CONFIRMED
    return bool(told and before and new_places(content, before))


def forget_what_was_told(content):
    """Make a document say that its check was read, and that nobody told us the hours."""
    content["check"]["how"] = Check.How.READ.value
    for route in content["routes"]:
        route["hours_check"] = None
        if route["hours_confidence"] == HOURS_CONFIRMED:
            route["hours_confidence"] = Confidence.ONE.value


@transaction.atomic
def ask(service, typed, reason, user, is_shown=True):
    """Ask a second person to agree the working copy, with these numbers and addresses.

    `typed` is route key -> text, or True to show again a route that has none. `is_shown` is
    whether readers get its numbers, or its name alone. Raises ValidationError with sentences.
    """
    if why := why_not_ask(user):
        raise ValidationError(why)
    if service.emergency:
        raise ValidationError("The words of an emergency route are part of the site itself.")
    service = locked(service)
    content = document.freeze(service, is_shown)
    for route in content["routes"] if is_shown else ():
        write(route, typed.get(route["key"]), service)
    complete(content, service)
    if outlives(content, service):
        forget_what_was_told(content)
    return ask_for(service, content, reason, user)


def write(route, text, service):
    """Put what somebody typed for a route into its document; it keeps what it has if nothing."""
    what = REACHED_BY.get(route["kind"], "number")
    if not what:
        mine = next(each for each in service.routes.all() if each.key == route["key"])
        route["held"] = bool(mine.held_because) and text is not True
    elif text:
        reach = {**dict.fromkeys(document.REACH, ""), **as_written(what, text)}
        route.update(reach, held=False)


def complete(content, service):
    """Refuse a document that readers could not use. Raises ValidationError with sentences."""
    said, wrong = content["service"], []
    usable = [r["key"] for r in content["routes"] if is_usable(r)]
    if said["status"] == Service.Status.PUBLISHED:
        if not usable:
            wrong.append("Ways to reach it: give it one, with its number or address.")
        elif said["first_route"] not in usable:
            said["first_route"] = usable[0]
    elif not service.withheld_because:
        wrong.append("Why it is withheld: take it off, with a reason.")
    if not content["check"]:
        wrong.append("Checks: record a check first.")
    other = in_force().get(said["alternative"])
    if other is None or other.slug == said["slug"]:
        wrong.append("Another way to get help: choose one that readers can use now.")
    if said["confidence"] in CERTAIN and said["doubt"]:
        wrong.append("What is not certain: leave it empty. This is stated as a fact.")
    for code in said["languages"].split():
        if code not in LANGUAGES:
            wrong.append(f"Languages: we do not know {code}. Use {' or '.join(LANGUAGES)}.")
    for route in content["routes"]:
        if route["hours"] == HoursKind.WEEKLY and not route["weekly_hours"]:
            wrong.append(
                f"Hours of {route['key']}: fill in the weekly table, or choose “Not known”."
            )
    for route in service.routes.all():
        timetable = route.timetable()
        if timetable and (sentence := runs_into_the_next(timetable, timezone.localdate())):
            wrong.append(f"{route.label or route.get_kind_display()}. {sentence}")
    if wrong:
        raise ValidationError(wrong)


def is_usable(route):
    if route["held"]:
        return False
    reach = route["dial"] or route["address"]
    return bool(reach or route["words"] and route["kind"] in ("web", "video", "in-person"))


def ask_for(service, content, reason, user):
    """Write down a document of a locked service that a second person must agree.

    Raises ValidationError.
    """
    base, before = content_of(service)
    if content == before:
        raise ValidationError("Readers have all of this already. There is nothing to ask for.")
    for place in places(content).values():
        if place.value in reason or place.value in "".join(c for c in reason if c.isdigit()):
            raise ValidationError(
                f"Why: leave the {place.what} out. Your colleague must find it, not read it here."
            )
    request = ReleaseRequest(
        service=service, content=content, base=base, reason=reason, asked_by=user
    )
    request.full_clean(exclude=["asked_at"])
    tried(lambda: make(service, content, Release.Kind.ALONE, reason, asked_by=user), keep=False)
    request.save()
    return request


def may_agree(request, user):
    """Return the sentence that says why somebody cannot agree a request, or ""."""
    if request.agreed_at or request.dropped_at:
        return SETTLED
    if request.asked_by == user:
        return "Somebody else must agree. You cannot agree what you asked for."
    return why_not_agree(user)


def compare(request, typed):
    """Refuse what was typed where it is not what the first person typed.

    `typed` is name -> text. Raises ValidationError with a sentence for each name.
    """
    wrong = {}
    for place in to_type(request):
        try:
            right = place.holds(typed.get(place.name, ""))
        except ValidationError as error:
            wrong[place.name] = error.messages
        else:
            if not right:
                wrong[place.name] = (
                    f"{place.what.capitalize()}: this is not the {place.what} that your colleague "
                    "typed. Look at the service’s own page again, then speak to them."
                )
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def agree(request, typed, user):
    """Release what was asked for, if a second person typed what is new in it. Return the Release.

    Raises ValidationError with sentences.
    """
    service = locked(request.service)
    request = ReleaseRequest.objects.select_for_update().get(pk=request.pk)
    if why := may_agree(request, user):
        raise ValidationError(why)
    compare(request, typed)
    content = up_to_date(request, service)
    if outlives(content, service):
        check = service.last_check
        # Not the service's word any more; the day stays, for nothing else was looked at since.
        service.last_check = Check.objects.create(
            service=service,
            how=Check.How.READ,
            where=request.reason,
            day=check.day,
            due=check.due,
            by=user,
        )
        for route in service.routes.all():
            if route.hours_check_id:
                route.hours_changed()
        content["check"] = document.freeze_check(service.last_check)
        forget_what_was_told(content)
    release = tried(
        lambda: make(
            service,
            content,
            Release.Kind.AGREED,
            request.reason,
            asked_by=request.asked_by,
            agreed_by=user,
        )
    )
    request.agreed_by, request.agreed_at = user, timezone.now()
    request.save()
    follow(service, content)
    return release


def up_to_date(request, service):
    """Return the document of a request with the checks recorded since. Raises ValidationError."""
    number, now = content_of(service)
    content = deepcopy(request.content)
    if number == request.base:
        return content
    then = Release.objects.filter(service=service, number=request.base).first()
    if then is None or not checks_alone(then.content, now):
        raise ValidationError(
            "Readers got something else of this service since that was asked. Drop it, and ask again."
        )
    with_check(content, service)
    return content


def checks_alone(then, now):
    """Return whether two documents differ by nothing but checks."""
    return without_checks(then) == without_checks(now)


def without_checks(content):
    found = document.filled(content)
    del found["check"], found["service"]["in_question"]
    for route in found["routes"]:
        del route["hours_check"]
        if route["hours_confidence"] == HOURS_CONFIRMED:
            route["hours_confidence"] = Confidence.ONE.value
    return found


def follow(service, content):
    """Make the working copy hold what was agreed: its numbers, and that readers see it."""
    routes = {route.key: route for route in service.routes.all()}
    for found in content["routes"]:
        route = routes.get(found["key"])
        if route and not found["held"]:
            for name in document.REACH:
                setattr(route, name, found[name])
            route.held_because = ""
            route.save()
    service.status = content["service"]["status"]
    service.first_route = routes.get(content["service"]["first_route"])
    if service.is_published:
        service.withheld_because = ""
    service.save()


def drop(request):
    """Forget a request. Raises ValidationError if it was settled before."""
    waiting = ReleaseRequest.objects.waiting().filter(pk=request.pk)
    if not waiting.update(dropped_at=timezone.now()):
        raise ValidationError(SETTLED)
