"""What a caller asks of the open data, checked; and a page of what was found."""

import re
from datetime import time
from uuid import UUID

from ..opening_hours import is_usually_open
from .records import FIELDS, TAXONOMIES, id_of

PER_PAGE, MOST = 50, 100
OLDEST = 150  # years
TIME_OF_DAY = r"([01][0-9]|2[0-3]):[0-5][0-9]"
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

KNOWN = {id_of("taxonomy", name) for name in TAXONOMIES}


def terms():
    """Return id of a term -> (field, value) of the services that have it."""
    return {
        id_of("term", name, value): (field, value)
        for name, field in FIELDS.items()
        for value, _ in TAXONOMIES[name][1]()
    }


class BadParameter(ValueError):  # noqa: N818 it says what is the matter
    def __init__(self, parameter, words):
        super().__init__(f"{parameter}: {words}")
        self.parameter = parameter


class Query:
    """The parameters of a request. Raises BadParameter, which names the one that is wrong."""

    def __init__(self, given):
        self.given = given
        self.number_of_page = self.whole("page", 1, least=1)
        self.per_page = self.whole("per_page", PER_PAGE, least=1, most=MOST)
        self.search = given.get("search", "").split()
        self.term = self.uuid("taxonomy_term_id")
        self.named = terms().get(self.term, (None, None)) if self.term else (None, None)
        self.taxonomy = self.uuid("taxonomy_id")
        self.minimum_age = self.whole("minimum_age", None, most=OLDEST)
        self.maximum_age = self.whole("maximum_age", None, most=OLDEST)
        self.start, self.end = self.time("start_time"), self.time("end_time")
        self.days = self.weekdays()
        # Every route is by telephone or online, so as near as it can be.
        self.whole("proximity", 0)

    def whole(self, name, default, least=0, most=10**9):
        text = self.given.get(name)
        if text is None:
            return default
        # As JSON writes an integer, and no other way.
        if not re.fullmatch(r"-?(0|[1-9][0-9]{0,18})", text):
            raise BadParameter(name, "give a whole number, such as 1.")
        if not least <= int(text) <= most:
            raise BadParameter(name, f"give a whole number from {least} to {most}.")
        return int(text)

    def uuid(self, name):
        text = self.given.get(name)
        if text is None:
            return None
        try:
            found = str(UUID(text))
        except ValueError:
            found = ""
        # Python reads ids that nobody else does: in braces, without hyphens.
        if not found or found != text.lower():
            raise BadParameter(name, "give the id of a taxonomy or a term.")
        return found

    def time(self, name):
        text = self.given.get(name)
        if text is None:
            return None
        if not re.fullmatch(TIME_OF_DAY, text):
            raise BadParameter(name, "give a time of day, such as 09:30.")
        return time.fromisoformat(text)

    def weekdays(self):
        text = self.given.get("day")
        if text is None:
            return []
        codes = text.split(",")
        if wrong := [code for code in codes if code not in DAYS]:
            raise BadParameter("day", f"{wrong[0][:20]!r} is not one of {', '.join(DAYS)}.")
        return [DAYS.index(code) for code in codes]

    def services(self, register, today) -> list[str]:
        """Return the slugs of the services of a register that the caller asks for, in its order.

        `today` is the date whose table of hours counts.
        """
        if self.taxonomy is not None and self.taxonomy not in KNOWN:
            return []
        return [slug for slug, service in register.items() if self.wants(service, today)]

    def wants(self, service, today):
        return (
            self.has_term(service)
            and all(takes(service, age) for age in (self.minimum_age, self.maximum_age))
            and self.has_words(service)
            and self.is_open(service, today)
        )

    def has_term(self, service):
        if self.term is None:
            return True
        field, value = self.named
        return field is not None and getattr(service, field) == value

    def has_words(self, service):
        """Return whether every word stands in what the service says, or in its numbers."""
        words = [service.slug, service.name, service.organisation.name, service.what, service.who]
        for route in service.shown_routes() if self.search else ():
            words.append(route.constant.dial if route.constant else route.dial)
        text = " ".join(words).casefold()
        return all(word.casefold() in text for word in self.search)

    def is_open(self, service, today):
        """Return whether a route of a service is open, in a usual week, when the caller asks."""
        if not self.days and self.start is None and self.end is None:
            return True
        timetables = [route.timetable() for route in service.shown_routes()]
        days = self.days or range(7)
        return any(
            is_usually_open(timetable, today, day, self.start, self.end)
            for timetable in timetables
            if timetable
            for day in days
        )

    def page(self, found, make=list) -> dict:
        """Return one page of what was found, in the envelope of Open Referral UK.

        A page past the last one is empty.
        `make` is given what stands on that page, and returns its records.
        """
        pages = max(1, -(-len(found) // self.per_page))
        number = self.number_of_page
        here = found[(number - 1) * self.per_page : number * self.per_page]
        return {
            "total_items": len(found),
            "total_pages": pages,
            "page_number": number,
            "size": len(here),
            "first_page": number == 1,
            "last_page": number == pages,
            "empty": not here,
            "contents": make(here),
        }


def takes(service, age):
    """Return whether a service takes people of an age, in years; None is any."""
    youngest, oldest = service.minimum_age, service.maximum_age
    return (
        age is None or (youngest is None or youngest <= age) and (oldest is None or age <= oldest)
    )
