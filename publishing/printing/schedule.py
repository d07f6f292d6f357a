"""When editions are printed: at once for whoever asks, else by one thread on the machine."""

import logging
import platform
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from math import inf

from django.db import DatabaseError, connection
from django.utils import timezone

from .. import sources
from ..backups import beside
from ..models import Print, Wanted
from . import audit, editions, reports
from .lock import Busy, Lock
from .made_from import version
from .printer import SECONDS, always, print_edition, print_lock

log = logging.getLogger(__name__)

# Seconds between two looks whether something is to be printed.
LOOK = 1
# What was set aside may only have been out of reach for a moment.
HOURLY = timedelta(hours=1)
# What failed is tried again after so many seconds, or at once when something changes.
AGAIN = 60
# Seconds between two looks whether the edition on disk is still as it was printed.
COMPARE = 30
# Seconds that an edition is served before it is copied.
SETTLED = 3
# Seconds between two reports of what this machine serves.
REPORT = 20


def print_now(wait=2):
    """Print, and wait so many seconds for it. Return the printer's Result.

    Returns None when it takes longer, or when called inside a transaction, whose changes
    cannot be seen yet: then "it is being printed" is true, and the thread below does it.
    """
    if connection.in_atomic_block:
        return None
    results = []
    printing = threading.Thread(target=lambda: results.append(in_own_connection()), daemon=True)
    printing.start()
    printing.join(wait)
    return results[0] if results else None


def in_own_connection():
    try:
        return print_edition(is_needed=is_still_due)
    finally:
        connection.close()


def is_still_due():
    """Return whether to print, now that no other print is under way: it may have been ours."""
    return is_due(manifest_of(editions.current_number()), Wanted.now(), timezone.now())


def manifest_of(number):
    """Return the head of an edition's manifest, or None if it cannot be read."""
    try:
        return editions.head(number)
    except editions.Damaged:
        return None


def whole_manifest(number):
    """Return the manifest of an edition, or None if it may not be served as it is."""
    if number is None:
        return None
    try:
        return editions.verify(number)
    except editions.Damaged as error:
        log.error("%s It is printed anew.", error)
        return None


def is_due(manifest, wanted, now):
    """Return whether to print: `manifest` is the current edition's, or None without one."""
    if manifest is None or manifest["wanted"] != wanted:
        return True
    next_moment = manifest["next_moment"]
    if next_moment and datetime.fromisoformat(next_moment) <= now:
        return True
    made = datetime.fromisoformat(manifest["made"])
    return is_of_another_day(made, now) or bool(manifest.get("set_aside")) and made + HOURLY <= now


def is_of_another_day(made, now):
    """Return whether an edition was not made today, in the United Kingdom: hours are told by the day."""
    return timezone.localdate(made) != timezone.localdate(now)


class Printing:
    """The one thread on this machine that prints what is due.

    Every worker has one; the lock lets one of them work. A look or a print that hangs,
    because the database does, is left behind with its thread, and the next one starts.
    """

    def __init__(self):
        # As the process starts: its code stays what it is now, whatever is on the disk later.
        version()
        self.closing = threading.Event()
        self.lock = Lock(editions.root() / "printing.lock", expires=inf)
        self.manifest, self.compared = None, -inf
        self.said, self.said_at = None, -inf
        self.failed = (None, -inf)
        # The number of the edition that readers have, and when to look at its copy.
        self.to_copy = (None, inf)
        self.day = None

    def open(self):
        threading.Thread(target=self.keep_printing, name="printing", daemon=True).start()

    def close(self):
        self.closing.set()

    def keep_printing(self):
        worker = new_worker()
        while not self.closing.wait(LOOK):
            if not self.leads():
                continue
            try:
                patiently(worker.submit(self.print_if_due))
            except TimeoutError:
                log.error("A print was given up: something it asked does not answer.")
                worker.shutdown(wait=False)
                worker = new_worker()
            except Exception as error:
                # The database is down: readers have their edition, and we ask again.
                log.debug("Nothing could be printed: %s", error)

    def leads(self):
        """Return whether this is the one that prints.

        Asked again and again: where the folder with the lock was lost, another may have made it anew,
        and once it was put back there would be two.
        """
        try:
            if self.lock.handle:
                if self.lock.still_mine():
                    return True
                self.lock.release()
            self.lock.take()
        except (Busy, OSError):
            return False
        return True

    def print_if_due(self):
        try:
            # Before anything is asked of the database, which may be what is wrong.
            manifest = self.current()
            self.copy(manifest)
            wanted = Wanted.now()
            self.do_daily()
            self.report(manifest)
            # An edition that was gone may be back; what came of that is said until the next print.
            held_up = Print.objects.held_up(platform.node())
            if not held_up and not is_due(manifest, wanted, timezone.now()):
                return
            number, when = self.failed
            if number == wanted and time.monotonic() < when + AGAIN:
                return
            if manifest and is_of_another_day(
                datetime.fromisoformat(manifest["made"]), timezone.now()
            ):
                self.compare()
            needed = is_still_due if manifest and not held_up else always
            if print_edition(is_needed=needed).number is None:
                self.failed = (wanted, time.monotonic())
            self.report(self.current())
        finally:
            connection.close()

    def do_daily(self):
        """Do what the apps want done once a day; the day begins anew with the server."""
        if self.day == timezone.localdate():
            return
        self.day = timezone.localdate()
        for source in sources.registered.values():
            try:
                source.daily()
            except Exception:
                log.exception("What %s does once a day was not done.", source.name)

    def compare(self):
        """Once a day, hold what was taken over against what is made from nothing."""
        try:
            audit.compare()
        except Exception:
            # The print that follows makes everything anew, and says what is wrong.
            log.exception("The pages could not be compared.")

    def copy(self, manifest):
        """Keep a copy of what readers have; look again after COMPARE seconds whether it is whole.

        Another edition is copied once it has been served for SETTLED seconds: prints close upon each
        other would have the disk write each edition twice, and their readers wait for it.
        """
        number, now = manifest and manifest["number"], time.monotonic()
        if number != self.to_copy[0]:
            self.to_copy = number, now + SETTLED
        if not manifest or now < self.to_copy[1]:
            return
        self.to_copy = number, now + COMPARE
        try:
            beside.keep(number)
        except (OSError, editions.Damaged) as error:
            why = getattr(error, "strerror", None) or error
            log.warning("Edition %s could not be copied: %s", number, why)

    def report(self, manifest):
        """Say what this machine serves, when that has changed and every REPORT seconds."""
        serves = manifest and manifest["number"], editions.pin()
        if serves != self.said or time.monotonic() > self.said_at + REPORT:
            try:
                reports.report(manifest)
            except DatabaseError as error:
                # One that can only be read is no reason not to print; others see us silent.
                log.warning("What this machine serves could not be reported: %s", error)
            self.said, self.said_at = serves, time.monotonic()

    def current(self):
        """Return the current edition's manifest, or None if it is not whole.

        Its files are compared with it when it is new, and again after COMPARE seconds.
        """
        number, now = editions.current_number(), time.monotonic()
        if not self.manifest or self.manifest["number"] != number or now > self.compared + COMPARE:
            self.manifest, self.compared = whole_manifest(number), now
        return self.manifest


def patiently(work):
    """Wait for a look or a print. Raises TimeoutError when nothing gets on any more."""
    while True:
        try:
            return work.result(timeout=SECONDS + 15)
        except TimeoutError:
            if work.done() or print_lock().age() > SECONDS:
                raise


def new_worker():
    return ThreadPoolExecutor(1, thread_name_prefix="print")
