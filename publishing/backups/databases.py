"""Copies of the database: SQLite's own online copy, or pg_dump."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

from . import BackupError

SQLITE, POSTGRESQL = "database.sqlite3", "database.pgdump"


def copy(into):
    """Write a copy of the database, of one moment, into a folder. Return its name.

    Writers go on meanwhile. Raises BackupError.
    """
    if settings.SQLITE_FILE:
        target = into / SQLITE
        source = f"file:{settings.SQLITE_FILE}?mode=ro"
        try:
            with (
                closing(sqlite3.connect(source, uri=True, timeout=60)) as live,
                closing(sqlite3.connect(target)) as made,
            ):
                live.backup(made)
                # One file and no journal beside it.
                made.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as error:
            raise BackupError(f"The database cannot be copied: {error}.") from error
        return SQLITE
    target = into / POSTGRESQL
    run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={target}")
    return POSTGRESQL


def check(file):
    """Read a copy through. Return table name -> rows, or {} for pg_dump's. Raises BackupError."""
    if file.name == POSTGRESQL:
        run("pg_restore", f"--file={os.devnull}", str(file), to_database=False)
        return {}
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            said = copy.execute("PRAGMA integrity_check").fetchall()
            if said != [("ok",)]:
                raise BackupError(f"The copy of the database is damaged: {said[0][0]}.")
            tables = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {
                name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
                for (name,) in tables
            }
    except sqlite3.Error as error:
        raise BackupError(f"The copy of the database cannot be read: {error}.") from error


def is_empty():
    """Return whether the site's database holds nothing at all."""
    file = settings.SQLITE_FILE
    if not file:
        return not connection.introspection.table_names()
    if not file.exists():
        return True
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as found:
            return not found.execute("SELECT name FROM sqlite_master").fetchall()
    except sqlite3.Error:
        # Damaged perhaps, and somebody may yet save something of it.
        return False


def put_back(file):
    """Make a copy the site's database, whole or not at all. Raises BackupError."""
    wanted = SQLITE if settings.SQLITE_FILE else POSTGRESQL
    if file.name != wanted:
        raise BackupError(
            f"The backup holds {file.name}, and DATABASE_URL names a {connection.vendor} database. "
            "Set DATABASE_URL as it was when the backup was made."
        )
    connection.close()
    if wanted == POSTGRESQL:
        run("pg_restore", "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction",
            f"--dbname={settings.DATABASES['default']['NAME']}", str(file))  # fmt: skip
        return
    target = Path(settings.SQLITE_FILE)
    for journal in ("-wal", "-shm"):
        target.with_name(target.name + journal).unlink(missing_ok=True)
    draft = target.with_name(f".{target.name}-restored")
    shutil.copyfile(file, draft)
    draft.chmod(0o600)
    with draft.open("rb") as handle:
        os.fsync(handle.fileno())
    draft.replace(target)


def run(program, *arguments, to_database=True):
    """Run one of PostgreSQL's programs. What it needs to know goes in its environment."""
    found = shutil.which(program)
    if not found:
        raise BackupError(
            f"{program} is missing. On Debian or Ubuntu: apt install postgresql-client"
        )
    environ = dict(os.environ)
    if to_database:
        known = settings.DATABASES["default"]
        names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
        environ |= {to: str(known[key]) for key, to in names.items() if known.get(key)}
        environ["PGDATABASE"] = known["NAME"]
    done = subprocess.run([found, *arguments], env=environ, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip() or done.returncode}")
