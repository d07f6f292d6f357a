"""What a caller asks of the open data, checked; and a page of what was found."""

from datetime import time
from uuid import UUID

from .open_referral import FIELDS, TAXONOMIES, id_of

PER_PAGE, MOST = 50, 100
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


class BadParameter(ValueError):  # noqa: N818 it says what is the matter
    def __init__(self, parameter, words):
        super().__init__(f"{parameter}: {words}")
        self.parameter = parameter


class Query:
    """The parameters of a request. Raises BadParameter, which names the one that is wrong."""

    def __init__(self, given):
        self.given = given
        self.number_of_page = self.whole("page", 1, most=10**9)
        self.per_page = max(1, min(self.whole("per_page", PER_PAGE, most=10**9), MOST))
        self.search = given.get("search", "").split()
        self.term = self.uuid("taxonomy_term_id")
        self.taxonomy = self.uuid("taxonomy_id")
        self.minimum_age = self.whole("minimum_age", None, most=150)
        self.maximum_age = self.whole("maximum_age", None, most=150)
        self.start, self.end = self.time("start_time"), self.time("end_time")
        self.days = self.weekdays()
        # Every route is by telephone or online, so as near as it can be.
        self.whole("proximity", 0, most=10**9)

    def whole(self, name, default, most):
        text = self.given.get(name, "")
        if text == "":
            return default
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
            raise BadParameter(name, "give a whole number, such as 1.")
        return max(0, min(int(text), most))

    def uuid(self, name):
        text = self.given.get(name, "")
        try:
            return str(UUID(text)) if text else None
        except ValueError:
            raise BadParameter(name, "give the id of a taxonomy or a term.") from None

    def time(self, name):
        text = self.given.get(name, "")
        try:
            return time.fromisoformat(text.removesuffix("Z")).replace(tzinfo=None) if text else None
        except ValueError:
            raise BadParameter(name, "give a time of day, such as 09:30.") from None

    def weekdays(self):
        codes = [
            code.strip() for code in self.given.get("day", "").upper().split(",") if code.strip()
        ]
        if wrong := [code for code in codes if code not in DAYS]:
            raise BadParameter("day", f"{wrong[0][:20]} is not one of {', '.join(DAYS)}.")
        return [DAYS.index(code) for code in codes]

    def wants(self, shown) -> bool:
        """Return whether a service is what the caller asked for."""
        return (
            self.has_words(shown)
            and self.has_term(shown.service)
            and self.has_age(shown.service)
            and self.is_open(shown)
        )

    def has_words(self, shown):
        service = shown.service
        words = [service.name, service.organisation.name, service.what, service.who]
        words += [route.route.dial for route in shown.routes]
        text = " ".join(words).casefold()
        return all(word.casefold() in text for word in self.search)

    def has_term(self, service):
        terms = {id_of("term", name, getattr(service, field)) for name, field in FIELDS.items()}
        known = {id_of("taxonomy", name) for name in TAXONOMIES}
        return (self.term is None or self.term in terms) and (
            self.taxonomy is None or self.taxonomy in known
        )

    def has_age(self, service):
        """A service that takes people from the youngest age asked for to the oldest."""
        youngest, oldest = service.minimum_age or 0, service.maximum_age or 150
        return (self.minimum_age is None or youngest <= self.minimum_age <= oldest) and (
            self.maximum_age is None or youngest <= self.maximum_age <= oldest
        )

    def is_open(self, shown):
        """A service whose published week has a span over the times, on one of the days."""
        if not (self.days or self.start or self.end):
            return True
        days = self.days or range(7)
        start, end = self.start or self.end, self.end or self.start
        for route in shown.routes:
            timetable = route.route.timetable()
            for day in days if timetable else ():
                for opens, closes in timetable.on_a_weekday(day):
                    last = closes if closes != time(0) else time.max
                    if start is None or (opens <= start and end <= last):
                        return True
        return False

    def page(self, found, make=lambda row: row) -> dict:
        """Return one page of what was found, in the envelope of Open Referral UK."""
        pages = max(1, -(-len(found) // self.per_page))
        number = max(1, min(self.number_of_page, pages))
        here = found[(number - 1) * self.per_page : number * self.per_page]
        return {
            "total_items": len(found),
            "total_pages": pages,
            "page_number": number,
            "size": len(here),
            "first_page": number == 1,
            "last_page": number == pages,
            "empty": not here,
            "contents": [make(row) for row in here],
        }
