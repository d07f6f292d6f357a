"""One file of it all: made beside its place, read through, and only then given its name."""

import gzip
import hashlib
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ..printing import editions, taken_off
from ..printing.files import sync
from . import BackupError, databases, folder, kept, name_of, retention

MANIFEST = "manifest.json"


def make(now=None):
    """Make a backup, read it through, and delete the ones that are no longer kept.

    Return (path, number of files, list of deleted paths). Raises BackupError.
    """
    target = folder()
    if target is None:
        raise BackupError("Set BACKUP_DIR to the folder that backups go into.")
    now = now or timezone.now()
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = target / f".draft-{name_of(now)}"
        with gathered() as found:
            manifest = write_manifest(found, now)
            pack(found, draft)
        check(draft)
        path = draft.replace(target / name_of(now))
        sync(target)
        return path, len(manifest["files"]), sweep()
    except OSError as error:
        raise BackupError(f"The backup cannot be written: {error.strerror or error}.") from error
    finally:
        with suppress(UnboundLocalError, OSError):
            draft.unlink()


@contextmanager
def gathered():
    """Yield a folder with all that a backup holds, of about one moment.

    First the editions, then the database, then the uploads. So a number that is taken off
    meanwhile is off in the database too, and no page lacks its picture.
    """
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.DATA_DIR) as name:
        found = Path(name)
        take_editions(found / "editions")
        databases.copy(found)
        take(Path(settings.MEDIA_ROOT), found / "uploads")
        key = settings.DATA_DIR / "secret-key"
        if settings.LOCAL and key.exists():
            # One's own machine makes it up: without it no release would count.
            shutil.copyfile(key, found / "secret-key")
        yield found


def take(source, target):
    """Gather a folder without copying a byte where the disk allows that."""
    if source.is_dir():
        shutil.copytree(source, target, copy_function=link_or_copy, symlinks=True)


def take_editions(target):
    """Gather the editions. One that is swept away meanwhile is left out."""
    root = editions.root()
    target.mkdir()
    for number in editions.stored_numbers():
        try:
            take(root / str(number), target / str(number))
        except (OSError, shutil.Error):
            shutil.rmtree(target / str(number), ignore_errors=True)
    for place in (editions.second(), root):
        with suppress(FileNotFoundError):
            shutil.copyfile(place / taken_off.NAME, target / taken_off.NAME)
    if pinned := editions.pin():
        (target / editions.PINNED).write_text(str(pinned))
    current = editions.current_number()
    if current and (target / str(current)).is_dir():
        (target / "current").symlink_to(str(current))


def link_or_copy(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def files_of(root):
    """Return name -> SHA-256 of every file below a folder, but the manifest's."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink() and path != root / MANIFEST
    }


def database_in(root):
    found = [root / name for name in (databases.SQLITE, databases.POSTGRESQL)]
    there = [path for path in found if path.exists()]
    if len(there) != 1:
        raise BackupError("The backup holds no database.")
    return there[0]


def write_manifest(found, now):
    manifest = {
        "made": now.isoformat(),
        "rows": databases.check(database_in(found)),
        "files": files_of(found),
    }
    (found / MANIFEST).write_text(json.dumps(manifest, indent=1))
    return manifest


def pack(found, target):
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as raw:
        # Pages are compressed already: more effort would save little.
        with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=1) as tar:
            tar.add(found, arcname=".")
        raw.flush()
        os.fsync(raw.fileno())


@contextmanager
def unpacked(path):
    """Yield a folder with what a backup holds, after comparing all of it. Raises BackupError."""
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.DATA_DIR) as name:
        root = Path(name)
        try:
            with gzip.open(path) as raw:
                # To the end, where the sum of all bytes stands; tarfile stops before it.
                while raw.read(2**20):
                    pass
            with tarfile.open(path, "r:gz") as tar:
                extract(tar, root)
            manifest = json.loads((root / MANIFEST).read_text())
            whole = manifest["files"] == files_of(root)
            rows = manifest["rows"]
        except (OSError, EOFError, tarfile.TarError, zlib.error, ValueError, KeyError) as error:
            raise BackupError(f"{Path(path).name} is no whole backup: {error}.") from error
        if not whole or databases.check(database_in(root)) != rows:
            raise BackupError(f"{Path(path).name} is not as it was written.")
        yield root


def extract(tar, root):
    """Take out what pack() put in, into the folder `root`. Raises tarfile.TarError for anything else.

    `filter="data"` of Python 3.11.4 would do; the Python of Debian 12 is older.
    """
    members = tar.getmembers()
    for member in members:
        if not is_ours(member):
            raise tarfile.TarError(f"{member.name} does not belong there")
    # From 3.12 on Python warns where none was chosen; an older one asks for none.
    tar.extraction_filter = getattr(tarfile, "data_filter", None)
    tar.extractall(root, members)  # noqa: S202 - each was looked at


def is_ours(member):
    """Return whether a member of an archive is of a kind that pack() writes, and stays inside."""
    names = [Path(member.name), Path(member.linkname if member.islnk() else "")]
    if any(name.is_absolute() or ".." in name.parts for name in names):
        return False
    if member.issym():
        return names[0] == Path("editions/current") and member.linkname.isdigit()
    return member.isfile() or member.isdir() or member.islnk()


def check(path):
    """Unpack a backup and compare all of it. Raises BackupError."""
    with unpacked(path):
        pass


def sweep():
    """Delete the backups that are no longer kept. Return their paths."""
    found = kept()
    wanted = retention.to_keep(moment for moment, _ in found)
    gone = [path for moment, path in found if moment not in wanted]
    for path in gone:
        path.unlink()
    return gone
