"""The gate: what every edition must be before a reader may have it."""

import re

from ..problems import Problem
from . import digits
from .checks import FRAGMENT, PAGE, REGISTER, Facts
from .parsing import parse

# Left on purpose: it says nothing of what this site is.
COVER = "cover"
DATA = re.compile(r"(?<![\w.-])(?:\+44|0) ?\d(?: ?\d){8,9}(?![\w.-])")


def inspect(edition, before=()):
    """Return the list of Problems that hold up an edition; empty when it may be served.

    `before` are the numbers of the register when the last edition was printed.
    """
    pages = {
        path: parse(path, item.body.decode())
        for path, item in edition.items.items()
        if item.kind == "page"
    }
    facts = Facts(
        numbers=set(map(digits.dialled, edition.numbers)),
        before=set(map(digits.dialled, before)),
        pages=pages,
        files=set(edition.items) - set(pages),
    )
    problems = [] if "/" in pages else [Problem("/", "There is no home page.", "Publish one.")]
    for page in pages.values():
        problems += look_at(page, PAGE, facts)
    for name, part in edition.parts.items():
        html = part.body.decode()
        whole = html.lstrip().lower().startswith("<!doctype") and name != COVER
        problems += look_at(parse(name, html), PAGE if whole else FRAGMENT, facts)
    for path, item in edition.items.items():
        if item.kind in ("file", "data"):
            problems += data_numbers_are_known(path, item.body.decode(errors="replace"), facts)
    return problems


def look_at(page, checks, facts):
    return [problem for check in checks for problem in check(page, facts)]


def data_numbers_are_known(path, text, facts):
    """The feeds and the open data show no number that the register does not have."""
    return [
        Problem(path, f"The number {number} is not in the register.", REGISTER)
        for number in DATA.findall(text)
        if digits.dialled(number) not in facts.numbers
    ]
