"""The help page: its order of need, and the choices that narrow it by style sheet alone."""

from dataclasses import dataclass

from ..choices import Kind
from ..headings import Headings
from ..models import Need, Service
from .services import ShownService

# Question -> its words and its answers. The first answer of each leaves all in sight.
QUESTIONS = {
    "by": (
        "Who is doing it?",
        {"anyone": "Anyone", "partner": "Partner, ex or family", "other": "Someone else"},
    ),
    "age": (
        "How old are you?",
        {"any": "Any age", "under-18": "Under 18", "adult": "18 or over"},
    ),
    "way": (
        "How do you want to reach them?",
        {"any": "Any way", "phone": "Phone", "web": "Website, chat or email"},
    ),
}


@dataclass(frozen=True)
class Section:
    """A heading of the help page, its place in the address, and its services."""

    anchor: str
    heading: str
    services: list[ShownService]


# Other pages lead here, so their place is there even when nobody is in it.
LINKED = ("partner", "local", "under-18")


def first_and_sections(
    shown: list[ShownService], headings: Headings
) -> tuple[ShownService | None, list[Section]]:
    """Return the service that comes first, and the sections of all others, in order of need.

    What has no open way to reach it is not listed. The first is of the group that says so; if
    it was taken off, the next of that group.
    """
    reachable = [each for each in shown if each.routes]
    needs = headings.needs.values()
    top = {need.number for need in needs if need.role == Need.Role.FIRST}
    first = next((each for each in reachable if each.service.group in top), None)
    sections = [
        Section(
            need.anchor,
            need.heading or need.name,
            [each for each in reachable if each.service.group == need.number and each is not first],
        )
        for need in needs
        if need.anchor
    ]
    return first, [each for each in sections if each.services or each.anchor in LINKED]


def is_unlisted(service) -> bool:
    """Return whether a service stands in no list: its group has pages of its own."""
    need = service.names().needs.get(service.group)
    return need is not None and need.role == Need.Role.UNLISTED


def fits(shown: ShownService) -> str:
    """Return the answers that a service fits, as classes: "by-partner age-adult way-phone"."""
    service = shown.service
    lowest, highest = service.minimum_age, service.maximum_age
    answers = {
        "by-partner": service.relationship != Service.Relationship.NON_DOMESTIC,
        "by-other": service.relationship != Service.Relationship.DOMESTIC,
        "age-under-18": lowest is None or lowest < 18,
        "age-adult": highest is None or highest >= 18,
        "way-phone": any(route.route.kind == Kind.VOICE for route in shown.routes),
        "way-web": any(route.href and not route.is_number for route in shown.routes),
    }
    return " ".join(name for name, true in answers.items() if true)
