"""Checks of links: where they lead was agreed, and is what their words say."""

import re
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings

from . import addresses, digits, names
from .contacts import AGREE, REGISTER, dialled_in
from .parsing import problem, squeeze

HELP = re.compile(r"/help/[^/]+/")
# No address has these in it, and browsers make of them what others do not: "\\" is "/" to them.
ODD = re.compile(r"[\x00-\x20\"<>\\\x7f]")
# Between the name of a service and its number.
OF_WHOM = re.compile(
    r"(?:[\s:,(\[–—-]|['’]s?(?!\w)|(?<!\w)(?:on|at|is|via|number|free|helpline)(?!\w))*"
)
AGAIN = "Copy the address once more from the page that it leads to."


def links_are_plain(page, facts):
    """A link leads where everybody reads that it leads: its address has no sign that none has."""
    for link in page.all("a", "area"):
        href = (link.get("href") or "").strip()
        if found := ODD.search(href):
            sign = found[0] if found[0].isprintable() and found[0] != " " else "a space"
            words = (
                f"The link “{squeeze(link.text)}” leads to {href}, and no address has {sign} in it."
            )
            yield problem(page, link, words, AGAIN)
    for element in page.elements:
        if element.get("xlink:href"):
            words = (
                f"A <{element.tag}> leads to {element.get('xlink:href')} as no link of ours does."
            )
            yield problem(page, element, words, "Make it a link of its own.")


def links_are_agreed(page, facts):
    """A link to another site, or to write to somebody, leads where two keepers agreed."""
    for link in page.all("a", "area"):
        href = (link.get("href") or "").strip()
        target = target_of(href, page)
        if target.scheme in ("http", "https") and origin(target) == settings.SITE_URL:
            continue
        if target.scheme not in ("http", "https", "mailto", "tel", "sms"):
            words = (
                f"The link “{squeeze(link.text)}” leads to {href}, and only some programs open it."
            )
            yield problem(page, link, words, "Link to a page, or take the link away.")
        if target.scheme in ("http", "https", "mailto"):
            for wrong, mend in wrong_with(target.geturl(), target, facts):
                yield problem(
                    page, link, f"The link “{squeeze(link.text)}” leads to {href}{wrong}", mend
                )


def wrong_with(href, target, facts):
    """Yield (rest of the sentence, mend) for what is wrong with where a link leads."""
    if target.scheme == "mailto":
        if target.query or "?" in href or not facts.has_address(unquote(target.path)):
            yield ", an address that nobody agreed.", AGREE
        return
    name = target.netloc
    if target.scheme != "https":
        yield ", which is not private.", "Use the address that begins with https://"
    if "@" in name or ":" in name:
        yield ", which hides where it leads.", "Use the plain address of the page."
    elif not name.isascii() or "xn--" in name.lower() or "%" in name:
        yield ", which has letters that imitate others.", "Use the address in plain letters."
    elif not facts.has_address(href):
        host = addresses.host_of(href)
        if addresses.is_open(host):
            yield ": anybody can put pages there.", f"{AGREE} They agree this whole address."
        else:
            yield f", and nobody agreed {host}.", AGREE


def links_lead_to_whom_they_name(page, facts):
    """A link whose words name a service leads to that service's own place.

    So does each link that shows a part of a name: in a sentence it may be of several links.
    """
    for link in page.all("a", "area"):
        if named := named_in(link.text, facts):
            yield from wrong_way(page, link, named, facts)
    for passage in page.passages:
        parts = names.find(passage.words, facts.names) if passage.links else ()
        for link, begins, ends in passage.links:
            named = {n for n, start, end in parts if start < ends and end > begins}
            if named and not named_in(link.text, facts):
                yield from wrong_way(page, link, named, facts)


def numbers_are_of_whom_they_follow(page, facts):
    """A number straight after the name of a service, as in "Galop: 0800" or "Galop on 0800", is its own."""
    for passage in page.passages:
        calls = [(link, begins) for link, begins, _ in passage.links if link.is_link]
        found = names.find(passage.words, facts.names) if calls else ()
        for link, begins in calls:
            named = {
                name
                for name, _, end in found
                if end <= begins and OF_WHOM.fullmatch(passage.words[end:begins].lower())
            }
            dial = dialled_in(link.get("href"))
            if named and not any(dial in facts.places[name] for name in named):
                name = max(sorted(named), key=len)
                words = f"“{squeeze(link.text)}” stands after {name} and is the number of another service."
                yield problem(page, link, words, REGISTER)


def named_in(words, facts):
    """Return the names of services that the words of a link have in them."""
    said = squeeze(digits.plain(words)).lower()
    named = {name for name, _, _ in names.find(words, facts.names)}
    return named | {name for name in facts.places if name in said}


def wrong_way(page, link, named, facts):
    """Yield the Problem of a link that leads to none of the services that are named."""
    href = (link.get("href") or "").strip()
    target = target_of(href, page)
    ours = origin(target) == settings.SITE_URL
    if not href or (ours and not HELP.fullmatch(target.path)):
        return
    if target.scheme in ("tel", "sms"):
        reached = {dialled_in(href)}
    elif ours:
        reached = {target.path}
    else:
        # The path of another site says nothing: anybody can have our addresses there.
        reached = {addresses.bare(href), addresses.host_of(href)} - {""}
    if not any(facts.places[name] & reached for name in named):
        name = max(sorted(named), key=len)
        words = f"The link “{squeeze(link.text)}” names {name} and leads elsewhere, to {href}."
        yield problem(page, link, words, REGISTER)


def target_of(href, page):
    """Return the parts of where a link on a page leads. An error page may stand anywhere."""
    return parts_of(
        href, settings.SITE_URL + (page.address if page.address.startswith("/") else "/")
    )


@lru_cache(maxsize=8192)
def parts_of(href, base):
    try:
        return urlsplit(urljoin(base, href))
    except ValueError:
        return urlsplit("unreadable:")


def origin(target):
    return f"{target.scheme}://{target.netloc}"
