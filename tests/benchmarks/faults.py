"""Readers while the database is stopped, hung, locked, deleted or migrated."""

import tempfile
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from ..postgresql import Postgresql, programs
from ..publishing import test_faults as faults
from .tools import say, site, table, wrk

SQLITE = ("locked", "migrated", "unreadable", "deleted")
POSTGRESQL = ("locked", "migrated", "hung", "stopped", "deleted")


def measure(name, server, breaking):
    """Quiet and broken in turn, three rounds, and the table of it."""
    seen = {"quiet": []} | {fault: [] for fault in breaking}
    for _ in range(3):
        for fault, broken in {"quiet": nullcontext, **breaking}.items():
            with broken():
                seen[fault].append(wrk(f"{server.url}/help/"))
    table(f"Readers while {name} is ...", seen, "quiet")


def run():
    with site(workers=2) as server:
        breaking = {f: partial(getattr(faults, f"sqlite_{f}"), server) for f in SQLITE}
        measure("SQLite", server, breaking)
    if not programs():
        say("Without PostgreSQL.")
        return
    with tempfile.TemporaryDirectory(prefix="site-postgresql-") as folder:
        Path(folder).chmod(0o755)
        postgresql = Postgresql(Path(folder) / "server")
        postgresql.start()
        try:
            postgresql.sql("CREATE DATABASE faults")
            with site(workers=2, DATABASE_URL=postgresql.url("faults")) as server:
                breaking = {
                    f: partial(getattr(faults, f"postgresql_{f}"), postgresql) for f in POSTGRESQL
                }
                measure("PostgreSQL", server, breaking)
        finally:
            postgresql.stop()
