"""The register as Open Referral UK 3.0 (HSDS-UK): one record at a time, as dictionaries.

Rules: reference data-standards.md section 2. What has no value is left out; ids are made
from slugs, so they survive a rebuilt database; numbers stand in the contacts, in the
service and once in the description, because the standard forgot them.
"""

from functools import lru_cache
from uuid import UUID, uuid5

from django.conf import settings
from django.urls import reverse

from publishing.printing.snapshot import kept as printing
from safety.identity.in_force import of_request

from .. import headings
from ..choices import Confidence, Kind
from ..models import Service
from ..models.services import UNSTATED
from ..numbers import NBSP
from ..opening_hours import open_referral as schedules_of

VERSION = "HSDS-UK-3.0"
PROFILE = "https://docs.openreferraluk.org/"
NAMESPACE = UUID("5f2b1a0e-6f0c-5d6c-9a53-3c8f6f0f6b11")


def needs():
    return [(need.number, need.name) for need in names().needs.values()]


def areas():
    return [(area.slug, area.name) for area in names().areas.values()]


def names():
    """Return the areas and groups that are being printed; or, beside the edition, were printed."""
    return headings.now() if printing.get() is not None else headings.printed()


# A small taxonomy of our own: name -> (what it is, a function that returns its terms).
TAXONOMIES = {
    "need": ("What the service is for", needs),
    "relationship": ("Who is doing it", lambda: Service.Relationship.choices),
    "audience": ("Whom the service is for", lambda: Service.Gender.choices),
    "area": ("Where the service is", areas),
    "confidence": ("How sure we are of the record", lambda: Confidence.choices),
}
FIELDS = {"need": "group", "relationship": "relationship", "audience": "gender"}
FIELDS |= {"area": "area", "confidence": "confidence"}
HOW = {Kind.VOICE: "Phone", Kind.TEXT: "Text", Kind.TEXTPHONE: "Relay UK app or textphone"}
PHONE_TYPES = {Kind.VOICE: "voice", Kind.TEXT: "text", Kind.TEXTPHONE: "textphone"}


@lru_cache(maxsize=20_000)
def id_of(*parts) -> str:
    return str(uuid5(NAMESPACE, "/".join(map(str, parts))))


def full(record):
    """Return a record without what has no value; 0 is a value."""
    if isinstance(record, dict):
        kept = {key: full(value) for key, value in record.items()}
        return {key: value for key, value in kept.items() if value not in (None, "", [], {})}
    if isinstance(record, list):
        return [full(item) for item in record]
    return record


def root():
    return {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": settings.SITE_URL + reverse("signposting:openapi"),
    }


def organization(found):
    return full(
        {
            "id": id_of("organization", found.slug),
            "name": found.name,
            "description": found.description,
            "website": found.website,
        }
    )


def plain(words):
    return words.replace(NBSP, " ")


def number(route):
    """Return what is dialled or texted, spaced as it is shown: never the words around it."""
    constant = route.route.constant
    return constant.dial if constant and constant.kind == "text" else plain(route.number)


def service(shown, whole=False):
    """Return a service: as it stands in a list, or whole with everything beneath it."""
    found, contact = shown.service, of_request(None).owner.contact
    numbers = "".join(f" {HOW[route.route.kind]}: {number(route)}." for route in shown.numbers)
    record = {
        "id": id_of("service", found.slug),
        "name": found.name,
        "status": "active",
        "description": found.what + numbers,
        "url": settings.SITE_URL + found.get_absolute_url(),
        "email": next((r.number for r in shown.others if r.route.kind == Kind.EMAIL), ""),
        "fees": " ".join(dict.fromkeys(route.cost for route in shown.routes if route.cost)),
        "minimum_age": found.minimum_age,
        "maximum_age": found.maximum_age,
        "eligibility_description": found.who,
        "assured_date": found.last_check.day.isoformat(),
        "assurer_email": contact if "@" in contact else "",
        "alert": " ".join(
            filter(None, [found.caution, shown.doubt_in_words, not_printed(shown), shown.checked])
        ),
        "last_modified": found.changed.isoformat(),
        "organization_id": id_of("organization", found.organisation.slug),
        "organization": organization(found.organisation),
    }
    return full(record | (beneath(shown) if whole else {}))


def not_printed(shown):
    return "" if shown.routes else "We do not print a number for this service at the moment."


def beneath(shown):
    found = shown.service
    phones = [phone(route, found) for route in shown.numbers]
    return {
        "schedules": [row for route in shown.routes for row in schedules(route, found, shown.day)],
        "service_areas": [area(found)] if found.area != UNSTATED else [],
        "service_at_locations": [at_location(shown)],
        "languages": [
            {"id": id_of("language", found.slug, code), "code": code, "name": LANGUAGES[code]}
            for code in found.languages.split()
        ],
        "cost_options": [cost(route, found) for route in shown.routes if route.cost],
        "contacts": [{"id": id_of("contact", found.slug), "name": found.name, "phones": phones}],
        "phones": phones,
        "attributes": attributes(found),
    }


LANGUAGES = {"en": "English", "bfi": "British Sign Language"}


def phone(route, found):
    return {
        "id": id_of("phone", found.slug, route.route.key),
        "number": number(route),
        "type": PHONE_TYPES[route.route.kind],
        "description": " ".join(filter(None, [route.route.label, route.words, route.trace])),
    }


def schedules(route, found, today):
    """Return when a route answers, each row with the route it is of.

    That is the weekly table; or, when no times are known, what is said in their place.
    """
    timetable = route.route.timetable()
    name = ("schedule", found.slug, route.route.key)
    if timetable is None or route.route.constant:
        words = " ".join([f"{route.name}:", *route.hours])
        return [{"id": id_of(*name), "description": words}] if route.hours else []
    notes = " ".join(filter(None, [route.route.hours_note, route.hours_flag]))
    rows = schedules_of(timetable.from_day(today), route.name, notes)
    return [{"id": id_of(*name, position)} | row for position, row in enumerate(rows)]


def area(found):
    return {"id": id_of("service_area", found.slug), "name": found.get_area_display()}


def cost(route, found):
    # No amount: what a call that is not free costs is the phone company's to say.
    return {
        "id": id_of("cost_option", found.slug, route.route.key),
        "option": route.route.label or route.route.get_kind_display(),
        "amount_description": route.cost,
    }


def at_location(shown, with_service=False):
    """Return where a service is met: by telephone, or online."""
    found = shown.service
    record = {
        "id": id_of("service_at_location", found.slug),
        "service_id": id_of("service", found.slug),
    }
    # What was taken off is nowhere: neither by telephone nor online.
    if shown.routes:
        record |= {"location_id": id_of("location", found.slug), "location": location(shown)}
    return full(record | ({"service": service(shown)} if with_service else {}))


def location(shown):
    """Return the one place of a service, with an id of its own: it says what is there for whom."""
    access = {"id": id_of("accessibility", shown.service.slug), "description": shown.service.access}
    return {
        "id": id_of("location", shown.service.slug),
        "location_type": "virtual",
        "name": "By telephone" if shown.numbers else "Online",
        "accessibility": [access] if shown.service.access else [],
    }


def terms():
    """Return every term of the taxonomy."""
    return [
        term(taxonomy, value, label)
        for taxonomy, (_, choices) in TAXONOMIES.items()
        for value, label in choices()
    ]


def term(taxonomy, value, label):
    return {
        "id": id_of("term", taxonomy, value),
        "name": label,
        "description": f"{TAXONOMIES[taxonomy][0]}: {label}",
        "taxonomy": TAXONOMIES[taxonomy][0],
        "taxonomy_id": id_of("taxonomy", taxonomy),
    }


def taxonomies():
    return [
        {
            "id": id_of("taxonomy", name),
            "name": words,
            "description": f"{words}, as this site says it",
        }
        for name, (words, _) in TAXONOMIES.items()
    ]


def attributes(found):
    made = []
    for taxonomy, field in FIELDS.items():
        value, label = getattr(found, field), getattr(found, f"get_{field}_display")()
        made.append(
            {
                "id": id_of("attribute", found.slug, taxonomy),
                "link_id": id_of("service", found.slug),
                "link_type": "service",
                "taxonomy_term_id": id_of("term", taxonomy, value),
                "taxonomy_term": term(taxonomy, value, label),
            }
        )
    return made
