"""What the register has for an edition: its addresses, its numbers, its next moment."""

from dataclasses import replace
from datetime import timedelta

from django.urls import reverse

from publishing.problems import CannotPrint
from publishing.sources import Address, EditionSource, KnownAddress, Number, register

from . import contact, headings, to_do
from .models import LinkHost, Service
from .open_referral.records import id_of, taxonomies, terms
from .opening_hours import LONDON, start_of
from .presenters import london_day
from .presenters.help_page import is_unlisted
from .releases import alarms as releases_alarms
from .releases import few_are_right, in_force, kept, left_out, made_from


def addresses(moment):
    """Return the help pages. Their place is fixed: time alone never takes one away."""
    if few_are_right():
        raise CannotPrint(
            "Most releases of the register are not signed with this site’s key.",
            "Put the SECRET_KEY that they were signed with into SECRET_KEY_FALLBACKS.",
        )
    headings.can_be_printed()
    for address in pages_and_data():
        # No page of an editor is shown here: it is made from what all pages may show.
        yield replace(address, made_from="the register")


def pages_and_data():
    services = standing()
    newest = max((service.changed for service in services), default=None)
    yield Address(reverse("signposting:help"), changed=newest)
    yield Address(reverse("signposting:contact"), changed=newest)
    yield Address(reverse("signposting:little-english"), changed=newest)
    yield Address(reverse("signposting:sheet"), changed=newest)
    yield Address(reverse("signposting:data"), changed=newest)
    yield Address(reverse("signposting:feed"), listed=False)
    yield from data(services)
    for service in services:
        yield Address(
            service.get_absolute_url(),
            changed=service.changed,
            listed=not is_unlisted(service),
            record=service.get_absolute_url(),
        )


def data(services):
    """Return the addresses of the open data. What has a query, Django answers."""
    names = ["api", "openapi", "api-services", "api-locations", "api-taxonomies", "api-terms"]
    paths = [reverse(f"signposting:{name}") for name in names]
    for name, rows in (("api-taxonomy", taxonomies()), ("api-term", terms())):
        paths += [reverse(f"signposting:{name}", args=[row["id"]]) for row in rows]
    yield from (Address(path, listed=False) for path in paths)
    for service in services:
        for name, kind in (("api-service", "service"), ("api-location", "service_at_location")):
            path = reverse(f"signposting:{name}", args=[id_of(kind, service.slug)])
            yield Address(path, listed=False, record=service.get_absolute_url())


def standing():
    """Return every service that stands on any page, if only on its own as it was printed last."""
    return [*in_force().values(), *left_out().values()]


def numbers():
    """Return every number that readers may see today; emergency numbers are safety's."""
    return [
        Number(route.dial, route.display, service.name, service.slug)
        for service in standing()
        for route in service.shown_routes()
        if route.dial
    ]


# What the site's own pages lead to: a constant, so no keeper alone can leave them without a print.
OWN_LINKS = (
    "https://www.gov.uk/call-charges",
    "https://gov.uk/",  # By its name, GOV.UK.
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
)


def known_addresses():
    """Return every web and email address that readers may see today, and the services' pages."""
    yield from map(KnownAddress, OWN_LINKS)
    yield from (
        KnownAddress(one.address) for one in LinkHost.objects.standing() if "/" in one.address
    )
    for service in standing():
        yield KnownAddress(service.get_absolute_url(), service.name)
        if service.organisation.website:
            yield KnownAddress(service.organisation.website, service.name)
        for route in service.shown_routes():
            if route.address:
                yield KnownAddress(route.address, service.name)


def link_hosts():
    """Return the sites that two keepers agreed for links in pages."""
    return [host.address for host in LinkHost.objects.standing() if "/" not in host.address]


def ways():
    """Return each way to reach somebody that readers may see today, with whose it is."""
    for service in standing():
        if service.organisation.website:
            yield f"{service.organisation.website} of {service.slug}"
        for route in service.shown_routes():
            # Of a place, which has neither, it is the route.
            yield f"{route.dial or route.address or route.key} of {service.slug}"
    yield from (f"{host.address} in links" for host in LinkHost.objects.standing())


def alarms():
    """Return a sentence for each release and each site to link to that was changed by others."""
    agreed = LinkHost.objects.filter(taken_off_at=None).exclude(agreed_at=None)
    return [
        *releases_alarms(),
        *headings.alarms(),
        *(
            f"The site to link to {host} is not as two people agreed it. Links there are refused."
            for host in agreed
            if not host.is_right
        ),
    ]


def due(moment):
    """Return what keepers have to do about each service, the same as in their list."""
    services = list(Service.objects.whole().prefetch_related("not_working"))
    beside, day = to_do.waiting(services), london_day(moment)
    return [
        f"{service}: {sentence}"
        for service in services
        for sentence in to_do.sentences(service, day, beside[service.pk])
    ]


def next_moment(after):
    """Return when time alone next changes a help page.

    That is the midnight after the last day of a check, an exception or a closure.
    """
    today = after.astimezone(LONDON).date()
    days = [day for service in in_force().values() for day in last_days(service) if day >= today]
    return start_of(min(days) + timedelta(days=1)) if days else None


def last_days(service):
    """Yield the last days of what a service has for a time: its check, exceptions, closures."""
    if service.last_check:
        yield service.last_check.due
    for route in service.routes.all():
        yield from (row.date for row in route.exceptional_days.all())
        for row in route.weekly_hours.all():
            yield from filter(None, [row.first_day, row.last_day])
        yield from (row.last_day for row in route.closures.all())


register(EditionSource("headings", kept=lambda moment: headings.kept()))
register(
    EditionSource(
        "signposting",
        addresses=addresses,
        numbers=numbers,
        known_addresses=known_addresses,
        link_hosts=link_hosts,
        ways=ways,
        next_moment=next_moment,
        made_from=lambda moment: [made_from(), headings.as_rows(headings.now()), contact.said()],
        alarms=alarms,
        kept=lambda moment: kept(),
        due=due,
    )
)
