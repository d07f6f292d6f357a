"""A service as schema.org describes it, for the page of the service.

Every number and every hour in it stands on the page too. Source: reference
data-standards.md section 3.
"""

import json

from django.conf import settings
from django.utils.safestring import mark_safe

from .models import Service
from .notations import schema_org
from .showing import ShownService
from .words import Cost, HoursKind, Kind

STATE = ("emergency-services", "nottinghamshire-police", "nhs")
GENDERS = {Service.Gender.WOMEN: "female", Service.Gender.MEN: "male"}


def script(shown: ShownService) -> str:
    """Return the page's data as JSON that is safe inside a script element."""
    text = json.dumps(page(shown), ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)  # noqa: S308 nothing in it can end the element


def page(shown):
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


def entity(shown):
    service, organisation = shown.service, shown.service.organisation
    state = organisation.slug in STATE
    found = {
        "@type": "GovernmentService" if state else "Service",
        "name": service.name,
        "description": service.what,
        "provider": {
            "@type": "GovernmentOrganization" if state else "Organization",
            "name": organisation.name,
        },
        "audience": audience(service),
        "availableChannel": [channel(route, service) for route in shown.routes],
    }
    if service.area != Service.Area.UNSTATED:
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


def channel(route, service):
    found = {"@type": "ServiceChannel", "name": route.route.label or route.route.get_kind_display()}
    if service.languages:
        found["availableLanguage"] = service.languages.split()
    if route.is_number:
        found["servicePhone"] = contact_point(route)
    elif route.href.startswith("https:"):
        found["serviceUrl"] = route.href
    return found


def contact_point(route):
    constant = route.route.constant
    found = {
        "@type": "ContactPoint",
        "telephone": telephone(constant.dial if constant else route.route.dial),
        "contactType": "emergency" if constant and constant.dial == "999" else "customer service",
    }
    if route.route.cost == Cost.FREE:
        found["contactOption"] = "https://schema.org/TollFree"
    if route.route.kind == Kind.TEXTPHONE:
        found["contactOption"] = "https://schema.org/HearingImpairedSupported"
    if route.route.hours != HoursKind.UNKNOWN:
        found["hoursAvailable"] = schema_org(route.route.timetable())
    return found


def telephone(dial):
    """Return a number as +44…; a short code, which no prefix may go before, as it is."""
    return f"+44{dial[1:]}" if dial.startswith("0") else dial
