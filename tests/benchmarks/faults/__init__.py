"""Bad days and attackers: readers through each fault, alone and in pairs, and what attackers send.

python -m tests.benchmarks faults. An hour at most; each part says what was asked of it, and the end
names the parts of which something was not met.
"""

import os
import tempfile
import time
from functools import partial
from pathlib import Path

from ...faults import faults
from ...mirror import PROGRAM
from ...postgresql import programs
from ..tools import say, site
from . import telling
from .gunicorn import mirror, upgrade
from .hostile import hostile
from .migrations import migrations
from .newsroom import backups, by_the_form, drill, publishing
from .postgresql import with_postgresql
from .reads import flood, matrix
from .telling import timed

# On one site, in this order: nobody new logs in by a name that attackers tried, for an hour, and
# migrations leave it with words of another version.
PARTS = {
    "upgrade": upgrade,
    "matrix": matrix,
    "form": by_the_form,
    "publishing": publishing,
    "backups": backups,
    "hostile": partial(hostile, name="SQLite"),
    "flood": flood,
    "migrations": migrations,
}
MINUTE = 60


def run(*chosen):
    """Run the parts that are named, or all. Return the number of those of which something was not met."""

    def is_chosen(name):
        return not chosen or name in chosen

    began = time.monotonic()
    say(f"{os.cpu_count()} cores, load {' '.join(f'{one:.1f}' for one in os.getloadavg())}")
    with tempfile.TemporaryDirectory(prefix="site-code-") as folder:
        code = {"application": faults.APPLICATION, "root": faults.copy_of_the_code(Path(folder))}
        if any(map(is_chosen, PARTS)):
            with site(workers=2, pinned=False, **code) as server:
                for name in filter(is_chosen, PARTS):
                    with timed(name):
                        PARTS[name](server)
        if is_chosen("drill"):
            with timed("drill"):
                drill()
        if PROGRAM and is_chosen("mirror"):
            with timed("mirror"):
                mirror(code)
        if not programs():
            say("Without PostgreSQL.")
        elif is_chosen("postgresql"):
            with_postgresql(code)
    took = time.monotonic() - began
    say(f"{took / MINUTE:.0f} minutes; not met: {', '.join(telling.not_met) or 'nothing'}")
    return len(telling.not_met)
