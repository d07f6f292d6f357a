"""Records that stand on many pages, such as a service: one that goes bad is set aside alone.

Whose it is says it with Address.record, and asks here for what is set aside while a page is
made. What readers get instead is as little of it as has to go.

Beside them, what was kept with the newest edition, whatever the database says since. Who can write
to the database can delete a release from its end: the one before it is signed too, and nothing
there says that there was another. See EditionSource.kept.
"""

import contextlib
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

from . import editions, files
from .snapshot import once


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
        found = editions.head(number).get("records", {}) if number else {}
    except editions.Damaged:
        return {}
    return {name: Stands(how) for name, how in found.items() if name != but}


BEGAN_ANEW = "began-anew"


@once
def last_kept(name):
    """Return what a source kept with the newest edition that can be read, also a pinned one's newer.

    None where there is no such edition, or where the database was begun anew since it was printed.
    """
    begun = began_anew()
    for number, folder in on_disk():
        if number <= begun:
            break
        with contextlib.suppress(editions.Damaged, AttributeError):
            return editions.head(number, folder).get("kept", {}).get(name)
    return None


def on_disk():
    """Return (number, its folder's folder) of every edition, and the copy of one, newest first."""
    places = (editions.root(), editions.second())
    found = [(number, place) for place in places for number in editions.stored_numbers(place)]
    return sorted(found, reverse=True)


def began_anew():
    """Return the newest edition that another database was printed from, 0 for none."""
    found = [0]
    for place in (editions.root(), editions.second()):
        with contextlib.suppress(OSError, ValueError):
            found.append(int((place / BEGAN_ANEW).read_text()))
    return max(found)


def begin_anew():
    """Say that the database is a new one, of which the editions on disk say nothing."""
    numbers = [number for number, _ in on_disk()]
    for place in (editions.root(), editions.second()):
        if numbers and place.is_dir():
            files.put_bytes(place / BEGAN_ANEW, str(max(numbers)).encode())
