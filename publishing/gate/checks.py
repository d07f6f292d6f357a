"""One short function a check. Each takes a ParsedPage and the Edition's Facts, and yields Problems.

Here is how a page must be made; gate.contacts and gate.links have what readers act on.
"""

import re
from urllib.parse import unquote, urlsplit

from django.conf import settings

from ..splice import ADDRESS_PLACE, MESSAGE_PLACE
from . import contacts, links
from .data import data_is_known
from .links import origin, target_of
from .outlines import Outline, is_there
from .parsing import HEADINGS, problem, squeeze

ASK = "Tell whoever runs the site."
# Where an element loads from. A link to follow loads nothing.
LOADS = {
    "src": ("img", "script", "iframe", "source", "audio", "video", "embed", "input", "track"),
    "srcset": ("img", "source"),
    "poster": ("video",),
    "data": ("object",),
    "href": ("image", "use"),
}
LOADING_LINKS = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "manifest"}
# To look a site up, or to open a connection, tells it of the visit too.
LOADING_LINKS |= {"preconnect", "dns-prefetch", "prerender"}
FORBIDDEN = ("iframe", "object", "embed", "base", "applet", "frame", "portal")


def emergency_card_is_there(page, facts):
    """The card stands on every page, word for word and link for link as its constants."""
    if not page.card:
        yield problem(page, None, "The emergency card is not on the page.", ASK)
    elif page.card not in facts.cards:
        yield problem(page, None, "The emergency card is not as it must be.", ASK)


def the_message_has_one_place(page, facts):
    """The front door fills the first place it finds: one that an editor wrote would be it."""
    if (places := page.html.count(MESSAGE_PLACE.decode())) != 1:
        words = f"The page has {places} places for the cookie message instead of one."
        yield problem(page, None, words, f"Take “{MESSAGE_PLACE.decode()}” out of the text. {ASK}")


def headings_do_not_skip(page, facts):
    headings = page.all(*HEADINGS)
    if len(page.all("h1")) != 1:
        words = f"The page has {len(page.all('h1'))} main headings instead of one."
        yield problem(page, None, words, "Give it one title.")
    for before, heading in zip(headings, headings[1:], strict=False):
        if int(heading.tag[1]) > int(before.tag[1]) + 1:
            words = f"The heading “{squeeze(heading.text)}” is {heading.tag} straight after {before.tag}."
            yield problem(page, heading, words, f"Make it h{int(before.tag[1]) + 1}.")


def images_are_decided(page, facts):
    """Words for who cannot see the picture, or an empty alt: it only decorates."""
    for image in page.all("img"):
        alt = image.get("alt")
        if (
            alt is None
            or (alt and not alt.strip())
            or re.search(r"\.(jpe?g|png|webp|gif)$", alt, re.I)
        ):
            words = f"The picture {image.get('src')} has no words for people who cannot see it."
            yield problem(page, image, words, "Describe it, or say that it is decorative.")


def links_lead_somewhere(page, facts):
    for link, href in links_of(page):
        words = f"The link “{squeeze(link.text)}” leads to {href or 'nothing'}, which is not there."
        other = other_page(href, page)
        if not (is_there(*other, facts) if other else leads_by_itself(href, page)):
            yield problem(page, link, words, "Choose another page, or take the link away.")


def links_of(page):
    """Yield each link of a page and its address, but for the way back that the door fills in."""
    for link in page.all("a", "area"):
        href = link.get("href")
        if href is not None and ADDRESS_PLACE.decode() not in href:
            yield link, href


def other_page(href, page):
    """Return the (path, place on it) of a link to another address of the site, or None."""
    target = target_of(href, page)
    path = unquote(target.path)
    if not href or href.startswith("//") or path == page.address:
        return None
    return (path, unquote(target.fragment)) if origin(target) == settings.SITE_URL else None


def leads_by_itself(href, page):
    """Return whether a link to no other page of ours leads somewhere."""
    target = target_of(href, page)
    if not href or href.startswith("//"):
        return False
    if target.scheme in ("tel", "sms", "mailto"):
        return bool(target.path)
    if origin(target) != settings.SITE_URL:
        return target.scheme in ("http", "https") and "." in target.netloc
    return not target.fragment or unquote(target.fragment) in page.ids


def outline(page):
    """Return the Outline of a page: what links_lead_somewhere asks of the other pages."""
    return Outline(
        ids=sorted(set(page.ids)),
        links=sorted(set(filter(None, (other_page(href, page) for _, href in links_of(page))))),
        loads=sorted({address for _, address in loaded(page)}),
    )


def is_right_alone(page, checks, facts):
    """Return whether these checks find nothing that is wrong with a page whatever others there are."""
    alone = (check for check in checks if check is not links_lead_somewhere)
    if any(True for check in alone for _ in check(page, facts)):
        return False
    return all(other_page(href, page) or leads_by_itself(href, page) for _, href in links_of(page))


def outward_links_tell_nothing(page, facts):
    """Another site need not learn that its visitor comes from here."""
    for link in page.all("a", "area"):
        target = target_of(link.get("href") or "", page)
        outward = target.scheme in ("http", "https") and origin(target) != settings.SITE_URL
        if outward and "noreferrer" not in (link.get("rel") or "").lower().split():
            words = f"The link “{squeeze(link.text)}” tells {target.netloc} where its reader was."
            yield problem(page, link, words, f"It needs rel=noreferrer. {ASK}")


def nothing_from_elsewhere(page, facts):
    """Nothing is loaded from another site: that site would learn who is looking for help."""
    for element, address in loaded(page):
        if address.startswith("//") or urlsplit(address).scheme or address not in facts.files:
            words = f"The page loads {address}, which is not a file of this site."
            yield problem(page, element, words, "Upload it here, or take it away.")
    for form in page.elements:
        for name in ("action", "formaction", "ping"):
            address = form.get(name)
            if address is not None and not re.match(r"/(?![/\\])", address):
                words = f"A form or link sends something to {address or 'nowhere'}."
                yield problem(page, form, words, ASK)


def loaded(page):
    """Yield each element that loads something, with the address it names."""
    for element in page.elements:
        for name, tags in LOADS.items():
            if element.tag in tags and element.get(name):
                for candidate in element.get(name).split("," if name == "srcset" else None):
                    yield element, candidate.split()[0]
        if element.tag == "link" and LOADING_LINKS & set((element.get("rel") or "").split()):
            yield element, element.get("href") or ""


def no_scripts(page, facts):
    """No script but our own files, no style in the page: the page works without, and must be seen to."""
    for element in page.elements:
        handlers = [name for name in element.attributes if name.startswith("on")]
        typed = element.tag == "script" and not element.get("src")
        data = element.get("type") == "application/ld+json"
        refreshes = element.tag == "meta" and "http-equiv" in element.attributes
        href = element.get("href")
        code = href and re.sub(r"\s", "", href).lower().startswith(("javascript:", "data:"))
        styled = element.tag == "style" or "style" in element.attributes
        if (
            handlers
            or (typed and not data)
            or refreshes
            or code
            or styled
            or element.tag in FORBIDDEN
        ):
            words = f"There is a script or a style in the page, in <{element.tag}>."
            yield problem(
                page, element, words, "Take it out, or write the words again without formatting."
            )


FRAGMENT = (
    contacts.numbers_are_known,
    contacts.links_show_what_they_dial,
    contacts.no_premium_rate,
    contacts.words_hold_no_contacts,
    contacts.lists_count_from_one,
    contacts.silence_is_not_a_number,
    contacts.no_strange_characters,
    links.links_are_plain,
    links.links_are_agreed,
    links.links_lead_to_whom_they_name,
    links.numbers_are_of_whom_they_follow,
    data_is_known,
    images_are_decided,
    links_lead_somewhere,
    outward_links_tell_nothing,
    nothing_from_elsewhere,
    no_scripts,
)
PAGE = (
    *FRAGMENT,
    contacts.address_holds_no_contact,
    the_message_has_one_place,
    headings_do_not_skip,
    emergency_card_is_there,
)
