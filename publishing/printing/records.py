"""Records that stand on many pages, such as a service: one that goes bad is set aside alone.

Whose it is says it with Address.record, and asks here for what is set aside while a page is
made. What readers get instead is as little of it as has to go.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

from . import editions


class Stands(StrEnum):
    """What stands in the place of a record that is set aside, in the order of trying."""

    LAST = "last"  # It, as it was printed last.
    NAME = "name"  # Its name alone.
    NOTHING = "nothing"


MEND = {
    Stands.LAST: "Readers keep it as it was printed last. Undo what was changed last, or tell "
    "whoever runs the site.",
    Stands.NAME: "Readers get its name without its numbers. Tell whoever runs the site.",
    Stands.NOTHING: "It is left out where others stand beside it. Tell whoever runs the site.",
}

aside: ContextVar[dict[str, Stands] | None] = ContextVar("aside", default=None)


@contextmanager
def set_aside(found: dict[str, Stands]):
    """Make pages with these records set aside, and no others: name of a record -> Stands."""
    token = aside.set(found)
    try:
        yield
    finally:
        aside.reset(token)


def stands(name: str) -> Stands | None:
    """Return what stands in the place of a record; None where it stands itself."""
    return (aside.get() or {}).get(name)


def are_left_out() -> bool:
    """Return whether there are records of which nothing stands beside others."""
    return Stands.NOTHING in (aside.get() or {}).values()


def of_current_edition(but="") -> dict[str, Stands]:
    """Return what is set aside in the edition that readers have; the record `but` is not."""
    number = editions.current_number()
    try:
        found = editions.summary(number).get("records", {}) if number else {}
    except editions.Damaged:
        return {}
    return {name: Stands(how) for name, how in found.items() if name != but}
