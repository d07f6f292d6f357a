"""The services as schema.org describes them, for the help pages.

Every number and every hour in it stands on the page too. Source: reference
data-standards.md section 3.
"""

import json

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

from .choices import Kind
from .models import Service
from .models.services import UNSTATED
from .opening_hours import can_be_said_in_schema_org, schema_org
from .presenters import ShownService

STATE = ("emergency-services", "nhs")
GENDERS = {Service.Gender.WOMEN: "female", Service.Gender.MEN: "male"}


def script(data: dict) -> str:
    """Return a page's data as JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)  # noqa: S308 nothing in it can end the element


def list_page(services: list[ShownService]) -> dict:
    """Return the help page: its services by name, in its order. The rest is on their own pages."""
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": settings.SITE_URL + reverse("signposting:help"),
        "inLanguage": "en-GB",
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {
                    "@type": kind(shown.service.organisation),
                    "name": shown.service.name,
                    "url": settings.SITE_URL + shown.service.get_absolute_url(),
                }
                for shown in services
            ],
        },
    }


def page(shown: ShownService) -> dict:
    """Return the page of one service, with every way to reach it."""
    service = shown.service
    address = settings.SITE_URL + service.get_absolute_url()
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": address,
        "name": service.name,
        "inLanguage": "en-GB",
        "dateModified": service.changed.date().isoformat(),
        "lastReviewed": service.last_check.day.isoformat(),
        "mainEntity": entity(shown),
    }


def kind(organisation):
    return "GovernmentService" if is_of_the_state(organisation) else "Service"


def is_of_the_state(organisation):
    return organisation.slug in STATE or organisation.slug.endswith("-police")


def entity(shown):
    service, organisation = shown.service, shown.service.organisation
    state = is_of_the_state(organisation)
    found = {
        "@type": kind(organisation),
        "name": service.name,
        # Who reads only this must learn what is not certain too, and what to do.
        "description": " ".join(filter(None, [service.what, shown.doubt_in_words, shown.checked])),
        "provider": {
            "@type": "GovernmentOrganization" if state else "Organization",
            "name": organisation.name,
        },
        "audience": audience(service),
        "availableChannel": [channel(route, service, shown.day) for route in shown.routes],
    }
    if service.area != UNSTATED:
        found["areaServed"] = service.get_area_display()
    return found


def audience(service):
    found = {"@type": "PeopleAudience", "audienceType": service.who}
    if service.minimum_age is not None:
        found["requiredMinAge"] = service.minimum_age
    if service.maximum_age is not None:
        found["requiredMaxAge"] = service.maximum_age
    if service.gender in GENDERS:
        found["suggestedGender"] = GENDERS[service.gender]
    return found


def channel(route, service, day):
    found = {"@type": "ServiceChannel", "name": route.route.label or route.route.get_kind_display()}
    if service.languages:
        found["availableLanguage"] = service.languages.split()
    if route.is_number:
        way = "serviceSmsNumber" if route.route.kind == Kind.TEXT else "servicePhone"
        found[way] = contact_point(route, service, day)
    elif route.href.startswith("https:"):
        found["serviceUrl"] = route.href
    return found


def contact_point(route, service, day):
    constant = route.route.constant
    found = {
        "@type": "ContactPoint",
        "telephone": telephone(constant.dial if constant else route.route.dial),
        # What it is for, as the help page says it.
        "contactType": service.get_group_display(),
    }
    if route.route.kind == Kind.TEXTPHONE:
        found["contactOption"] = "https://schema.org/HearingImpairedSupported"
    timetable = route.hours_are_confirmed and route.route.timetable().from_day(day)
    if timetable and can_be_said_in_schema_org(timetable):
        found["hoursAvailable"] = schema_org(timetable)
    elif route.hours:
        # A machine would say "open now" of a timetable: what the owner has not told us stands
        # in words.
        found["description"] = " ".join(filter(None, [*route.hours, route.hours_flag]))
    return found


def telephone(dial):
    """Return a number as +44…; a short code, which no prefix may go before, as it is."""
    return f"+44{dial[1:]}" if dial.startswith("0") else dial
