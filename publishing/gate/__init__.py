"""The gate: what every edition must be before a reader may have it."""

from ..problems import Problem
from . import digits
from .checks import FRAGMENT, PAGE
from .data import file_is_known
from .facts import Facts
from .parsing import parse

__all__ = ["FRAGMENT", "PAGE", "Facts", "inspect", "inspect_each", "look_at", "parse"]

# Left on purpose: it says nothing of what this site is.
COVER = "cover"


def inspect(edition, known, before=()):
    """Return the list of Problems that hold up an edition; empty when it may be served.

    `known` is the sources.Known of what it may show, `before` the numbers of the register
    when the last edition was printed.
    """
    return [one for found in inspect_each(edition, known, before).values() for one in found]


def inspect_each(edition, known, before=()):
    """Return the same as address or name of a part -> Problems, for those that have any."""
    pages = {
        path: parse(path, item.body.decode())
        for path, item in edition.items.items()
        if item.kind == "page"
    }
    facts = Facts(
        known=known,
        before=set(map(digits.dialled, before)),
        pages=pages,
        files=set(edition.items) - set(pages),
    )
    problems = (
        {} if "/" in pages else {"/": [Problem("/", "There is no home page.", "Publish one.")]}
    )
    for path, page in pages.items():
        problems[path] = look_at(page, PAGE, facts)
    for name, part in edition.parts.items():
        html = part.body.decode()
        whole = html.lstrip().lower().startswith("<!doctype") and name != COVER
        problems[name] = look_at(parse(name, html), PAGE if whole else FRAGMENT, facts)
    for path, item in edition.items.items():
        if item.kind in ("file", "data"):
            problems[path] = file_is_known(path, item.body.decode(errors="replace"), facts)
    return {place: found for place, found in problems.items() if found}


def look_at(page, checks, facts):
    return [problem for check in checks for problem in check(page, facts)]
