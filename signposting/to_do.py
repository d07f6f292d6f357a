"""What staff must do about a service, in sentences."""

from collections import Counter
from datetime import date

from .choices import Confidence
from .models import ReleaseRequest, Route, Service
from .presenters import in_words
from .releases import filled, freeze
from .releases.lost import newest

NOT_ASKED = "It was changed here, and nobody has asked for that: readers keep what they have."


def waiting(services) -> dict[int, list[str]]:
    """Return {service id: sentences} for what is in the database beside the service itself."""
    found = {service.pk: [] for service in services}
    asked = set()
    for request in ReleaseRequest.objects.waiting().select_related("asked_by"):
        asked.add(request.service_id)
        words = f"{request.asked_by} asked for a change. It waits for a second person."
        found.get(request.service_id, []).append(words)
    had = {row.service_id: filled(row.content) for row in newest()}
    for service in services:
        if service.pk in had and service.pk not in asked and freeze(service) != had[service.pk]:
            found[service.pk].append(NOT_ASKED)
    for service in services:
        times = sum(row.times for row in service.not_working.all() if row.settled_by_id is None)
        if times:
            said = "1 reader" if times == 1 else f"{times} readers"
            found[service.pk].append(f"{said} said that the number did not work.")
    return found


def sentences(service: Service, day: date, beside: list[str]) -> list[str]:
    """Return what must be done about a service on a day, the most pressing first."""
    check, found = service.last_check, []
    if service.in_question:
        found.append("The newest check found something wrong.")
    found += beside
    if check is None:
        found.append("Never checked.")
    elif check.is_overdue(day):
        found.append(f"Check overdue since {in_words(check.due)}. Readers are told.")
    elif check.is_due_soon(day):
        found.append(f"Check again by {in_words(check.due)}, or readers are told.")
    return found


def conflicts(services) -> dict[int, list[str]]:
    """Return {service id: sentences} for what does not agree."""
    names = {service.pk: service.name for service in services}
    found = {service.pk: [] for service in services}
    for service in services:
        if service.confidence == Confidence.OPEN:
            found[service.pk].append(
                f"Not settled. {service.doubt or service.withheld_because}".strip()
            )
    routes = list(Route.objects.exclude(dial="").values_list("service", "dial"))
    twice = {dial for dial, count in Counter(dial for _, dial in routes).items() if count > 1}
    for pk, dial in routes:
        others = [names.get(other) for other, number in routes if number == dial and other != pk]
        if dial in twice and others and pk in found:
            found[pk].append(f"The same number as {' and '.join(filter(None, others))}.")
    return found
