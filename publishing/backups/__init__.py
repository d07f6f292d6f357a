"""Backups: one file holds all that a machine needs to begin again.

The database, the uploads, the editions, their pin and the list of numbers taken off. BACKUP_DIR
holds the files, named by the moment each was begun; retention says which are kept.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

PREFIX, SUFFIX = "site-", ".tar.gz"
FORMAT = "%Y%m%dT%H%M%SZ"
# They are due each hour; this long after the last one, something is wrong.
OVERDUE = timedelta(hours=3)


class BackupError(Exception):
    """A backup cannot be made, is not whole, or cannot be put back. The sentence says what to do."""


def folder():
    """Return where backups are kept, or None: none are made on this machine."""
    return Path(settings.BACKUP_DIR) if settings.BACKUP_DIR else None


def name_of(moment):
    return f"{PREFIX}{moment.astimezone(UTC).strftime(FORMAT)}{SUFFIX}"


def moment_of(path):
    """Return the aware moment in the name of a backup, or None: it is some other file."""
    try:
        text = path.name.removeprefix(PREFIX).removesuffix(SUFFIX)
        return datetime.strptime(text, FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def kept():
    """Return the backups in BACKUP_DIR, the newest first, as (moment, path). Raises OSError."""
    found = ((moment_of(path), path) for path in folder().iterdir())
    return sorted((pair for pair in found if pair[0]), reverse=True)


def overdue(now):
    """Return the sentence that says that the last backup is too old, or "".

    `now` is an aware datetime. Where no backups are configured, none is overdue.
    """
    if folder() is None:
        return ""
    try:
        last = next((moment for moment, _ in kept()), None)
    except OSError:
        return "The folder of backups cannot be read."
    if last is None:
        return "No backup has been made yet."
    if now - last > OVERDUE:
        hours = int((now - last).total_seconds() // 3600)
        return f"The last backup is {hours} hours old."
    return ""
