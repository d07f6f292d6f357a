"""Editions on disk: write one, switch to it, load one whole, go back to an older one.

EDITIONS_DIR holds one folder an edition, named by its number, and `current`, a link to
the one that readers get. A folder holds `public/`, laid out as a web server would serve
it, `parts/`, and `manifest.json`, which names every file with its SHA-256 and is written
last. Nothing here asks the database.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from . import taken_off

KEPT = 10
DRAFT = "draft-"
ENCODINGS = {"br": ".br", "gzip": ".gz"}


class Damaged(Exception):
    """An edition is missing, incomplete or not as it was printed.

    The sentence names no file, for anybody may read it; the cause does.
    """


class TakenOff(Damaged):
    """An edition is whole, and holds a number that readers must not have again."""


@dataclass
class Item:
    """One thing of an edition: a page, a file or a part.

    `kind` is page, file, upload, data or part. `link_to` is the file on this machine that
    holds the same bytes, for what is linked rather than written.
    """

    kind: str
    type: str
    body: bytes
    encoded: dict[str, bytes] = field(default_factory=dict)
    link_to: Path | None = None


@dataclass
class Edition:
    """A whole edition in memory. `items` is address -> Item, `parts` name -> Item.

    `made` and `next_moment` are aware datetimes. `numbers` are the dial strings of every
    number the register held, `register` their hash; `set_aside` are the addresses that could
    not be made and stand as they were.
    """

    items: dict[str, Item]
    parts: dict[str, Item]
    made: datetime
    wanted: int = 0
    next_moment: datetime | None = None
    numbers: tuple[str, ...] = ()
    number: int = 0
    set_aside: list[str] = field(default_factory=list)

    @property
    def register(self):
        return digest("\n".join(self.numbers).encode())


def digest(body):
    return hashlib.sha256(body).hexdigest()


def root():
    return Path(settings.EDITIONS_DIR)


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


def stored_numbers():
    """Return the numbers of the editions on disk, newest first."""
    if not root().is_dir():
        return []
    return sorted(
        (int(path.name) for path in root().iterdir() if path.name.isdigit()), reverse=True
    )


def current_number():
    """Return the number of the edition that readers are to get, or None."""
    with contextlib.suppress(OSError, ValueError):
        return int((root() / "current").readlink().name)
    return None


# Writing


def write(edition):
    """Write an edition beside the others, whole and on the disk itself. Return its number.

    Until the last rename it is a draft, which nothing ever serves; so a print that is
    killed at any step leaves readers what they had.
    """
    root().mkdir(parents=True, exist_ok=True)
    draft = root() / f"{DRAFT}{secrets.token_hex(8)}"
    draft.mkdir()
    try:
        entries = {
            group: {name: put(draft, name, item) for name, item in items.items()}
            for group, items in (("items", edition.items), ("parts", edition.parts))
        }
        edition.number = max([*stored_numbers(), 0]) + 1
        manifest = {
            "number": edition.number,
            "made": edition.made.isoformat(),
            "wanted": edition.wanted,
            "next_moment": edition.next_moment and edition.next_moment.isoformat(),
            "register": edition.register,
            "numbers": edition.numbers,
            "set_aside": edition.set_aside,
            **entries,
        }
        put_bytes(draft / "manifest.json", json.dumps(manifest, indent=1).encode())
        for folder, _, _ in os.walk(draft):
            sync_folder(folder)
        draft.rename(root() / str(edition.number))
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    sync_folder(root())
    return edition.number


def put(draft, name, item):
    """Write one item and return what the manifest says of it."""
    path = draft / file_of(name, item)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not (item.link_to and linked(item.link_to, path)):
        put_bytes(path, item.body)
    for encoding, body in item.encoded.items():
        # Not linked: WhiteNoise rewrites its compressed files in place.
        put_bytes(path.with_name(path.name + ENCODINGS[encoding]), body)
    return {
        "file": str(path.relative_to(draft)),
        "kind": item.kind,
        "type": item.type,
        "sha256": digest(item.body),
        "encoded": {encoding: digest(body) for encoding, body in item.encoded.items()},
    }


def linked(source, path):
    """Make a hard link, and return whether that could be done: not across two disks."""
    with contextlib.suppress(OSError):
        path.hardlink_to(source)
        return True
    return False


def put_bytes(path, body):
    with path.open("wb") as handle:
        handle.write(body)
        handle.flush()
        os.fsync(handle.fileno())


def sync_folder(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def switch(number):
    """Make an edition the current one, with one rename."""
    link = root() / f".current-{secrets.token_hex(8)}"
    link.symlink_to(str(number))
    link.replace(root() / "current")
    sync_folder(root())


def sweep():
    """Delete what nobody needs: drafts that were cut short, and all but the last editions."""
    keep = {current_number(), *stored_numbers()[:KEPT]}
    for path in root().iterdir():
        if path.name.startswith((DRAFT, ".current-")):
            path.unlink() if path.is_symlink() else shutil.rmtree(path)
        elif path.name.isdigit() and int(path.name) not in keep:
            # Out of sight first: a worker must not find half of it.
            gone = path.rename(root() / f"{DRAFT}{path.name}")
            shutil.rmtree(gone)


# Reading


def load(number):
    """Return an edition, whole, after comparing every file with its hash.

    Raises Damaged, and TakenOff if it holds a number that was taken off since.
    """
    folder = root() / str(number)
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        edition = Edition(
            items={name: get(folder, entry) for name, entry in manifest["items"].items()},
            parts={name: get(folder, entry) for name, entry in manifest["parts"].items()},
            made=datetime.fromisoformat(manifest["made"]),
            wanted=manifest["wanted"],
            next_moment=manifest["next_moment"] and datetime.fromisoformat(manifest["next_moment"]),
            numbers=tuple(manifest["numbers"]),
            number=manifest["number"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(f"Edition {number} cannot be read.") from error
    if (
        edition.number != number
        or edition.register != manifest["register"]
        or "/" not in edition.items
    ):
        raise Damaged(f"Edition {number} is not as it was printed.")
    if set(edition.numbers) & taken_off.read(root()):
        raise TakenOff(f"Edition {number} holds a number that was taken off since.")
    return edition


def get(folder, entry):
    path = folder / entry["file"]
    body = path.read_bytes()
    encoded = {
        encoding: path.with_name(path.name + ENCODINGS[encoding]).read_bytes()
        for encoding in entry["encoded"]
    }
    hashes = {encoding: digest(content) for encoding, content in encoded.items()}
    if digest(body) != entry["sha256"] or hashes != entry["encoded"]:
        changed = ValueError(f"{path} has other bytes than were printed.")
        raise Damaged(f"Edition {folder.name} is not as it was printed.") from changed
    return Item(entry["kind"], entry["type"], body, encoded)


def summary(number):
    """Return the manifest of an edition as a dictionary. Raise Damaged if it cannot be read."""
    try:
        return json.loads((root() / str(number) / "manifest.json").read_bytes())
    except (OSError, ValueError) as error:
        raise Damaged(f"Edition {number} cannot be read.") from error


def note_taken_off(known):
    """Write down which numbers of the editions on disk are not among the known dial strings."""
    printed = set()
    for number in stored_numbers():
        with contextlib.suppress(Damaged, KeyError):
            printed.update(summary(number)["numbers"])
    taken_off.note(root(), printed, known)


def current_register():
    """Return the numbers that the register held when the current edition was printed."""
    try:
        return set(summary(current_number())["numbers"])
    except Damaged:
        return set()


def load_best():
    """Return the current edition, or the newest older one that is whole, and what was wrong.

    The answer is (edition or None, list of sentences). None means that no edition on this
    machine can be served.
    """
    current = current_number()
    older = [number for number in stored_numbers() if current is None or number < current]
    wrong = []
    for number in [current, *older] if current else older:
        try:
            return load(number), wrong
        except Damaged as error:
            wrong.append(str(error))
    return None, wrong or ["No edition has been printed."]


# Going back


def pin():
    """Return the number of the edition that somebody went back to and pinned, or None."""
    with contextlib.suppress(OSError, ValueError):
        return int((root() / "pinned").read_text())
    return None


def go_back_to(number):
    """Serve an older edition, and no newer one until release_pin(). Raise Damaged."""
    load(number)
    put_bytes(root() / "pinned", str(number).encode())
    switch(number)


def release_pin():
    """Let the next print be served again."""
    (root() / "pinned").unlink(missing_ok=True)
