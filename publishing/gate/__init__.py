"""The gate: what every edition must be before a reader may have it."""

from ..problems import Problem
from . import digits
from .checks import FRAGMENT, PAGE, is_right_alone, outline
from .contacts import contacts_in
from .data import file_is_known
from .facts import Facts
from .outlines import Outline
from .parsing import parse

__all__ = [
    "FRAGMENT",
    "PAGE",
    "Facts",
    "Outline",
    "contacts_in",
    "file_is_known",
    "inspect",
    "inspect_each",
    "look_at",
    "parse",
]

# Left on purpose: it says nothing of what this site is.
COVER = "cover"


def inspect(edition, known, before=()):
    """Return the list of Problems that hold up an edition; empty when it may be served.

    `known` is the sources.Known of what it may show, `before` the numbers of the register
    when the last edition was printed.
    """
    return [one for found in inspect_each(edition, known, before).values() for one in found]


def inspect_each(edition, known, before=(), passed=None, tell=lambda: None):
    """Return the same as address or name of a part -> Problems, for those that have any.

    `passed` is (place, hash) -> Outline of what is right alone by the same `known`; what is
    found to be so is added. How the pages stand to each other is looked at whole each time.
    `tell()` is called for each page.
    """
    passed = {} if passed is None else passed
    pages = {path: item for path, item in edition.items.items() if item.kind == "page"}
    files = set(edition.items) - set(pages)
    facts = Facts(known=known, before=set(map(digits.dialled, before)), files=files)
    bad = {}
    for path, item in pages.items():
        tell()
        found = passed.get((path, item.sha256))
        if not found:
            # One at a time: a thousand pages that lie read side by side are 200 MiB.
            found = look_alone(path, item, facts, passed)
            if (path, item.sha256) not in passed:
                bad[path] = item
        facts.pages[path] = found
    for name, part in edition.parts.items():
        if (name, part.sha256) not in passed:
            look_alone(name, part, facts, passed)
    problems = {} if "/" in pages else {"/": NO_HOME}
    for place, item in [*pages.items(), *edition.parts.items()]:
        found = passed.get((place, item.sha256))
        if not found or not found.stands(facts):
            problems[place] = look_at(read(place, item), checks_of(place, item), facts)
    for path in files:
        item = edition.items[path]
        if item.kind in ("file", "data") and (path, item.sha256) not in passed:
            problems[path] = file_is_known(path, item.body.decode(errors="replace"), facts)
            if not problems[path]:
                passed[path, item.sha256] = Outline()
    return {place: found for place, found in problems.items() if found}


NO_HOME = [Problem("/", "There is no home page.", "Publish one.")]


def look_alone(place, item, facts, passed):
    """Return the Outline of a page or part; add it to `passed` if nothing is wrong with it alone."""
    page = read(place, item)
    found = outline(page)
    if is_right_alone(page, checks_of(place, item), facts):
        passed[place, item.sha256] = found
    return found


def read(place, item):
    return parse(place, item.body.decode())


def checks_of(place, item):
    """Return the checks of a page, or of a part: some are whole pages."""
    whole = item.kind == "page" or (
        item.body.lstrip()[:9].lower() == b"<!doctype" and place != COVER
    )
    return PAGE if whole else FRAGMENT


def look_at(page, checks, facts):
    return [problem for check in checks for problem in check(page, facts)]
