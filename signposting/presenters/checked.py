"""When and how facts were last checked, in words for readers: once a page, computed."""

from collections.abc import Iterable
from datetime import date

from ..models import Check


def in_words(day: date) -> str:
    """Return a date as 22 November 2026."""
    return f"{day.day} {day:%B %Y}"


def checked_in_words(check: Check | None, overdue: bool) -> str:
    """Return when and how one service was last checked."""
    if check is None:
        return "Not checked yet."
    if overdue:
        return f"Not checked since {in_words(check.day)}."
    if check.how == Check.How.CONFIRMED:
        return f"The service confirmed this on {in_words(check.day)}."
    return f"Last checked on {in_words(check.day)}, on published pages."


def checked_once(checks: Iterable[Check], day: date) -> str:
    """Return the sentence for a page of numbers: its oldest check on a day, "" if there is none.

    What is overdue says so itself, so it is left out here.
    """
    checks = [check for check in checks if check and not check.is_overdue(day)]
    if not checks:
        return ""
    oldest = in_words(min(check.day for check in checks))
    ways = {check.how for check in checks}
    if ways == {Check.How.CONFIRMED}:
        return f"The services confirmed these numbers on {oldest} or later."
    where = ", on published pages" if ways == {Check.How.READ} else ""
    return f"We last checked these numbers on {oldest}{where}."
