"""Killed with -9 in the middle of something: of a print, of a migration."""

import os
import signal
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from ..publishing.test_faults import sqlite_file
from ..server import PATIENCE

WANT = "UPDATE publishing_wanted SET number = number + 1"
# Seconds in which a machine notices that something is to be printed, a worker that has just started too.
NOTICED = 30


def want_a_print(server):
    """Have readers due something new, as after a change in the newsroom."""
    if url := server.environ.get("DATABASE_URL"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(WANT)
    else:
        with (
            closing(sqlite3.connect(sqlite_file(server), timeout=PATIENCE)) as connection,
            connection,
        ):
            connection.execute(WANT)


def who_prints(server):
    """Return the process id of the worker that is printing an edition now, or None."""
    lock = server.data_dir / "editions/print.lock"
    inode = lock.stat().st_ino if lock.exists() else None
    for line in Path("/proc/locks").read_text().splitlines():
        # Such as "7: FLOCK  ADVISORY  WRITE 4711 00:2f:1234 0 EOF".
        fields = line.split()
        if fields[1] == "FLOCK" and fields[5].endswith(f":{inode}"):
            return int(fields[4])
    return None


@contextmanager
def killed_while_it_prints(server):
    """A worker that readers have too is killed while it makes the pages of an edition."""
    want_a_print(server)
    found = []

    def prints():
        found.append(who_prints(server))
        return found[-1] in server.workers()

    server.wait_until(prints, NOTICED)
    os.kill(found[-1], signal.SIGKILL)
    yield
