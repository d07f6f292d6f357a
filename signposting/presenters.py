"""A service as a reader sees it at a moment: one answer for pages, cards and open data."""

from dataclasses import dataclass
from datetime import date, datetime

from publishing.printing.snapshot import once

from .choices import HOURS_CONFIRMED, HoursKind, Kind
from .models import Check, Route, Service
from .numbers import NBSP
from .opening_hours import (
    LONDON,
    dated_in_words,
    for_the_page,
    hours_in_words,
    look_ahead,
)
from .releases import in_force

HOURS_UNKNOWN = "Hours can change. Check with the service."
HOURS_NOT_CONFIRMED = "Hours not confirmed. Check with the service."
AS_PUBLISHED = "24 hours, as published."
ALWAYS = "24 hours, every day."


def in_words(day: date) -> str:
    """Return a date as 22 November 2026."""
    return f"{day.day} {day:%B %Y}"


def london_day(moment: datetime) -> date:
    """Return the date in London at an aware moment."""
    return moment.astimezone(LONDON).date()


@dataclass(frozen=True)
class ShownRoute:
    """One way to reach a service, in words. `href` is "" where there must be no link.

    `opening` is what the browser needs to say "open now", or "" when nobody may say it.
    """

    route: Route
    number: str
    href: str
    cost: str
    hours: list[str]
    hours_flag: str
    opening: str
    trace: str

    @property
    def is_number(self):
        """Whether it is something to call or text, not a page, address or place."""
        return self.route.kind in (Kind.VOICE, Kind.TEXT, Kind.TEXTPHONE)

    @property
    def words(self):
        return self.route.words

    @property
    def hours_are_confirmed(self):
        """Whether the hours are known and carry no flag: others may print them as certain."""
        return self.route.hours != HoursKind.UNKNOWN and not self.hours_flag

    @property
    def name(self):
        """What to call it beside another way to reach the same service."""
        return self.route.label or self.route.get_kind_display()


@dataclass(frozen=True)
class ShownService:
    service: Service
    routes: list[ShownRoute]
    checked: str
    is_overdue: bool
    day: date

    @property
    def numbers(self):
        return [route for route in self.routes if route.is_number]

    @property
    def others(self):
        return [route for route in self.routes if not route.is_number]

    @property
    def facts(self):
        """Hours, cost and trace of every route."""
        return facts_of(self.routes)

    @property
    def number_facts(self):
        """Hours, cost and trace of the numbers alone."""
        return facts_of(self.numbers)


def facts_of(routes: list[ShownRoute]) -> dict[str, list[tuple[str, ShownRoute]]]:
    """Return each fact once, with the names of the routes it is true of, and one of them.

    There is no name where it is true of them all.
    """
    return {
        "hours": alike(routes, lambda route: (*route.hours, route.hours_flag, route.opening)),
        "cost": alike(routes, lambda route: route.cost),
        "trace": alike(routes, lambda route: route.trace),
    }


def alike(routes, fact):
    same = {}
    for route in routes:
        same.setdefault(fact(route), []).append(route)
    if len(same) == 1:
        return [("", routes[0])]
    return [(" and ".join(route.name for route in found), found[0]) for found in same.values()]


def show(service: Service, moment: datetime) -> ShownService:
    """Return a service as readers see it at an aware moment."""
    check, day = service.last_check, london_day(moment)
    overdue = check is not None and check.is_overdue(day)
    return ShownService(
        service,
        [show_route(route, service, moment) for route in service.shown_routes()],
        checked_in_words(check, overdue),
        overdue,
        day,
    )


@once
def everyone(moment: datetime) -> dict[str, ShownService]:
    """Return every public service as readers see it at an aware moment: slug -> ShownService."""
    return {slug: show(service, moment) for slug, service in in_force().items()}


def checked_in_words(check: Check | None, overdue: bool) -> str:
    """Return when and how a service was last checked, for readers."""
    if check is None:
        return "Not checked yet."
    if overdue:
        return f"Not checked since {in_words(check.day)}."
    if check.how == Check.How.CONFIRMED:
        return f"The service confirmed this on {in_words(check.day)}."
    return f"Last checked on {in_words(check.day)}, on published pages. The service has not confirmed it."


def hours_are_confirmed(route: Route, service: Service, moment: datetime) -> bool:
    """Return whether the owner told us these hours in the last check, not too long ago.

    Nothing else makes hours certain: facts/helplines.md section 2.
    """
    check = service.last_check
    return (
        check is not None
        and check.how == Check.How.CONFIRMED
        and not check.is_overdue(london_day(moment))
        and not service.in_question
        and route.hours != HoursKind.UNKNOWN
        and route.hours_confidence == HOURS_CONFIRMED
        and route.hours_check_id == check.pk
    )


def show_route(route: Route, service: Service, moment: datetime) -> ShownRoute:
    constant = route.constant
    if constant:
        href = constant.href if constant.kind in ("voice", "video") else ""
        cost, trace, hours = constant.cost, constant.trace, [constant.hours]
        number, flag, opening = constant.display, "", ""
    else:
        number = route.display or route.address.removeprefix("https://").rstrip("/")
        href = link_to(route)
        cost = route.get_cost_display()
        trace = " ".join(filter(None, [route.get_trace_display(), route.trace_note]))
        confirmed = hours_are_confirmed(route, service, moment)
        hours, flag = hours_of(route, confirmed, london_day(moment))
        opening = opening_at(route, moment) if confirmed else ""
    return ShownRoute(route, number.replace(" ", NBSP), href, cost, hours, flag, opening, trace)


def opening_at(route: Route, moment: datetime) -> str:
    """Return what the page carries for the browser to say "open now"; "" when nothing is known."""
    ahead = look_ahead(route.timetable(), moment)
    return for_the_page(ahead, moment) if ahead.days else ""


def link_to(route: Route) -> str:
    """Return where a route's link leads; "" for a number that a phone must not call."""
    if route.kind == Kind.VOICE and route.dial:
        return f"tel:{route.dial}"
    if route.kind == Kind.EMAIL and route.address:
        return f"mailto:{route.address}"
    return route.address if route.address.startswith("https://") else ""


def hours_of(route: Route, confirmed: bool, today: date) -> tuple[list[str], str]:
    """Return the lines that say when it answers, and the flag beside them or ""."""
    lines = [route.hours_note] if route.hours_note else []
    if route.hours == HoursKind.UNKNOWN:
        return lines + [HOURS_UNKNOWN], ""
    timetable = route.timetable()
    if route.hours == HoursKind.ALWAYS:
        words = [ALWAYS if confirmed else AS_PUBLISHED, *dated_in_words(timetable, today)]
    else:
        words = hours_in_words(timetable, today)
    return words + lines, "" if confirmed else HOURS_NOT_CONFIRMED
