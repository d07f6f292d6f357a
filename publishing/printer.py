"""Prints an edition: render, gather, check, store, switch."""

import logging
import platform
import time
from dataclasses import dataclass, field

from django.utils import timezone

from . import assets, edition, gate, rooms
from .lock import Lock
from .models import Print, Wanted
from .problems import Problem
from .render import Renderer
from .snapshot import snapshot

log = logging.getLogger(__name__)

# A print that takes longer is given up. The lock lets the next one in a little later.
SECONDS = 60
HTML = "text/html; charset=utf-8"
RECORDS = 100


@dataclass(frozen=True)
class Result:
    """What came of a print. `number` is None when `problems` held the edition up."""

    number: int | None
    problems: list[Problem] = field(default_factory=list)
    pinned: int | None = None


class TookTooLong(Exception):
    """A print was given up after SECONDS."""


def print_edition(at=None):
    """Print the edition of an aware moment (now, if not given) and serve it. Return a Result.

    While an older edition is pinned nothing is printed. Waits for another print on this
    machine. Raises TookTooLong, lock.Busy, OSError (a full disk) or a database error;
    whatever happens, readers keep what they have.
    """
    lock = Lock(edition.root() / "print.lock", expires=SECONDS + 5)
    lock.wait(SECONDS + 10)
    try:
        if pinned := edition.pin():
            return Result(None, pinned=pinned)
        return Run(lock, at or timezone.now()).result()
    finally:
        lock.release()


class Run:
    """One print, under the lock."""

    def __init__(self, lock, moment):
        self.lock = lock
        self.moment = moment
        self.end = time.monotonic() + SECONDS
        self.problems = []

    def result(self):
        with snapshot():
            made = self.make()
        self.problems += [] if self.problems else gate.inspect(made, previous_numbers())
        number = None if self.problems else self.store(made)
        self.record(made.wanted, number)
        return Result(number, self.problems)

    def make(self):
        """Return the Edition of the moment, with what the newsroom has now."""
        known = sorted({number.dial for number in rooms.numbers()})
        wanted = Wanted.now()
        items = self.pages()
        parts = {
            name: edition.Item("part", HTML, html.encode()) for name, html in rooms.parts().items()
        }
        files = self.files([*items.values(), *parts.values()])
        return edition.Edition(
            items={**items, **files},
            parts=parts,
            made=self.moment,
            wanted=wanted,
            next_moment=rooms.next_moment(self.moment),
            numbers=tuple(known),
        )

    def pages(self):
        renderer, items = Renderer(self.moment), {}
        for address in rooms.addresses(self.moment):
            self.stop_if_late()
            item = renderer.item(address)
            if isinstance(item, Problem):
                self.problems.append(item)
            else:
                items[address.path] = item
        return items

    def parts(self):
        try:
            parts = rooms.parts()
        except Exception as error:
            log.exception("The parts of the edition could not be made.")
            words = f"The error pages or messages could not be made: {error}."
            self.problems.append(Problem("Every page", words, "Tell whoever runs the site."))
            return {}
        return {name: edition.Item("part", HTML, html.encode()) for name, html in parts.items()}

    def files(self, items):
        named = set()
        for item in items:
            if item.type.startswith("text/html"):
                named |= assets.named_in_html(item.body.decode())
        files, missing = assets.collect(named)
        self.problems += [
            Problem(
                address,
                words="A page shows this file, and it is not there.",
                mend="Add the picture again, or tell whoever runs the site.",
            )
            for address in sorted(missing)
        ]
        return files

    def store(self, made):
        self.stop_if_late()
        number = edition.write(made)
        self.stop_if_late()
        edition.switch(number)
        edition.sweep()
        return number

    def stop_if_late(self):
        """Raise TookTooLong once the time is over or another print has taken our place."""
        if time.monotonic() > self.end or not self.lock.still_mine():
            raise TookTooLong(f"The print was given up after {SECONDS} seconds.")

    def record(self, wanted, number):
        for problem in self.problems:
            log.warning("The edition is held up: %s", problem)
        Print.objects.create(
            wanted=wanted,
            machine=platform.node(),
            edition=number,
            problems=[problem.as_dict() for problem in self.problems],
        )
        Print.objects.forget_all_but(RECORDS)


def previous_numbers():
    """Return the numbers that the register held when the current edition was printed."""
    try:
        return set(edition.summary(edition.current_number())["numbers"])
    except edition.Damaged:
        return set()
