"""A service as a reader sees it at a moment: one answer for pages, cards and open data."""

from dataclasses import dataclass
from datetime import date, datetime

from publishing.printing.snapshot import once

from ..choices import Cost, HoursKind, Kind
from ..models import Service
from ..releases import in_force
from .checked import checked_in_words
from .routes import ShownRoute, always_open, facts_of, london_day, show_route


@dataclass(frozen=True)
class ShownService:
    """`doubt` is what is not certain, or "" where nothing is; `call_instead` follows it.

    `checked` says when it was last checked; it is for data, for what is overdue, and for
    the page of the service alone: another page says it once, of all its numbers.
    """

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
    def first(self):
        """The way to reach it that comes first, or None when readers get none."""
        return self.routes[0] if self.routes else None

    @property
    def more_ways(self):
        """The other ways that have a link, each once, to stand beside the first.

        Where its own page has the times, its website is there too, and not beside the link to it.
        """
        seen, found = {self.first.href} if self.first else set(), []
        for route in self.routes[1:]:
            is_there = self.has_times and route.name == Kind.WEB.label
            if route.href and route.href not in seen and not is_there:
                seen.add(route.href)
                found.append(route)
        return found

    @property
    def for_whom(self):
        """For whom it is, in few words, without a full stop."""
        return (self.service.for_whom or self.service.who).rstrip(".")

    @property
    def cost(self):
        """What the first way to reach it costs, in few words: "Free."; "" where nothing is said."""
        if not self.first:
            return ""
        if self.first.route.constant:
            return "Free." if self.first.cost.startswith("Free") else ""
        return COST_IN_FEW_WORDS.get(self.first.route.cost, "")

    @property
    def when(self):
        """When the first way to reach it answers, in few words; "" where nothing is said."""
        return self.first.when if self.first else ""

    @property
    def has_times(self):
        """Whether its own page has a table of times to see."""
        return bool(self.first and self.first.route.hours == HoursKind.WEEKLY and self.first.when)

    @property
    def doubt(self):
        """What is not certain, for readers; what to do about it is `instead`."""
        return self.service.doubt

    @property
    def instead(self):
        """The service to use when this one does not work, or None."""
        return self.service.another_way

    @property
    def doubt_in_words(self):
        """What is not certain and what to do, as text; "" where nothing is uncertain."""
        if not self.doubt or not self.instead:
            return self.doubt
        other = self.instead
        number = other.first_route and (
            other.first_route.constant.display
            if other.first_route.constant
            else other.first_route.display
        )
        do = f"call {number}" if number else f"use {other}"
        return f"{self.doubt} If it does not work, {do}."

    @property
    def answers_at_night(self):
        """The service that answers when this one is shut at night; None if it is not shut."""
        if not self.first or not self.first.route.has_hours or always_open(self.first.route):
            return None
        other = self.instead
        return other if other and other.first_route and always_open(other.first_route) else None

    @property
    def facts(self):
        """Hours, cost and trace of every route."""
        return facts_of(self.routes)

    @property
    def number_facts(self):
        """Hours, cost and trace of the numbers alone."""
        return facts_of(self.numbers)


COST_IN_FEW_WORDS = {Cost.FREE: "Free.", Cost.STANDARD: "Costs the same as a normal call."}


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
