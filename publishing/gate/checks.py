"""One short function a check. Each takes a ParsedPage and the Edition's Facts, and yields Problems."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings

from ..addresses import LEAVE, answered_by_django
from ..problems import Problem
from ..splice import ADDRESS_PLACE, MESSAGE_PLACE
from . import digits
from .parsing import HEADINGS, squeeze

REGISTER = "Choose the service from the register, or put it in the text as [[its-name]]."
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
SILENCE = re.compile(r"999\W*(?:(?:then|and)\W*)*55(?!\d)", re.IGNORECASE)
FORBIDDEN = ("iframe", "object", "embed", "base", "applet", "frame", "portal")


@dataclass
class Facts:
    """What is true of the whole edition.

    `numbers` are all that may be shown, as dialled; `before` those of the last edition;
    `pages` address -> ParsedPage; `files` the addresses of everything else.
    """

    numbers: set[str]
    before: set[str] = field(default_factory=set)
    pages: dict = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


def problem(page, element, words, mend):
    return Problem(page.name, words, mend, element.block if element else "")


def numbers_are_known(page, facts):
    """Every number that can be called, or stands where numbers do, is in the register."""
    for call in page.calls:
        href = call.get("href") or ""
        shown = (
            [dialled_in(href)] if call.is_link else map(digits.dialled, digits.phones(call.text))
        )
        for number in shown:
            if number in facts.numbers:
                continue
            if number in facts.before:
                words = f"The register changed under this page: it no longer has “{squeeze(call.text)}”."
                yield problem(
                    page, call, words, "Choose another service, or publish the page without it."
                )
            else:
                words = f"“{squeeze(call.text)}” ({href or 'no link'}) is not in the register."
                yield problem(page, call, words, REGISTER)


def links_show_what_they_dial(page, facts):
    """The digits of a link are the digits beside it: nobody reaches another number than they read."""
    for call in page.calls:
        if call.is_link and set(digits.runs(call.text)) != {dialled_in(call.get("href"))}:
            words = f"“{squeeze(call.text)}” would call {dialled_in(call.get('href'))}."
            yield problem(page, call, words, REGISTER)


def no_premium_rate(page, facts):
    """No link calls a number that costs extra, whatever the register says."""
    for call in page.calls:
        if call.is_link and dialled_in(call.get("href")).startswith(digits.PREMIUM):
            words = f"“{squeeze(call.text)}” is a number that can cost a lot."
            yield problem(
                page, call, words, "Ask the register keeper for a number that is free or cheap."
            )


def no_loose_numbers(page, facts):
    """A number in prose would stay when the register changes; so there is none."""
    for passage in page.passages:
        for number in digits.phones(passage.words):
            words = f"The number {number} is typed into the text."
            yield problem(page, passage, words, REGISTER)
    for element, name, said in page.spoken:
        for number in digits.phones(said):
            if digits.dialled(number) not in facts.numbers:
                words = f"The number {number} is typed into the {name} of a {element.tag}."
                yield problem(page, element, words, REGISTER)


def silence_is_not_a_number(page, facts):
    """999 and 55 are never one thing to dial: 55 is pressed only when the call asks for it.

    Rule: facts/helplines.md, "mistakes most likely to hurt".
    """
    for passage in page.passages:
        if found := SILENCE.search(digits.plain(passage.words)):
            words = f"“{squeeze(found[0])}” reads as one number to dial."
            mend = "Write: Call 999. Listen. On a mobile, press 55 when you are asked to."
            yield problem(page, passage, words, mend)


def no_strange_characters(page, facts):
    """Nothing unseen, turned round or imitating a digit: it would get past the other checks."""
    spoken = [(words, element) for element, _, words in page.spoken]
    for words, where in [(p.words, p) for p in page.passages] + spoken:
        if found := digits.strange(words):
            names = ", ".join(sorted(f"U+{ord(c):04X}" for c in found))
            yield problem(
                page,
                where,
                f"“{squeeze(words)[:80]}” holds a character that hides or imitates others ({names}).",
                "Type the words again instead of pasting them.",
            )


def emergency_card_is_there(page, facts):
    if not any(e.card and e.get("href") == "tel:999" for e in page.elements):
        yield problem(page, None, "The emergency card is not on the page.", ASK)


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
    for link in page.all("a", "area"):
        href = link.get("href")
        if href is None or ADDRESS_PLACE.decode() in href:
            continue
        words = f"The link “{squeeze(link.text)}” leads to {href or 'nothing'}, which is not there."
        if not href or not leads_somewhere(href, page, facts):
            yield problem(page, link, words, "Choose another page, or take the link away.")


def target_of(href, page):
    """Return the parts of where a link on a page leads. An error page may stand anywhere."""
    address = page.address if page.address.startswith("/") else "/"
    return urlsplit(urljoin(settings.SITE_URL + address, href))


def origin(target):
    return f"{target.scheme}://{target.netloc}"


def leads_somewhere(href, page, facts):
    if href.startswith("//"):
        return False
    target = target_of(href, page)
    if target.scheme in ("tel", "sms", "mailto"):
        return bool(target.path)
    if target.scheme not in ("http", "https"):
        return False
    if origin(target) != settings.SITE_URL:
        return "." in target.netloc
    path = unquote(target.path)
    if path == page.address or path in facts.pages:
        found = page if path == page.address else facts.pages[path]
        return not target.fragment or unquote(target.fragment) in found.ids
    return path in facts.files or answered_by_django(path) or path == LEAVE


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
            if address is not None and not re.match(r"/(?!/)", address):
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
        code = (
            re.sub(r"\s", "", element.get("href") or "")
            .lower()
            .startswith(("javascript:", "data:"))
        )
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


def dialled_in(href):
    """Return what a tel: or sms: link dials."""
    return digits.dialled(unquote(href or "").partition(":")[2].partition("?")[0].partition(";")[0])


FRAGMENT = (
    numbers_are_known,
    links_show_what_they_dial,
    no_premium_rate,
    no_loose_numbers,
    silence_is_not_a_number,
    no_strange_characters,
    images_are_decided,
    links_lead_somewhere,
    outward_links_tell_nothing,
    nothing_from_elsewhere,
    no_scripts,
)
PAGE = (*FRAGMENT, the_message_has_one_place, headings_do_not_skip, emergency_card_is_there)
