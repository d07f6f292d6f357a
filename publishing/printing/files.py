"""The files of an edition: one item each, with its compressed forms beside it."""

import contextlib
import ctypes
import hashlib
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ENCODINGS = {"br": ".br", "gzip": ".gz"}


def digest(body):
    return hashlib.sha256(body).hexdigest()


@dataclass
class Item:
    """One thing of an edition: a page, a file or a part.

    `kind` is page, file, upload, data, part or moved: an address whose page is elsewhere now,
    which `body` says. `link_to` is the file on this machine that holds the same bytes, for
    what is linked rather than written. `made_from` is the key of what a page was made from,
    "" where nobody can say. `names` are the addresses of our files that a page names, None where
    nobody looked.
    """

    kind: str
    type: str
    body: bytes
    encoded: dict[str, bytes] = field(default_factory=dict)
    link_to: Path | None = None
    made_from: str = ""
    names: list[str] | None = None

    @cached_property
    def sha256(self):
        return digest(self.body)


def file_of(address, item):
    """Return the path, below the edition's folder, of an address's file."""
    if item.kind == "part":
        return f"parts/{address}.html"
    name = address.lstrip("/")
    # /services and /services/1 are both addresses; a folder and a file cannot share a name.
    if name.endswith("/") or "." not in name.rpartition("/")[2]:
        ending = {"text/html": "html", "application/json": "json"}.get(item.type.split(";")[0])
        name = f"{name.rstrip('/')}/index.{ending or 'txt'}".lstrip("/")
    if any(part in ("", ".", "..") for part in name.split("/")) or "\0" in name:
        raise ValueError(f"{address!r} is no address for a file.")
    return f"public/{name}"


def put(draft, name, item):
    """Write one item and return what the manifest says of it."""
    file = file_of(name, item)
    path = draft / file
    path.parent.mkdir(parents=True, exist_ok=True)
    if not (item.link_to and linked(item, path)):
        path.write_bytes(item.body)
    for encoding, body in item.encoded.items():
        # Not linked: WhiteNoise rewrites its compressed files in place.
        path.with_name(path.name + ENCODINGS[encoding]).write_bytes(body)
    return entry_of(file, item)


def entry_of(file, item):
    return {
        "file": file,
        "kind": item.kind,
        "type": item.type,
        "sha256": item.sha256,
        "encoded": {encoding: digest(body) for encoding, body in item.encoded.items()},
        "made_from": item.made_from,
        "names": item.names,
    }


def take(folder, entry):
    """Return the Item of an entry of a manifest. Raises ValueError if its bytes are others."""
    path = folder / entry["file"]
    body = path.read_bytes()
    encoded = {
        encoding: path.with_name(path.name + ENCODINGS[encoding]).read_bytes()
        for encoding in entry["encoded"]
    }
    hashes = {encoding: digest(content) for encoding, content in encoded.items()}
    # An edition that an earlier version of the site printed does not say these.
    made_from, names = entry.get("made_from", ""), entry.get("names")
    item = Item(entry["kind"], entry["type"], body, encoded, None, made_from, names)
    if item.sha256 != entry["sha256"] or hashes != entry["encoded"]:
        raise ValueError(f"{path} has other bytes than were printed.")
    return item


def linked(item, path):
    """Make a hard link, and return whether that could be done: not across two disks."""
    with contextlib.suppress(OSError):
        path.hardlink_to(item.link_to)
        return True
    return False


def sync_all(folder):
    """Have the disk itself hold all that was written on the disk of a folder. Raises OSError.

    One call for all of it (Linux, man 2 syncfs): one a file took as long as making the pages.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "syncfs"):
        # Nor does it say here whether it worked.
        os.sync()
        return
    with opened(folder) as handle:
        if libc.syncfs(handle):
            raise OSError(ctypes.get_errno(), "The disk could not be written")


def put_bytes(path, body):
    path.write_bytes(body)
    sync(path)


def sync(path):
    """Have the disk itself hold a file, or the names in a folder. Raises OSError."""
    with opened(path) as handle:
        os.fsync(handle)


@contextlib.contextmanager
def opened(path):
    handle = os.open(path, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)
