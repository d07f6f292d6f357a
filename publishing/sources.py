"""What each app contributes to an edition. Publishing imports none of them: they register.

What it does know of the whole site is which kind of address a path is (addresses.py).
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from .addresses import kind_of
from .printing.snapshot import answers_kept, once

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Address:
    """An address that an edition holds.

    `changed` is when its words last changed, for the sitemap, which leaves out what is not
    `listed`. `made_from` is what this address alone is made from, beside what its sources say
    that all are made from: while both stay as they are, its last print is taken over. None
    means that nobody can say, so it is made for every edition; a function says it when a print
    asks, where it takes long. `record` names the one whose own this address is, of those that
    many pages show; "" if it is of no one alone.
    """

    path: str
    changed: datetime | None = None
    listed: bool = True
    made_from: str | Callable[[], str | None] | None = None
    record: str = ""

    @property
    def kind(self):
        """Return its AddressKind: a page with its two splice places, a file, or data."""
        return kind_of(self.path)


@dataclass(frozen=True)
class Number:
    """A number that may stand on a page: what a phone dials, and how it is shown.

    `service` is whose it is, in words, and `slug` how a text refers to it; "" if nobody can.
    """

    dial: str
    display: str
    service: str = ""
    slug: str = ""


@dataclass(frozen=True)
class KnownAddress:
    """A web or email address, whole, that may stand on a page, or a path of our own.

    `service` is the name of whom it belongs to: a link that names them must lead there.
    """

    address: str
    service: str = ""


@dataclass(frozen=True)
class Known:
    """What readers may be told to call, open or write to: all of it was agreed, or is constant.

    `hosts` are those that links in pages may lead to; `cards` the emergency card as HTML;
    `ways` are what EditionSource.ways() gave.
    """

    numbers: tuple[Number, ...] = ()
    addresses: tuple[KnownAddress, ...] = ()
    hosts: frozenset[str] = frozenset()
    cards: tuple[str, ...] = ()
    ways: frozenset[str] = frozenset()

    @property
    def dials(self):
        """The dial strings, each once, in order."""
        return tuple(sorted({number.dial for number in self.numbers}))

    @property
    def held(self):
        """All of which an edition that holds it is never served once it was taken off."""
        return frozenset(self.dials) | self.ways


def nothing(*args):
    return ()


@dataclass(frozen=True)
class EditionSource:
    """What one app has for an edition. Every moment is aware; every answer is fresh.

    addresses(moment)  the addresses that are public at that moment
    parts(moment)      name -> HTML that has no address: fragments, cover, error pages
    numbers()          every number that may be shown today
    known_addresses()  every web and email address that may be shown today: KnownAddress
    link_hosts()       the hosts that links in pages may lead to
    ways()             each way to reach somebody that readers have today, and whose it is: a line
                       of text. The same address may be taken off one and stay another's
    cards()            the HTML of the emergency card, which every page has
    next_moment(after) when time alone next changes a page, or None
    made_from(moment)  what any page may show of this app, as JSON can hold it
    daily()            what is to be done once a day, such as deleting what is too old
    alarms()           sentences on what nobody of ours can have done, such as a release that
                       was changed past the site's own forms; shown at /-/ready and to staff
    kept(moment)       what is kept with the edition, as JSON, and served to nobody: from it
                       Django answers what no edition can hold
    due(moment)        sentences on what staff have to do, for the newsroom and the daily alert
    """

    name: str
    addresses: Callable[[datetime], Iterable[Address]] = nothing
    parts: Callable[[datetime], dict[str, str]] = lambda moment: {}
    numbers: Callable[[], Iterable[Number]] = nothing
    known_addresses: Callable[[], Iterable[KnownAddress]] = nothing
    link_hosts: Callable[[], Iterable[str]] = nothing
    ways: Callable[[], Iterable[str]] = nothing
    cards: Callable[[], Iterable[str]] = nothing
    next_moment: Callable[[datetime], datetime | None] = lambda after: None
    made_from: Callable[[datetime], object] = nothing
    daily: Callable[[], object] = nothing
    alarms: Callable[[], Iterable[str]] = nothing
    kept: Callable[[datetime], object] = nothing
    due: Callable[[datetime], Iterable[str]] = nothing


registered: dict[str, EditionSource] = {}


def register(source: EditionSource):
    """Add what an app has, in its edition_source.py, which is imported when Django starts.

    Registering a name again replaces it.
    """
    registered[source.name] = source


@once
def addresses(moment: datetime) -> list[Address]:
    """Return every public address at an aware moment, in path order."""
    found = [address for source in registered.values() for address in source.addresses(moment)]
    return sorted(found, key=lambda address: address.path)


def next_moment(after: datetime) -> datetime | None:
    """Return when time alone next changes a page, or None if it never does."""
    moments = [source.next_moment(after) for source in registered.values()]
    return min((moment for moment in moments if moment), default=None)


def made_from(moment: datetime) -> dict[str, object]:
    """Return what any page may show, as name of an app -> what JSON can hold."""
    return {name: source.made_from(moment) for name, source in registered.items()}


def numbers() -> list[Number]:
    """Return every number that may be shown today."""
    return [number for source in registered.values() for number in source.numbers()]


def known() -> Known:
    """Return everything that readers may be told to call, open or write to today."""
    every = registered.values()
    return Known(
        numbers=tuple(numbers()),
        addresses=tuple(found for source in every for found in source.known_addresses()),
        hosts=frozenset(host for source in every for host in source.link_hosts()),
        cards=tuple(card for source in every for card in source.cards()),
        ways=frozenset(way for source in every for way in source.ways()),
    )


def alarms() -> list[str]:
    """Return every alarm, as sentences. A source that cannot say makes one of its own."""
    return _asked("alarms")


def due(moment: datetime) -> list[str]:
    """Return what staff have to do at an aware moment, as sentences."""
    return _asked("due", moment)


@answers_kept()
def _asked(what, *arguments):
    found = []
    for source in registered.values():
        try:
            found += getattr(source, what)(*arguments)
        except Exception:
            log.exception("Nobody could ask %s for its %s.", source.name, what)
            found.append(f"What {source.name} holds could not be looked at.")
    return found


def kept(moment: datetime) -> dict[str, object]:
    """Return what is kept with an edition of an aware moment: name of a source -> what JSON can hold."""
    found = {source.name: source.kept(moment) for source in registered.values()}
    return {name: rows for name, rows in found.items() if rows}


def parts(moment: datetime) -> dict[str, str]:
    """Return every part of the edition of a moment that has no address: name -> HTML."""
    every = registered.values()
    return {name: html for source in every for name, html in source.parts(moment).items()}
