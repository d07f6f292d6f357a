"""The edition that a worker serves, kept in memory and changed when a new one is printed."""

import logging
import re
import threading
import time
from datetime import datetime

from ..printing import editions as store
from ..printing import taken_off
from .counting import table
from .memory import Memory
from .responses import FileResponses, PageResponses, States

log = logging.getLogger(__name__)

# How often a worker looks whether there is a new edition, in seconds.
LOOK = 0.1
# How often the edition on disk is compared with what was printed, in seconds.
COMPARE = 60
ERROR = re.compile(r"error/[45]\d\d")
# What a status has to say beside its page.
ERROR_HEADERS = {
    405: {"Allow": "GET, HEAD"},
    413: {"Connection": "close"},
    503: {"Retry-After": "5"},
}


class LoadedEdition:
    """An edition made ready to answer with. It never changes, but for the answers it keeps.

    What the edition `before` has in memory of the same bytes is taken over: it was compared
    with its hash when it was read. `place` is as in editions.read().
    """

    def __init__(self, number, headers_for, before=None, place=None):
        self.headers = {
            kind: headers_for("file" if kind == "static" else kind)
            for kind in ("page", "file", "data", "static", "upload")
        }
        self.before = before
        found, items, parts = store.read(number, self.item, place)
        self.number = number
        self.held = taken_off.held(found)
        self.kept = found.get("kept", {})
        # Where the exit leads, once somebody has left.
        self.exit_url = None
        self.made = datetime.fromisoformat(found["made"])
        self.wanted = found["wanted"]
        self.next_moment = found["next_moment"] and datetime.fromisoformat(found["next_moment"])
        self.pages = {path: one for path, one in items.items() if isinstance(one, PageResponses)}
        self.moved = {path: one for path, one in items.items() if isinstance(one, str)}
        others = items.keys() - self.pages.keys() - self.moved.keys()
        self.files = {path: items[path] for path in others}
        # A page of the last edition may still be on its way: its style has to be there.
        self.own_files = dict(self.files)
        for path, file in before.own_files.items() if before else ():
            if file.hashed:
                self.files.setdefault(path, file)
        self.parts = {name: item.body for name, item in parts.items()}
        self.errors = {
            int(name.removeprefix("error/")): error_page(name, item, self.headers["page"])
            for name, item in parts.items()
            if ERROR.fullmatch(name)
        }
        self.states = States()
        # What the door answered: the bytes of a whole request -> Response.
        self.remembered = Memory()
        self.before = None

    def item(self, name, entry, read):
        """Return what answers for an entry of the manifest: a part is read as it is.

        Of an address that a page had before, that is the one it has now.
        """
        kind = entry["kind"]
        if kind == "part":
            return read(entry)
        if kind == "moved":
            return read(entry).body.decode()
        held = self.before and (self.before.pages if kind == "page" else self.before.own_files)
        same = held.get(name) if held else None
        if same and same.made_of == made_of(entry):
            return same
        item, headers = read(entry), self.headers[kind]
        made = (
            PageResponses(name, item, headers) if kind == "page" else FileResponses(item, headers)
        )
        made.made_of = made_of(entry)
        return made

    def place_of(self, path):
        """Return the page that was meant by an address that it had before, or None.

        Or by one without its slash, or in capitals.
        """
        for meant in (path, f"{path}/", path.lower(), f"{path.lower()}/"):
            if meant in self.moved or meant in self.pages:
                return self.moved.get(meant, meant)
        return None


def made_of(entry):
    """Return all that an answer is made of, as the manifest has it."""
    return entry["kind"], entry["type"], entry["sha256"], entry["encoded"]


def error_page(name, item, headers):
    status = int(name.removeprefix("error/"))
    return PageResponses("", item, {**headers, **ERROR_HEADERS.get(status, {})}, status)


class EditionLoader:
    """Holds what is served now. `served` is a LoadedEdition, or None if this machine has nothing.

    `spare` is the one that gunicorn had when it started: a worker that takes the place of a killed
    one has it in memory from its first moment, whatever has become of the disk.
    """

    def __init__(self, headers_for):
        self.headers_for = headers_for
        self.served = self.spare = None
        self.wrong = []
        self.seen = None
        self.closing = threading.Event()

    def look(self):
        """Load the current edition if it is another one than was seen last.

        A damaged edition changes nothing for readers: the one in memory stays, unless it
        holds what was taken off. Then, or with none in memory, the newest whole one
        that holds none is taken.
        """
        current, stale = store.current_number(), self.holds_what_was_taken_off()
        if current == self.seen and self.served and not stale:
            return
        if self.served and not stale:
            try:
                found, self.wrong = self.load(current), []
            except store.Damaged as error:
                found, self.wrong = None, [str(error)]
        else:
            found, self.wrong = store.load_best(self.load)
            found = found or self.safe_spare()
        if current != self.seen or found:
            self.tell()
        self.seen = current
        if found:
            self.served = found
        elif stale:
            # Nothing else can be served: readers get the emergency page.
            self.served = None

    def load(self, number, place=None):
        return LoadedEdition(number, self.headers_for, self.served or self.spare, place)

    def keep_spare(self):
        """Load what readers are to get, for the workers that will be made of this process."""
        try:
            self.spare, _ = store.load_best(self.load)
        except Exception:
            # Each worker looks for itself.
            log.exception("The editions could not be looked at.")

    def safe_spare(self):
        """Return the spare edition, or None if it may hold what was taken off since.

        The list of those may be lost from both its places. Then the spare has to be the last that
        any worker served.
        """
        if not self.spare or self.spare.held & taken_off.read(store.root()):
            return None
        is_known = taken_off.is_known(store.root())
        if not is_known and table.newest_edition() > self.spare.number:
            return None
        return self.spare

    def holds_what_was_taken_off(self):
        """Return whether what is served holds a number or address that was taken off since."""
        return bool(self.served and self.served.held & taken_off.read(store.root()))

    def compare(self):
        """Notice an edition that was changed on disk: after a restart it could not be served."""
        if self.seen is None:
            return
        before = self.wrong
        try:
            store.verify(self.seen)
            self.wrong = []
        except store.Damaged as error:
            self.wrong = [str(error)]
        if self.wrong != before:
            self.tell()
        if before and not self.wrong:
            # It was put back: the next look takes it.
            self.seen = None

    def tell(self):
        for sentence in self.wrong:
            log.error("%s Readers keep what they have.", sentence)

    def keep_looking(self):
        compared = time.monotonic()
        while not self.closing.wait(LOOK):
            try:
                self.look()
                if time.monotonic() >= compared + COMPARE:
                    self.compare()
                    compared = time.monotonic()
            except Exception:
                log.exception("The editions could not be looked at.")

    def open(self):
        """Load the edition, and go on looking for new ones in a thread of its own."""
        self.look()
        if self.served and not self.wrong:
            # What the spare had in memory was not read: damage to it on the disk is told at once too.
            self.compare()
        threading.Thread(target=self.keep_looking, name="edition-loader", daemon=True).start()

    def close(self):
        self.closing.set()
