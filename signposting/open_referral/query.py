"""What a caller asks of the open data, checked; and a page of what was found."""

from datetime import time
from uuid import UUID

from safety.emergency import ROUTES

from ..models import Route, Service
from .records import FIELDS, TAXONOMIES, id_of

PER_PAGE, MOST = 50, 100
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

# Of each id of the taxonomy: what a service of that term has in which field.
TERMS = {
    id_of("term", name, choice.value): {field: choice.value}
    for name, field in FIELDS.items()
    for choice in TAXONOMIES[name][1]
}
KNOWN = {id_of("taxonomy", name) for name in TAXONOMIES}
NOTHING = {"pk__in": []}


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

    def services(self) -> list[str]:
        """Return the slugs of the services that the caller asks for, in their order.

        Nothing is built here but what is compared: anybody may ask, as often as they like.
        """
        found = Service.objects.public()
        if self.term is not None:
            found = found.filter(**TERMS.get(self.term, NOTHING))
        if self.taxonomy is not None and self.taxonomy not in KNOWN:
            found = found.none()
        for age in (self.minimum_age, self.maximum_age):
            found = found if age is None else found.taking(age)
        if self.days or self.start or self.end:
            start, end = self.start or self.end, self.end or self.start
            usable = Route.objects.usable().open_at(self.days or range(7), start, end)
            found = found.filter(pk__in=usable.values("service"))
        return self.with_words(found) if self.search else list(found.slugs())

    def with_words(self, services):
        """Return the slugs of those in whose words and numbers every word stands."""
        fields = ("slug", "name", "organisation__name", "what", "who")
        texts = {slug: list(words) for slug, *words in services.values_list(*fields)}
        numbers = Route.objects.usable().values_list("service__slug", "dial", "emergency")
        for slug, dial, emergency in numbers:
            if slug in texts:
                texts[slug] += dial, ROUTES[emergency].dial if emergency else ""
        wanted = [word.casefold() for word in self.search]
        return [
            slug
            for slug, words in texts.items()
            if all(word in " ".join(words).casefold() for word in wanted)
        ]

    def page(self, found, make=list) -> dict:
        """Return one page of what was found, in the envelope of Open Referral UK.

        `make` is given what stands on that page, and returns its records.
        """
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
            "contents": make(here),
        }
