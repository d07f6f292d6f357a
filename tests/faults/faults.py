"""What can become of a machine while readers read: each breaks a running Server and mends it again."""

import os
import re
import resource
import shutil
import signal
import sqlite3
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import combinations
from pathlib import Path
from threading import Event, Thread

from publishing.printing.lock import Lock

from ..publishing.test_faults import (
    sqlite_deleted,
    sqlite_file,
    sqlite_locked,
    sqlite_migrated,
    sqlite_unreadable,
)
from ..server import PATIENCE, ROOT
from .killed import killed_while_it_prints

# The code of the site, of which a server that is broken has a copy of its own.
CODE = (
    *("awareness", "config", "cookies", "publishing", "safety", "signposting"),
    *("static", "templates", "manage.py"),
)
# What is served of that copy, so that its clock can be wrong.
APPLICATION = "other_clock:application"
TWENTY_YEARS = 20 * 365.25 * 24 * 3600
# Seconds in which a machine notices that it is another day, and prints.
PRINTED = 5
# Seconds that a slow database keeps everybody waiting, again and again, and between two of them.
SLOW, BETWEEN = 1, 0.05
# Descriptors of a worker that has started: one that has just been made has not opened all yet.
UP = 40


def copy_of_the_code(folder):
    """Copy what a Server needs of the code into a folder, to be broken there. Return the folder."""
    # What is compiled comes and goes: other tests run meanwhile.
    code = shutil.ignore_patterns("__pycache__")
    for name in CODE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=code)
        else:
            shutil.copy2(ROOT / name, folder / name)
    shutil.copy2(Path(__file__).with_name("other_clock.py"), folder)
    return folder


def current(server):
    return (server.data_dir / "editions/current").resolve()


@contextmanager
def sqlite_corrupted(server):
    """Other bytes where the first pages were, as after a disk's fault."""
    file = sqlite_file(server)
    with file.open("r+b") as handle:
        kept = handle.read(8192)
        handle.seek(0)
        handle.write(os.urandom(8192))
    try:
        yield
    finally:
        with file.open("r+b") as handle:
            handle.write(kept)


@contextmanager
def now_and_then(fault, on):
    """A fault comes, goes after SLOW seconds, and comes again: whoever asks is answered, late."""
    done = Event()

    def keep_on():
        while not done.wait(BETWEEN):
            with suppress(sqlite3.OperationalError), fault(on):
                done.wait(SLOW)

    thread = Thread(target=keep_on)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


sqlite_slow = partial(now_and_then, sqlite_locked)


@contextmanager
def away(path):
    """Something is not where it was."""
    moved = path.rename(path.with_name(f".{path.name}-away"))
    try:
        yield
    finally:
        # A new one may have been made meanwhile, or is made at this moment.
        for number in range(100):
            try:
                if path.exists():
                    path.rename(path.with_name(f".{path.name}-gone-{number}"))
                moved.rename(path)
                break
            except OSError:
                continue
        for gone in path.parent.glob(f".{path.name}-gone-*"):
            shutil.rmtree(gone, ignore_errors=True)


def edition_missing(server):
    return away(current(server))


def editions_missing(server):
    return away(server.data_dir / "editions")


def static_missing(server):
    return away(server.data_dir / "static")


def templates_missing(server):
    assert server.root != ROOT, "others need the code that everybody has"
    return away(server.root / "templates")


@contextmanager
def clock_wrong(server, seconds):
    """The clock is set while the site runs; as it is another day, the machine prints, or tries to."""
    clock, before = server.data_dir / "clock", current(server)
    clock.write_text(str(seconds))
    with suppress(TimeoutError):
        server.wait_until(lambda: current(server) != before, seconds=PRINTED)
    try:
        yield
    finally:
        # What is being printed would be of that day, and be served after all is mended.
        lock = Lock(server.data_dir / "editions" / "print.lock", expires=60)
        try:
            lock.wait(PATIENCE)
        finally:
            clock.unlink()
        lock.release()


@contextmanager
def edition_cut(server):
    """The half of each file is missing, as after a crash of a disk that lied."""
    folder = current(server)
    kept = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            kept[path] = path.read_bytes()
            path.unlink()
            path.write_bytes(kept[path][: len(kept[path]) // 2])
    try:
        yield
    finally:
        put_back(kept)


@contextmanager
def edition_tampered(server):
    """Somebody wrote another number into each page."""
    kept = {}
    for path in sorted(current(server).rglob("*.html")):
        kept[path] = path.read_bytes()
        path.unlink()
        path.write_bytes(kept[path].replace(b"999", b"998"))
    try:
        yield
    finally:
        put_back(kept)


def put_back(kept):
    for path, content in kept.items():
        if path.parent.exists():
            path.unlink(missing_ok=True)
            path.write_bytes(content)


@contextmanager
def limited(server, what, number):
    """The kernel gives the workers no more of something. `number` is asked of each by its id."""
    before = {pid: resource.prlimit(pid, what) for pid in server.workers()}
    for pid, (_, hard) in before.items():
        resource.prlimit(pid, what, (number(pid), hard))
    try:
        yield
    finally:
        for pid, limits in before.items():
            # One that was killed meanwhile has a successor without a limit.
            if pid in server.workers():
                resource.prlimit(pid, what, limits)


def disk_full(server):
    """Nothing that a worker writes gets a byte."""
    return limited(server, resource.RLIMIT_FSIZE, lambda pid: 0)


def out_of_descriptors(server):
    """A few more connections or files than a worker has that is up, and then none."""
    return limited(
        server,
        resource.RLIMIT_NOFILE,
        lambda pid: max(len(list(Path(f"/proc/{pid}/fd").iterdir())), UP) + 12,
    )


def out_of_memory(server):
    """A little more memory, and then none."""

    def little(pid):
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[0])
        return (pages * resource.getpagesize()) + 8 * 2**20

    return limited(server, resource.RLIMIT_AS, little)


@contextmanager
def worker_killed(server):
    os.kill(min(server.workers()), signal.SIGKILL)
    yield


@contextmanager
def workers_killed(server):
    """All of them at one moment: connections wait until there are new ones."""
    before = set(server.workers())
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    server.wait_until(lambda: set(server.workers()) - before)
    yield


@contextmanager
def gunicorn_killed(server):
    """Itself with all that it started, as systemd ends what is left; and started again, as by systemd."""
    for pid in (server.process.pid, *server.workers()):
        os.kill(pid, signal.SIGKILL)
    server.process.wait()
    server.start(*server.options)
    yield


FAULTS = {
    "database locked": sqlite_locked,
    "database slow": sqlite_slow,
    "database of another version": sqlite_migrated,
    "database unreadable": sqlite_unreadable,
    "database deleted": sqlite_deleted,
    "database corrupted": sqlite_corrupted,
    "edition missing": edition_missing,
    "all editions missing": editions_missing,
    "edition cut": edition_cut,
    "edition tampered with": edition_tampered,
    "static files missing": static_missing,
    "templates missing": templates_missing,
    "clock twenty years ahead": partial(clock_wrong, seconds=TWENTY_YEARS),
    "clock twenty years behind": partial(clock_wrong, seconds=-TWENTY_YEARS),
    "disk full": disk_full,
    "out of descriptors": out_of_descriptors,
    "out of memory": out_of_memory,
    "a worker killed": worker_killed,
    "a worker killed while it prints": killed_while_it_prints,
    "all workers killed": workers_killed,
    "gunicorn killed": gunicorn_killed,
}
PRINTS = "a worker killed while it prints"
# Where no print gets far enough to be killed in it.
NO_PRINT = re.compile("database|PostgreSQL|templates|out of|disk")
# What lays hands on the same thing is not tried together: the second would find nothing to break.
SAME = [re.compile(words) for words in ("database|PostgreSQL", "edition", "clock")]


def can_be_together(one, other):
    if PRINTS in (one, other):
        return not NO_PRINT.search(one + other)
    return not any(same.search(one) and same.search(other) for same in SAME)


def pairs(known=FAULTS):
    """Return the names of all faults that can be had together, two by two."""
    return [pair for pair in combinations(sorted(known), 2) if can_be_together(*pair)]


@contextmanager
def broken(server, names, known=FAULTS):
    """Break a server in each of the ways that are named; `known` is name -> what breaks it.

    Workers are killed last, for what the kernel keeps from a worker is not kept from its successor.
    """
    with ExitStack() as stack:
        for name in sorted(names, key=lambda name: "killed" in name):
            stack.enter_context(known[name](server))
        yield
