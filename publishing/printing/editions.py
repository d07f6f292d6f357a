"""Editions on disk: write one, switch to it, load one whole, go back to an older one.

EDITIONS_DIR holds one folder an edition, named by its number, and `current`, a link to
the one that readers get. A folder holds `public/`, laid out as a web server would serve
it, `parts/`, and `manifest.json`, which names every file with its SHA-256 and is written
last. Nothing here asks the database.
"""

import contextlib
import json
import secrets
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path

from django.conf import settings

from . import files, taken_off
from .files import Item, digest, sync

KEPT = 10
DRAFT = "draft-"
OUTLINES = "outlines.json"
PINNED = "pinned"


class Damaged(Exception):
    """An edition is missing, incomplete or not as it was printed.

    The sentence names no file, for anybody may read it; the cause does.
    """


class TakenOff(Damaged):
    """An edition is whole, and holds a number or an address that readers must not have again."""


@dataclass
class Edition:
    """A whole edition in memory. `items` is address -> Item, `parts` name -> Item.

    `made` and `next_moment` are aware datetimes. `numbers` are the dial strings of every
    number the register held, `ways` what sources.ways() gave, `register` the hash of both; `set_aside` are the addresses that could
    not be made and stand as they were, and `records` what stands in the place of each record
    that is: name -> records.Stands. `outlines` are (place, hash) -> gate.Outline of what
    the gate let through, by the checks that `checked_with` stands for. `kept` is what
    sources.kept() gave.
    """

    items: dict[str, Item]
    parts: dict[str, Item]
    made: datetime
    wanted: int = 0
    next_moment: datetime | None = None
    numbers: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    number: int = 0
    set_aside: list[str] = field(default_factory=list)
    records: dict[str, str] = field(default_factory=dict)
    outlines: dict = field(default_factory=dict)
    checked_with: str = ""
    kept: dict = field(default_factory=dict)

    @property
    def register(self):
        return register_of(self.numbers, self.ways)


def register_of(numbers, ways):
    """Return the hash of the numbers and the ways that a register held."""
    return digest("\n".join([*numbers, *ways]).encode())


def root():
    return Path(settings.EDITIONS_DIR)


def second():
    """Return the folder that holds a copy of what readers have, for when root() is lost."""
    return taken_off.second(root())


def stored_numbers(place=None):
    """Return the numbers of the editions on disk, in root() if no place is given, newest first."""
    place = place or root()
    if not place.is_dir():
        return []
    return sorted((int(path.name) for path in place.iterdir() if path.name.isdigit()), reverse=True)


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
            group: {name: files.put(draft, name, item) for name, item in items.items()}
            for group, items in (("items", edition.items), ("parts", edition.parts))
        }
        edition.number = max([*stored_numbers(), *stored_numbers(second()), 0]) + 1
        manifest = {
            "number": edition.number,
            "made": edition.made.isoformat(),
            "wanted": edition.wanted,
            "next_moment": edition.next_moment and edition.next_moment.isoformat(),
            "register": edition.register,
            "numbers": edition.numbers,
            "ways": edition.ways,
            "set_aside": edition.set_aside,
            "records": edition.records,
            "checked_with": edition.checked_with,
            "outlines": put_outlines(draft, edition),
            "kept": edition.kept,
            **entries,
        }
        (draft / "manifest.json").write_bytes(json.dumps(manifest).encode())
        files.sync_all(draft)
        draft.rename(root() / str(edition.number))
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    sync(root())
    return edition.number


def put_outlines(draft, edition):
    """Write what the next print need not read again, beside what is served."""
    places = {**edition.items, **edition.parts}
    held = [
        [place, sha256, *found]
        for (place, sha256), found in edition.outlines.items()
        if place in places and places[place].sha256 == sha256
    ]
    item = Item("outlines", "application/json", json.dumps(held).encode())
    (draft / OUTLINES).write_bytes(item.body)
    return files.entry_of(OUTLINES, item)


def switch(number):
    """Make an edition the current one, with one rename."""
    link = root() / f".current-{secrets.token_hex(8)}"
    link.symlink_to(str(number))
    link.replace(root() / "current")
    sync(root())


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


def manifest(number, place=None):
    """Return the manifest of an edition that may be served, if its files are as it says.

    It lies in root(), if no other place is given. Raises Damaged, and TakenOff if the edition
    holds what was taken off since.
    """
    found = summary(number, place)
    try:
        right = (
            found["number"] == number
            and found["register"] == register_of(found["numbers"], found.get("ways", ()))
            and "/" in found["items"]
        )
        datetime.fromisoformat(found["made"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(f"Edition {number} cannot be read.") from error
    if not right:
        raise Damaged(f"Edition {number} is not as it was printed.")
    if taken_off.held(found) & taken_off.read(root()):
        raise TakenOff(f"Edition {number} holds a number or address that was taken off since.")
    return found


def read(number, take, place=None):
    """Return the manifest, and name -> take(name, entry, read) of items and of parts.

    `read(entry)` returns the Item, after comparing its files with their hashes. Raises Damaged.
    """
    found, folder = manifest(number, place), (place or root()) / str(number)
    try:
        return found, *(
            {name: take(name, entry, partial(get, folder)) for name, entry in found[group].items()}
            for group in ("items", "parts")
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(f"Edition {number} cannot be read.") from error


def load(number, place=None):
    """Return an edition, whole, after comparing every file with its hash. Raises Damaged."""
    found, items, parts = read(number, lambda name, entry, get: get(entry), place)
    return Edition(
        items=items,
        parts=parts,
        made=datetime.fromisoformat(found["made"]),
        wanted=found["wanted"],
        next_moment=found["next_moment"] and datetime.fromisoformat(found["next_moment"]),
        numbers=tuple(found["numbers"]),
        ways=tuple(found.get("ways", ())),
        number=number,
    )


def verify(number, place=None):
    """Return the manifest of an edition, after comparing every file with its hash. Raises Damaged."""
    return read(number, lambda name, entry, get: get(entry) and None, place)[0]


def get(folder, entry):
    """Return the Item that a manifest names in this way. Raises Damaged, OSError."""
    try:
        return files.take(folder, entry)
    except ValueError as changed:
        raise Damaged(f"Edition {folder.name} is not as it was printed.") from changed


def summary(number, place=None):
    """Return the manifest of an edition as a dictionary. Raise Damaged if it cannot be read."""
    try:
        return json.loads(((place or root()) / str(number) / "manifest.json").read_bytes())
    except (OSError, ValueError) as error:
        raise Damaged(f"Edition {number} cannot be read.") from error


def head(number, place=None):
    """Return what summary() does, without "items" and "parts". Raises Damaged.

    It is kept, for a print asks a dozen times, and must not be changed.
    """
    path = (place or root()) / str(number) / "manifest.json"
    try:
        return read_head(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, AttributeError) as error:
        raise Damaged(f"Edition {number} cannot be read.") from error


@lru_cache(maxsize=2 * KEPT)
def read_head(path, written):
    """Return the head of a manifest; `written` is when, for a number may be used again."""
    found = json.loads(path.read_bytes())
    return {name: what for name, what in found.items() if name not in ("items", "parts")}


def note_taken_off(known):
    """Write down what the editions on disk hold, see held(), and is not `known` now."""
    printed = set()
    for number in stored_numbers():
        with contextlib.suppress(Damaged, KeyError):
            printed |= taken_off.held(head(number))
    taken_off.note(root(), printed, known)


def current_register():
    """Return the numbers that the register held when the current edition was printed."""
    try:
        return set(head(current_number())["numbers"])
    except Damaged:
        return set()


def load_best(load=load):
    """Return the current edition, its copy, or the newest older one that is whole, and what was wrong.

    `load` takes a number and a place, and raises Damaged. The answer is (edition or None, list of
    sentences). None means that no edition on this machine can be served.
    """
    current, wrong = current_number(), []
    here = {*stored_numbers(), current} - {None}
    found = [
        *((number, root()) for number in here),
        *((n, second()) for n in stored_numbers(second())),
    ]
    # The newest first; a copy comes after the same one in its own place.
    for number, place in sorted(found, key=lambda one: -one[0]):
        if current is not None and number > current:
            continue
        try:
            edition = load(number, place)
        except Damaged as error:
            wrong.append(str(error))
            continue
        from_copy = [f"Edition {number} is served from its copy."] if place == second() else []
        return edition, [*wrong, *from_copy]
    return None, wrong or ["No edition has been printed."]


# Going back


def pin():
    """Return the number of the edition that somebody went back to and pinned, or None.

    Where the whole of root() was lost second() says so, if that edition's copy is there too.
    """
    with contextlib.suppress(OSError, ValueError):
        return int((root() / PINNED).read_text())
    with contextlib.suppress(OSError, ValueError):
        number = int((second() / PINNED).read_text())
        if current_number() is None and number in stored_numbers(second()):
            return number
    return None


def go_back_to(number):
    """Serve an older edition, and no newer one until release_pin(). Raise Damaged."""
    load(number)
    keep_pin(number)
    switch(number)


def keep_pin(number):
    """Write down that an edition is pinned, in both places."""
    for place in (root(), second()):
        place.mkdir(exist_ok=True)
        files.put_bytes(place / PINNED, str(number).encode())


def release_pin():
    """Let the next print be served again."""
    for place in (second(), root()):
        (place / PINNED).unlink(missing_ok=True)
