"""How many answers were given, by kind of address and status: nothing of who asked, or when.

A worker counts in a list of its own, which costs a reader's answer next to nothing. Once a second it
copies that to its row of a table which all workers of one gunicorn share, so that whichever of
them the monitor reaches can tell the sum.
"""

import mmap
import time
from array import array
from functools import cache
from http import HTTPStatus
from pathlib import Path

from ..addresses import AddressKind

KINDS = tuple(AddressKind)
STATUSES = tuple(status.value for status in HTTPStatus if status >= 200)
LANES = ("public", "strangers", "admin")
OF_A_LANE = ("inside", "waiting", "held")
OF_A_WORKER = ("seen", "edition", "made", "memory")
NUMBERS = (*OF_A_WORKER, *((lane, what) for lane in LANES for what in OF_A_LANE))
# Workers of one gunicorn, the ended ones among them, before a row is used again.
ROWS = 64
WIDTH = len(NUMBERS) + len(KINDS) * len(STATUSES)
# Who has written nothing for so many seconds is not there any more.
SILENT = 5

# Of this process: place -> number of answers.
answers = [0] * (len(KINDS) * len(STATUSES))


@cache
def place(kind, status):
    """Return where in `answers` those of a kind of address with a status are counted."""
    return KINDS.index(AddressKind(kind)) * len(STATUSES) + STATUSES.index(status)


class Table:
    """The rows of all workers. Made before gunicorn forks, so that they share its memory."""

    def __init__(self):
        self.cells = memoryview(mmap.mmap(-1, ROWS * WIDTH * 8)).cast("q")
        self.started = time.time()
        self.row = 0
        self.before = [0] * len(answers)

    def take_row(self, age):
        """Be the worker of that age, gunicorn's own count of workers, from now on.

        What an earlier worker counted in the same row still counts.
        """
        self.row = age % ROWS
        self.before = self.of_row(self.row)[len(NUMBERS) :]

    def of_row(self, row):
        return self.cells[row * WIDTH : (row + 1) * WIDTH].tolist()

    def write(self, numbers):
        """Write this worker's row. `numbers` are by the names of NUMBERS, but for "seen"."""
        now = {"seen": milliseconds(), **numbers}
        row = [now[name] for name in NUMBERS]
        row += [sum(pair) for pair in zip(self.before, answers, strict=True)]
        self.cells[self.row * WIDTH : (self.row + 1) * WIDTH] = array("q", row)

    def workers(self):
        """Return row -> its numbers, of the workers that are there."""
        rows = {row: self.of_row(row) for row in range(ROWS)}
        oldest = milliseconds() - SILENT * 1000
        return {
            row: dict(zip(NUMBERS, cells, strict=False))
            for row, cells in rows.items()
            if cells[0] > max(oldest, 0)
        }

    def newest_edition(self):
        """Return the number of the newest edition that any worker has served, 0 for none."""
        place = NUMBERS.index("edition")
        return max(self.of_row(row)[place] for row in range(ROWS))

    def total(self):
        """Return (kind, status) -> the number of answers since gunicorn started, where any."""
        rows = [self.of_row(row)[len(NUMBERS) :] for row in range(ROWS)]
        sums = [sum(column) for column in zip(*rows, strict=True)]
        named = ((kind, status) for kind in KINDS for status in STATUSES)
        return {name: count for name, count in zip(named, sums, strict=True) if count}


def milliseconds():
    return int(time.monotonic() * 1000)


def memory():
    """Return the bytes of memory that this process has in use, 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE
    except OSError:
        return 0


table = Table()
