"""Checks of what other sites read of us: open data, the feed, JSON-LD in a page."""

import json
import re

from django.conf import settings

from ..problems import Problem
from . import digits
from .contacts import AGREE, LONG, REGISTER, unknown_in
from .parsing import parse, problem

# What a machine made for machines: an id, a day, a moment, a time, a place in a standard.
MADE = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?"
    r"|\d\d:\d\d(?::\d\d)?|P\d+[DWMY]|https://schema\.org/[A-Za-z]+|HSDS-UK-[\d.]+|GB-[A-Z]+-\d+"
)
NUMBERS = {"number", "telephone", "faxNumber"}
PLACES = {"url", "website", "uri", "email", "sameAs", "image", "logo", "@id", "target", "item"}
# Names of a standard, which lead nobody anywhere.
STANDARD = {"@context", "@type", "profile", "openapi_url", "version", "license"}
DAYS = re.compile(r"^(?:(?:Mo|Tu|We|Th|Fr|Sa|Su)[,-]?)+ [\d:,-]+$")
IDS = re.compile(r"<(id|updated|published|lastmod)>[^<]{0,200}</\1>")


def data_is_known(page, facts):
    """The data inside a page says nothing that the page may not say."""
    for text in page.data:
        for words, mend in wrong_in_json(text, facts):
            yield problem(page, None, words, mend)


def file_is_known(path, text, facts):
    """Return the Problems of a file or of open data at an address."""
    if path.endswith("openapi.json"):
        # Made by code alone: it describes the shape of the data, and holds none.
        return []
    if text.lstrip().startswith(("{", "[")):
        found = list(wrong_in_json(text, facts))
    elif "<feed" in text[:500]:
        found = list(wrong_in_feed(path, text, facts))
    else:
        numbers = [n for n in LONG.findall(text) if digits.dialled(n) not in facts.numbers]
        found = [(f"The number {number} is not in the register.", REGISTER) for number in numbers]
    return [Problem(path, words, mend) for words, mend in found]


def wrong_in_feed(path, text, facts):
    page = parse(path, IDS.sub("", text))
    for passage in page.passages:
        yield from wrong_in_words(passage.words, facts)
    for link in page.all("link", "a"):
        if not is_ours(link.get("href") or "") and not facts.has_address(link.get("href") or ""):
            yield f"“{link.get('href')}” is an address that nobody agreed.", AGREE


def wrong_in_json(text, facts):
    """Yield (sentence, mend) for what no reader of the data may be told."""
    try:
        waiting = [("", json.loads(text))]
    except ValueError:
        yield "The data cannot be read.", "Tell whoever runs the site."
        return
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += [(name, one) for one in value]
        elif isinstance(value, str):
            yield from wrong_in_value(name, value, facts)


def wrong_in_value(name, value, facts):
    if name in STANDARD or MADE.fullmatch(value) or DAYS.match(value):
        return
    if name in NUMBERS:
        if digits.dialled(value) not in facts.numbers:
            yield f"The number {value} is not in the register.", REGISTER
    elif name in PLACES:
        if not (is_ours(value) or facts.has_address(value)):
            yield f"“{value}” is an address that nobody agreed.", AGREE
    else:
        yield from wrong_in_words(value, facts)


def is_ours(address):
    # "//" begins an address of another site, and to browsers "/\\" too.
    here = address == settings.SITE_URL or address.startswith((f"{settings.SITE_URL}/", "/", "#"))
    return here and not address.startswith(("//", "/\\"))


def wrong_in_words(words, facts):
    """Data may name numbers of the register in its words: nobody edits them there."""
    plain = digits.plain(words).replace(settings.SITE_URL, " ")
    for sentence, mend in unknown_in(facts.without_numbers(plain), facts):
        if sentence.startswith("The number "):
            sentence += " is not in the register."
        yield sentence, mend
    if strange := digits.strange(words):
        names = ", ".join(sorted(f"U+{ord(c):04X}" for c in strange))
        yield f"The data holds a character that hides or imitates others ({names}).", REGISTER
