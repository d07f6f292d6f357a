"""A way to reach a service as a reader sees it at a moment: its number, hours, cost, trace."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from ..choices import HOURS_CONFIRMED, Confidence, Cost, HoursKind, Kind, Trace
from ..models import Check, Route, Service
from ..numbers import NBSP
from ..opening_hours import (
    ALWAYS,
    LONDON,
    dated_in_words,
    for_the_page,
    hours_in_words,
    in_few_words,
    look_ahead,
)

HOURS_ON_WEBSITE = "Hours: check their website."
HOURS_ASK = "Hours: ask when you call."
# What one page alone says is softened: facts/certain-facts.md section 0.
HOURS_FROM_ONE_PAGE = "Check these times with the service."

FREE_CALL = (
    "It stays in the list of calls on your phone, and may show on other devices that share "
    "your account."
)
PAID_CALL = "This call can show on a phone bill. It stays in the list of calls on your phone."


def london_day(moment: datetime) -> date:
    """Return the date in London at an aware moment."""
    return moment.astimezone(LONDON).date()


@dataclass(frozen=True)
class ShownRoute:
    """One way to reach a service, in words. `href` is "" where there must be no link.

    `cost`, `trace` and `hours` are empty where nothing is said. `when` is the hours in few
    words. `opening` is what the browser needs to say "open now", or "" when nobody may.
    """

    route: Route
    number: str
    href: str
    cost: str
    hours: list[str]
    hours_flag: str
    when: str
    opening: str
    trace: str
    hours_are_confirmed: bool = False

    @property
    def is_number(self):
        """Whether it is something to call or text, not a page, address or place."""
        return self.route.kind in (Kind.VOICE, Kind.TEXT, Kind.TEXTPHONE)

    @property
    def words(self):
        return self.route.words

    @property
    def name(self):
        """What to call it beside another way to reach the same service."""
        return self.route.label or self.route.get_kind_display()

    @property
    def picture(self):
        """The small picture beside its link: a chat's or of sign language, "" for any other."""
        if self.route.kind == Kind.VIDEO:
            return "bsl"
        return "chat" if re.search(r"\bchat\b", self.name, re.IGNORECASE) else ""


def always_open(route: Route) -> bool:
    """Return whether a route answers day and night."""
    if route.constant:
        return route.constant.is_always_open
    return route.hours == HoursKind.ALWAYS and route.has_hours


def facts_of(routes: list[ShownRoute]) -> dict[str, list[tuple[str, ShownRoute]]]:
    """Return each fact once, with the names of the routes it is true of, and one of them.

    There is no name where it is true of them all; a route of which nothing is said is left out.
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
    said = [found for value, found in same.items() if any(value)]
    if len(same) == 1:
        return [("", found[0]) for found in said]
    return [(" and ".join(route.name for route in found), found[0]) for found in said]


def hours_are_confirmed(route: Route, service: Service, moment: datetime) -> bool:
    """Return whether the owner told us these hours in the last check, not too long ago.

    Nothing else lets anybody say "open now": facts/certain-facts.md, at its head.
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
        hours = [constant.hours] if constant.hours else []
        return ShownRoute(
            route=route,
            number=constant.display.replace(" ", NBSP),
            href=href,
            cost=constant.cost,
            hours=hours,
            hours_flag="",
            when=constant.hours,
            opening="",
            trace=constant.trace,
        )
    number = route.display or route.address.removeprefix("https://").rstrip("/")
    confirmed = hours_are_confirmed(route, service, moment)
    hours, flag = hours_of(route, service, london_day(moment))
    return ShownRoute(
        route=route,
        number=number.replace(" ", NBSP),
        href=link_to(route),
        cost="" if route.cost == Cost.UNSTATED else route.get_cost_display(),
        hours=hours,
        hours_flag=flag,
        when=in_few_words(route.timetable()) if route.has_hours else " ".join(hours),
        opening=opening_at(route, moment) if confirmed else "",
        trace=trace_in_words(route),
        hours_are_confirmed=confirmed,
    )


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


def trace_in_words(route: Route) -> str:
    """Return what a route leaves behind; a call leaves more where it is paid for."""
    words = route.get_trace_display()
    if route.trace == Trace.CALL:
        words = FREE_CALL if route.cost == Cost.FREE else PAID_CALL
    if route.trace == Trace.UNSTATED:
        words = ""
    return " ".join(filter(None, [words, route.trace_note]))


def hours_of(route: Route, service: Service, today: date) -> tuple[list[str], str]:
    """Return the lines that say when it answers, and what to do about them or ""."""
    lines = [route.hours_note] if route.hours_note else []
    if not route.has_hours:
        return lines or hours_elsewhere(route, service), ""
    timetable = route.timetable()
    if route.hours == HoursKind.ALWAYS:
        words = [ALWAYS, *dated_in_words(timetable, today)]
    else:
        words = hours_in_words(timetable, today)
    softened = route.hours_confidence == Confidence.ONE
    return words + lines, HOURS_FROM_ONE_PAGE if softened else ""


def hours_elsewhere(route, service):
    """Return where to find the hours of a number that we do not know."""
    if route.kind not in (Kind.VOICE, Kind.TEXT, Kind.TEXTPHONE):
        return []
    has_website = any(
        other.kind == Kind.WEB and other.address and other.is_usable
        for other in service.routes.all()
    )
    return [HOURS_ON_WEBSITE if has_website else HOURS_ASK]
