"""Puts a backup back onto a machine whose database is empty or lost."""

import shutil
from pathlib import Path

from django.conf import settings

from ..printing import editions, taken_off
from . import BackupError, archive, databases


def restore(path):
    """Put a backup back. Return what readers must not have and its register may hold, as lines.

    What is on the machine already and is newer stays: its editions, and its list of numbers taken
    off, which gains the backup's. Those that only the machine knows were taken off after the backup
    was made. The database comes last: killed before that, it can be done again.
    Raises BackupError.
    """
    if not databases.is_empty():
        raise BackupError(
            "There is a database already, and a restore would take its place. Move it away first."
        )
    with archive.unpacked(path) as found:
        since = taken_off.read(editions.root()) - taken_off.read(found / "editions")
        add(found / "uploads", Path(settings.MEDIA_ROOT))
        put_editions(found / "editions")
        key = settings.DATA_DIR / "secret-key"
        if settings.LOCAL and (found / "secret-key").exists():
            shutil.copyfile(found / "secret-key", key)
            key.chmod(0o600)
        databases.put_back(archive.database_in(found))
    return sorted(since)


def add(source, target):
    """Copy what is not there yet."""
    if source.is_dir():
        for path in source.rglob("*"):
            place = target / path.relative_to(source)
            if path.is_file() and not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place)


def put_editions(source):
    root = editions.root()
    root.mkdir(parents=True, exist_ok=True)
    off = taken_off.read(source)
    if editions.current_number() is None:
        add(source, root)
        if (source / "current").is_symlink():
            editions.switch(int((source / "current").readlink().name))
        if pinned := editions.pin():
            editions.keep_pin(pinned)
    # Nothing that is off here or was off there is known: both lists hold.
    taken_off.note(root, off, ())
