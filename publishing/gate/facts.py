"""What is true of a whole edition, as the checks of each page ask it."""

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from urllib.parse import urlsplit

from django.conf import settings

from ..addresses import answered_by_django
from ..sources import Known
from . import addresses, digits
from . import names as names_in_words
from .parsing import parse

# Short ones of the register, such as 999 and 101, are words of the language: they do not
# change, and a sentence may name them. Longer ones stand in the register alone.
SHORT = 5
# A key to press when a call asks for it (see silence_is_not_a_number), and what a textphone
# dials before the number of another.
KEYS = frozenset(["55", "18001"])


# What Relay UK puts before a number of three digits: a constant, as they are.
RELAY = "18001"


@dataclass
class Facts:
    """What is true of the whole edition.

    `known` is what may be shown, `before` the numbers of the last edition as dialled, `pages`
    address -> ParsedPage, `files` the addresses of everything else.
    """

    known: Known = field(default_factory=Known)
    before: set[str] = field(default_factory=set)
    pages: dict = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    @cached_property
    def by_django(self):
        """Path -> whether Django answers it: asked once, however many pages link there."""
        return cache(answered_by_django)

    @cached_property
    def numbers(self):
        """Number as dialled -> Number."""
        return {digits.dialled(number.dial): number for number in self.known.numbers}

    @cached_property
    def displays(self):
        """Number as dialled -> the ways in which the register shows it, longest first."""
        found = {}
        for number in self.known.numbers:
            shown = " ".join(digits.plain(number.display).split())
            found.setdefault(digits.dialled(number.dial), set()).add(shown)
        return {dial: sorted(shown, key=len, reverse=True) for dial, shown in found.items()}

    @cached_property
    def addresses(self):
        """Every address that may be shown, as it is compared."""
        return {addresses.bare(known.address) for known in self.known.addresses}

    @cached_property
    def hosts(self):
        """The hosts that links may lead to, our own too."""
        own = urlsplit(settings.SITE_URL).hostname.removeprefix("www.")
        return {addresses.host_of(host) for host in self.known.hosts} | {own}

    @cached_property
    def cards(self):
        """The emergency cards that a page may have, one of them just so."""
        return [parse("card", html).card for html in self.known.cards]

    @cached_property
    def shown_numbers(self):
        """A pattern of every number as it is shown, at home or with the country code."""
        shown = {digits.plain(number.display) for number in self.known.numbers}
        shown |= {number.dial for number in self.known.numbers}
        shown |= {f"+44{dial[1:]}" for dial in self.numbers if dial.startswith("0")}
        longest = sorted(filter(None, shown), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest)) or '(?!)'})(?!\w)")

    def without_numbers(self, words):
        """Return a text with a stroke in the place of each number of the register."""
        return self.shown_numbers.sub("|", words)

    @cached_property
    def places(self):
        """Name of a service, in small letters -> where a link that names it may lead."""
        found = {}
        for known in self.known.addresses:
            if known.service:
                own = found.setdefault(known.service.lower(), set())
                own.add(addresses.bare(known.address))
                own.add(addresses.host_of(known.address) or known.address)
        for number in self.known.numbers:
            if number.service:
                found.setdefault(number.service.lower(), set()).add(digits.dialled(number.dial))
        return found

    @cached_property
    def names(self):
        """Name of a service, in small letters -> how it is looked for in words."""
        return {name: names_in_words.key(name) for name in self.places}

    def has_number(self, shown):
        """Return whether a sentence may have this number in it."""
        dial = digits.dialled(shown)
        stays = len(dial) <= SHORT or dial.startswith(RELAY)
        return dial in KEYS or (stays and dial in self.numbers)

    def has_address(self, shown):
        """Return whether a web or email address may be shown, with or without its scheme."""
        address = addresses.bare(shown)
        if address in self.addresses:
            return True
        if "@" in address or "://" in address:
            return False
        host = addresses.host_of(address)
        return host in self.hosts and not addresses.is_open(host)
