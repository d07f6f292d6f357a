"""What each app contributes to an edition. Publishing imports none of them: they register.

What it does know of the whole site is which kind of address a path is (addresses.py).
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from .addresses import kind_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Address:
    """An address that an edition holds.

    `changed` is when its words last changed, for the sitemap, which leaves out what is not
    `listed`.
    """

    path: str
    changed: datetime | None = None
    listed: bool = True

    @property
    def kind(self):
        """Return its AddressKind: a page with its two splice places, a file, or data."""
        return kind_of(self.path)


@dataclass(frozen=True)
class Number:
    """A number that may stand on a page: what a phone dials, and how it is shown."""

    dial: str
    display: str


def nothing(*args):
    return ()


@dataclass(frozen=True)
class EditionSource:
    """What one app has for an edition. Every moment is aware; every answer is fresh.

    addresses(moment)  the addresses that are public at that moment
    parts()            name -> HTML that has no address: fragments, cover, error pages
    numbers()          every number that may be shown today
    next_moment(after) when time alone next changes a page, or None
    daily()            what is to be done once a day, such as deleting what is too old
    alarms()           sentences on what nobody of ours can have done, such as a release that
                       was changed past the site's own forms; shown at /-/ready and to staff
    """

    name: str
    addresses: Callable[[datetime], Iterable[Address]] = nothing
    parts: Callable[[], dict[str, str]] = dict
    numbers: Callable[[], Iterable[Number]] = nothing
    next_moment: Callable[[datetime], datetime | None] = lambda after: None
    daily: Callable[[], object] = nothing
    alarms: Callable[[], Iterable[str]] = nothing


registered: dict[str, EditionSource] = {}


def register(source: EditionSource):
    """Add what an app has, in its edition_source.py, which is imported when Django starts.

    Registering a name again replaces it.
    """
    registered[source.name] = source


def addresses(moment: datetime) -> list[Address]:
    """Return every public address at an aware moment, in path order."""
    found = [address for source in registered.values() for address in source.addresses(moment)]
    return sorted(found, key=lambda address: address.path)


def next_moment(after: datetime) -> datetime | None:
    """Return when time alone next changes a page, or None if it never does."""
    moments = [source.next_moment(after) for source in registered.values()]
    return min((moment for moment in moments if moment), default=None)


def numbers() -> list[Number]:
    """Return every number that may be shown today."""
    return [number for source in registered.values() for number in source.numbers()]


def alarms() -> list[str]:
    """Return every alarm, as sentences. A source that cannot say makes one of its own."""
    found = []
    for source in registered.values():
        try:
            found += source.alarms()
        except Exception:
            log.exception("Nobody could ask %s for its alarms.", source.name)
            found.append(f"What {source.name} holds could not be looked at.")
    return found


def parts() -> dict[str, str]:
    """Return every part of the edition that has no address of its own: name -> HTML."""
    return {name: html for source in registered.values() for name, html in source.parts().items()}
