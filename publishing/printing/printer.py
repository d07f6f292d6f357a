"""Prints an edition: render, gather, check, store, switch."""

import contextlib
import ctypes
import logging
import platform
import time
from dataclasses import dataclass, field

from django.db import DatabaseError
from django.utils import timezone

from .. import sources
from ..backups import beside
from ..models import Print, Wanted
from ..problems import Problem
from . import assets, editions, records, set_aside, taken_off
from .last_edition import LastEdition
from .lock import Busy, Lock
from .made_from import Keys
from .render import Renderer
from .snapshot import snapshot

log = logging.getLogger(__name__)

# A print that does not get on for so long is given up, and the lock lets the next one in a
# little later. Among thousands of pages one that gets on may take longer.
SECONDS = 60
HTML = "text/html; charset=utf-8"
RECORDS = 100


@dataclass(frozen=True)
class Result:
    """What came of a print. `number` is None when `problems` held the edition up.

    With a number, `problems` are of what was set aside: readers keep its last print.

    `unpinned` is the edition whose pin ended, because something of it was taken off. `seconds` says where the time went: making, checking, storing.
    """

    number: int | None
    problems: list[Problem] = field(default_factory=list)
    pinned: int | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    unpinned: int | None = None


class TookTooLong(Exception):
    """A print was given up after SECONDS."""


def always():
    return True


def print_edition(at=None, tell=None, is_needed=always):
    """Print the edition of an aware moment (now, if not given) and serve it. Return a Result.

    Waits for another print on this machine, and then asks whether one more `is_needed`.
    While an older edition is pinned nothing is printed. `tell(done, of)` hears how many
    addresses are made. Raises nothing: whatever goes wrong is a Problem of the Result, and
    readers keep what they have.
    """
    try:
        lock = wait_for_lock()
    except (Busy, OSError) as error:
        return Result(None, [went_wrong(error)])
    try:
        pinned = pin_in_place()
        if pinned and not ends_pin(pinned):
            return Result(None, pinned=pinned)
        if not is_needed():
            return result_of_last()
        run = Run(lock, at or timezone.now(), tell or (lambda done, of: None))
        run.unpinned = pinned
        return run.result()
    except Exception as error:
        return Result(None, [went_wrong(error)])
    finally:
        lock.release()
        give_back_memory()


def give_back_memory():
    """Have the C library give back what a print of a thousand pages needed, where it can.

    A worker prints too, and would hold it for as long as it lives.
    """
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def result_of_last():
    """Return what came of the print that readers have, for those who waited and need no other."""
    number = editions.current_number()
    last = Print.objects.filter(machine=platform.node(), edition=number).last_one()
    return Result(number, [Problem(**problem) for problem in last.problems] if last else [])


def pin_in_place():
    """Return the number of the pinned edition, or None. Where its folder was lost it is put back."""
    pinned = editions.pin()
    if pinned and editions.current_number() is None:
        try:
            beside.put_back(pinned)
        except editions.Damaged as error:
            log.warning("%s Its pin is ended.", error)
            editions.release_pin()
            return None
    return pinned


def ends_pin(pinned):
    """End the pin of an edition that holds what was taken off since. Return whether it did."""
    with snapshot():
        # Raises where the register cannot be trusted, so that no pin ends by mistake.
        sources.addresses(timezone.now())
        known = sources.known().held
    if taken_off.held(editions.head(pinned)) <= known:
        return False
    log.warning("Edition %s held a number or address that was taken off. Its pin is ended.", pinned)
    editions.release_pin()
    return True


def go_back_to(number):
    """Serve an older edition and pin it, after a print under way. Raises Damaged, Busy."""
    lock = wait_for_lock()
    try:
        editions.go_back_to(number)
    finally:
        lock.release()


def wait_for_lock():
    """Return the lock of whoever changes what is served on this machine. Raises Busy."""
    lock = print_lock()
    lock.wait(SECONDS + 10)
    return lock


def print_lock():
    return Lock(editions.root() / "print.lock", expires=SECONDS + 5)


def went_wrong(error):
    """Return what stopped a print as a Problem for staff, and log it for the operator."""
    log.error("An edition could not be printed.", exc_info=error)
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Problem(
        "The site",
        words=f"The edition could not be printed: {reason}.",
        mend="Readers keep the one they have. Tell whoever runs the site.",
    )


class Run:
    """One print, under the lock."""

    def __init__(self, lock, moment, tell):
        self.lock = lock
        self.moment = moment
        self.tell = tell
        self.end = time.monotonic() + SECONDS
        self.wanted = 0
        self.pinned = self.unpinned = None
        self.known = sources.Known()
        self.problems = []
        # Address -> Problems of what could not be made.
        self.bad = {}

    def result(self):
        number, seconds = None, {}
        try:
            made, stands = self.attempt(seconds)
            if made.set_aside and (without := self.records_to_blame(made.set_aside, seconds)):
                # Once more, all of it: what a record says is the same on every page.
                found, problems = without
                with records.set_aside(found):
                    made, stands = self.attempt(seconds)
                self.problems = [*problems, *self.problems]
                made.records, made.set_aside = found, sorted({*made.set_aside, *found})
            if stands:
                with timed("storing", seconds):
                    number = self.store(made)
        except Exception as error:
            self.problems.append(went_wrong(error))
        if not self.pinned:
            self.record(number)
        return Result(number, self.problems, self.pinned, seconds, self.unpinned)

    def attempt(self, seconds):
        """Return the Edition of the moment, checked, and whether it may be served."""
        self.bad = {}
        with timed("making", seconds), snapshot():
            made = self.make()
        self.stop_if_late()
        with timed("checking", seconds):
            self.problems, made.set_aside, stands = set_aside.settle(
                made, self.bad, self.known, editions.current_register(), self.get_on
            )
        return made, stands

    def records_to_blame(self, paths, seconds):
        """Return what set_aside.records_to_blame() found, or None if there is no such record."""
        try:
            with timed("checking", seconds):
                found, problems = set_aside.records_to_blame(paths, self.moment, self.get_on)
        except Exception:
            # The pages are set aside whole, as they are; one that is late is given up next.
            log.exception("Nobody could look for the record to blame.")
            return None
        return (found, problems) if found else None

    def make(self):
        """Return the Edition of the moment, with what the newsroom has now."""
        self.known = sources.known()
        self.wanted = Wanted.now()
        keys = Keys(self.moment, self.known)
        last = LastEdition(self.moment, keys)
        items = self.pages(keys, last)
        parts = {
            name: editions.Item("part", HTML, html.encode())
            for name, html in sources.parts(self.moment).items()
        }
        files = self.files({**parts, **items})
        return editions.Edition(
            items={**items, **files},
            parts=parts,
            made=self.moment,
            wanted=self.wanted,
            next_moment=sources.next_moment(self.moment),
            numbers=self.known.dials,
            ways=tuple(sorted(self.known.ways)),
            outlines=last.passed(),
            checked_with=keys.checks,
            kept=sources.kept(self.moment),
        )

    def pages(self, keys, last):
        """Return address -> Item: made now, or taken over where nothing it is made from changed."""
        renderer, items = Renderer(self.moment), {}
        addresses = sources.addresses(self.moment)
        for done, address in enumerate(addresses):
            self.get_on()
            self.tell(done, len(addresses))
            key = keys.of(address)
            item = last.item(address.path, key) or renderer.item(address)
            if isinstance(item, Problem):
                self.bad[address.path] = [item]
                continue
            item.made_from = key
            items[address.path] = item
        return items

    def files(self, items):
        named = {}
        for path, item in items.items():
            if item.type.startswith("text/html"):
                if item.names is None:
                    item.names = sorted(assets.named_in_html(item.body.decode()))
                named |= dict.fromkeys(item.names, path)
        files, missing = assets.collect(named)
        for name in sorted(missing):
            page = named.get(name, name)
            self.bad.setdefault(page, []).append(assets.lost(name, page))
        return files

    def store(self, made):
        self.stop_if_late()
        number = editions.write(made)
        self.stop_if_late()
        # Somebody may have gone back meanwhile, if this print was so slow that it lost the lock.
        self.pinned = editions.pin()
        if self.pinned:
            return None
        editions.switch(number)
        # Only now: until readers have another edition, they keep the one they had.
        editions.note_taken_off(self.known.held)
        editions.sweep()
        return number

    def get_on(self):
        """Say that one more page is made or checked. Raises TookTooLong."""
        self.stop_if_late()
        if self.end - time.monotonic() < SECONDS - 1:
            self.end = time.monotonic() + SECONDS
            self.lock.renew()

    def stop_if_late(self):
        """Raise TookTooLong once the time is over or another print has taken our place."""
        if time.monotonic() > self.end or not self.lock.still_mine():
            raise TookTooLong(f"The print did not get on for {SECONDS} seconds and was given up.")

    def record(self, number):
        """Remember what came of it, for the admin; a database that is gone cannot."""
        for problem in self.problems:
            log.warning("%s: %s", "Set aside" if number else "The edition is held up", problem)
        try:
            Print.objects.create(
                wanted=self.wanted,
                machine=platform.node(),
                edition=number,
                problems=[problem.as_dict() for problem in self.problems],
            )
            Print.objects.forget_all_but(RECORDS)
        except DatabaseError as error:
            log.error("A print could not be recorded: %s", error)


@contextlib.contextmanager
def timed(name, seconds):
    began = time.monotonic()
    try:
        yield
    finally:
        seconds[name] = seconds.get(name, 0) + time.monotonic() - began
