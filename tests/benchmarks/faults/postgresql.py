"""The same on a site with PostgreSQL, which can hang, stop or be lost as a machine can."""

import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ...faults import faults
from ...postgresql import Postgresql
from ...publishing import test_faults as of_postgresql
from ..tools import site
from .hostile import hostile
from .migrations import migrations
from .reads import matrix
from .telling import timed

BROKEN = ("locked", "migrated", "hung", "stopped", "deleted")


@contextmanager
def postgresql(name):
    with tempfile.TemporaryDirectory(prefix="site-postgresql-") as folder:
        Path(folder).chmod(0o755)
        server = Postgresql(Path(folder) / "server")
        server.start()
        try:
            server.sql(f"CREATE DATABASE {name}")
            yield server
        finally:
            server.stop()


def broken_with(database):
    """Return name -> what breaks a machine whose site has this PostgreSQL."""
    breaking = {
        **{name: getattr(of_postgresql, f"postgresql_{name}") for name in BROKEN},
        "slow": partial(faults.now_and_then, of_postgresql.postgresql_locked),
    }
    return {
        **{name: fault for name, fault in faults.FAULTS.items() if "database" not in name},
        **{
            f"PostgreSQL {name}": (lambda server, fault=fault: fault(database))
            for name, fault in breaking.items()
        },
    }


def with_postgresql(code):
    """The attacks, all faults alone and in pairs, and killed migrations, on a site with PostgreSQL."""
    with (
        postgresql("faults") as database,
        site(workers=2, pinned=False, **code, DATABASE_URL=database.url("faults")) as server,
    ):
        with timed("hostile with PostgreSQL"):
            hostile(server, "PostgreSQL")
        with timed("matrix with PostgreSQL"):
            matrix(server, broken_with(database), "PostgreSQL")
        with timed("migrations with PostgreSQL"):
            migrations(server, database)
