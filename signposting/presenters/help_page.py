"""The help page: its order of need, and the choices that narrow it by style sheet alone."""

from dataclasses import dataclass

from ..choices import Kind
from ..models import Service
from .services import ShownService

Group = Service.Group

# Danger and silent calls are on the emergency card; own behaviour has a page of its own.
SECTIONS = {
    Group.REPORT: "report",
    Group.LOCAL: "local",
    Group.DOMESTIC_ABUSE: "partner",
    Group.UNDER_18: "under-18",
    Group.SPECIALIST: "more",
    Group.FEELINGS: "feelings",
}
HEADINGS = {Group.SPECIALIST: "More help with stalking"}

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

    group: Group
    anchor: str
    heading: str
    services: list[ShownService]


# Other pages lead here, so their place is there even when nobody is in it.
LINKED = ("partner", "local", "under-18")


def first_and_sections(shown: list[ShownService]) -> tuple[ShownService | None, list[Section]]:
    """Return the service that comes first, and the sections of all others, in order of need.

    What has no open way to reach it is not listed. The first is the stalking helpline; if it
    was taken off, the next that helps with stalking.
    """
    reachable = [each for each in shown if each.routes]
    first = next((each for each in reachable if each.service.group == Group.SPECIALIST), None)
    sections = [
        Section(
            group,
            anchor,
            HEADINGS.get(group, group.label),
            [each for each in reachable if each.service.group == group and each is not first],
        )
        for group, anchor in SECTIONS.items()
    ]
    return first, [each for each in sections if each.services or each.anchor in LINKED]


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
