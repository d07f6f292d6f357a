"""References in prose: [[slug]] stands for a number, which stands once, in the register.

A link to a site that a keeper took off leaves its words: who takes a site off takes no page from
readers.
"""

import re
from html import unescape

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from publishing import gate, sources
from publishing.gate import addresses
from safety import emergency

from .models import LinkHost, Need
from .numbers import NBSP
from .presenters import ShownService, everyone, link_to
from .releases import addresses_off, in_force, left_out

# What a reader in a hurry tries first, after 999, is the helpline and police: facts/helplines.md
# section 6, where they are in most answers.
POLICE = "police-101"
NOT_NOW = '<a href="{}">we do not print this number now</a>'
REFERENCE = re.compile(r"\[\[([a-z0-9-]+)\]\]")
NOT_NAMED = "a site that we do not name now"
# Between the marks of clean HTML; and a link out of the site.
WORDS = re.compile(r"(?:(?<=>)|^)[^<>]+")
ADDRESS = re.compile(r'href="(?:https?:|mailto:)|\w\.[a-z]{2}|@', re.IGNORECASE)
OUTWARD = re.compile(
    r'<a\b[^>]*\bhref="((?:https?://|mailto:)[^"]*)"[^>]*>(.*?)</a>', re.DOTALL | re.IGNORECASE
)


class UnknownService(LookupError):  # noqa: N818 it says what is the matter
    """No service that readers may see has this slug; `slug` says which."""

    def __init__(self, slug):
        super().__init__(f"No service in the register is called {slug}.")
        self.slug = slug


def slugs(text: str) -> set[str]:
    """Return the slugs that a text refers to."""
    return set(REFERENCE.findall(text))


def fill(html: str) -> SafeString:
    """Replace each [[slug]] by the service's call link as the register has it today.

    The HTML must be clean already. Raises UnknownService when there is no such service.
    """
    wanted = slugs(html)
    if not wanted:
        return mark_safe(html)  # noqa: S308 sanitised by whoever wrote it down
    links = call_links(wanted)
    return mark_safe(REFERENCE.sub(lambda match: links[match[1]], html))  # noqa: S308


def call_links(wanted: set[str]) -> dict[str, SafeString]:
    """Return the call link of each slug, in one query. Raises UnknownService."""
    services = in_force() if wanted - emergency.ROUTES.keys() else {}
    links = {}
    for slug in wanted:
        if slug in emergency.ROUTES:
            links[slug] = emergency_link(emergency.ROUTES[slug])
        elif slug in services:
            links[slug] = call_link(services[slug])
        elif slug in left_out():
            links[slug] = format_html(NOT_NOW, reverse("signposting:help"))
        else:
            raise UnknownService(slug)
    return links


def sites_off() -> set[str]:
    """Return what readers may have had in pages and have no more, as addresses are compared.

    That is each site that two keepers had agreed for links and one took off, and each web and
    email address of a service that has it no more.
    """
    hosts = LinkHost.objects.off().values_list("address", flat=True)
    found = {addresses.bare(each) if "/" in each else addresses.host_of(each) for each in hosts}
    return found | {addresses.bare(each) for each in addresses_off()}


def links_off(html: str) -> list[str]:
    """Return the addresses in the links and words of clean HTML that are of sites taken off.

    A site may have been agreed again since, or the address be a service's own.
    """
    # Most texts have no address at all, and nobody has to be asked.
    off = sites_off() if ADDRESS.search(html) else set()
    off = {site for site in off if site.lower() in html.lower()}
    if not off:
        return []
    shown = [unescape(match[1]) for match in OUTWARD.finditer(html)]
    for part in WORDS.findall(html):
        # The stop of the sentence is none of the address.
        shown += [address.rstrip(".,;:!?)") for address, _ in addresses.find(unescape(part))]
    found = [each for each in shown if {addresses.bare(each), addresses.host_of(each)} & off]
    facts = gate.Facts(known=sources.known()) if found else None
    return [each for each in found if not facts.has_address(each)]


def without_links_off(html: str) -> str:
    """Return clean HTML with the words alone in the place of links to sites taken off.

    Where the words are the address itself, others stand in their place.
    """
    off = sorted(set(links_off(html)), key=len, reverse=True)
    if not off:
        return html
    html = OUTWARD.sub(lambda match: match[2 * (unescape(match[1]) in off)], html)
    typed = re.compile("|".join(re.escape(escape(each)) for each in off))
    return WORDS.sub(lambda match: typed.sub(NOT_NAMED, match[0]), html)


def helplines(wanted, moment) -> dict[str, ShownService]:
    """Return slug -> service as readers see it, in this order. Raises UnknownService.

    One that is set aside, of which nothing stands, is left out. A number of the emergency table, such as 101, means the service that answers it.
    """
    found = {}
    for slug, shown in everyone(moment).items():
        found[slug] = shown
        if shown.service.first_route:
            found.setdefault(shown.service.first_route.emergency, shown)
    gone = left_out()
    for slug in wanted:
        if slug not in found and slug not in gone:
            raise UnknownService(slug)
    return {slug: found[slug] for slug in wanted if slug in found}


def first_numbers(moment) -> list[ShownService]:
    """Return the services to try first, as readers see them; those that readers may see."""
    found = everyone(moment)
    first = first_slugs({slug: shown.service for slug, shown in found.items()})
    return [found[slug] for slug in sorted(first, key=POLICE.__eq__)]


def first_slugs(services) -> set[str]:
    """Return the slugs of what stands first on the home page, of slug -> Service."""
    return {helpline(services), POLICE} & set(services)


def helpline(services) -> str:
    """Return the slug of the service that stands first of all: the first of the group that says so.

    `services` is slug -> Service, in the register's order. It is "" where there is none.
    """
    first = Need.Role.FIRST
    return next(
        (
            slug
            for slug, service in services.items()
            if (need := service.names().needs.get(service.group)) and need.role == first
        ),
        "",
    )


def emergency_link(route) -> SafeString:
    """Return an emergency route as its link, or as words where it must not be one."""
    number = route.display.replace(" ", NBSP)
    if route.kind == "textphone":
        return format_html("{} (Relay UK app or textphone)", number)
    if route.kind == "text":
        # Never alone: an unregistered phone gets no answer. facts/helplines.md section 4.2.
        words = '{} (only after you <a href="/help/emergency-sms/">register your phone</a>)'
        return format_html(words, number)
    if route.kind not in ("voice", "video"):
        return format_html("{}", number)
    return link(route.href, number)


def link(href, number) -> SafeString:
    outward = format_html(' rel="noreferrer"') if href.startswith("https:") else ""
    return format_html('<a class="call" href="{}"{}>{}</a>', href, outward, number)


def call_link(service) -> SafeString:
    """Return what stands for a service in a sentence: its number, or its name as a link.

    The sentence names the service, so no other number may stand there: where readers
    get no number of it, the link says so, and leads to what stands in its place.
    """
    route = service.first_route
    if not service.is_published or not route.is_usable:
        return not_printed(service)
    if route.constant:
        return emergency_link(route.constant)
    if route.dial:
        return link(link_to(route), route.display.replace(" ", NBSP))
    return format_html('<a href="{}">{}</a>', service.get_absolute_url(), service)


def not_printed(service) -> SafeString:
    """Return the words for a number that was taken off. It has a page, which says more."""
    instead = service.alternative
    if not instead.is_published:
        return format_html(NOT_NOW, service.get_absolute_url())
    words = 'we do not print this number now; use <a href="{}">{}</a> instead'
    return format_html(words, instead.get_absolute_url(), instead)
