"""What was taken off since an edition was printed, a line each, in a file beside the editions.

A line is a number that nobody has now, or a number, web or email address, site to link to or
place with whose it was: the same one may still be somebody else's.

The workers read it too: an edition that holds one is never served by accident, whatever
becomes of the database, the disk and the newer editions. The same list lies in a second place, for
a day on which the whole folder of editions is lost: what is served then has to be known as safe.
"""

import contextlib
import os
import secrets

NAME = "taken-off"


def read(root):
    """Return the lines of all that was printed once and must not be again."""
    for place in (root, second(root)):
        with contextlib.suppress(FileNotFoundError):
            return frozenset(filter(None, (place / NAME).read_text().splitlines()))
    return frozenset()


def second(root):
    """Return the folder beside the editions for what must not be lost with them."""
    return root.with_name(f"{root.name}-copy")


def is_known(root):
    """Return whether there is a list at all: without one nobody knows what was taken off."""
    return any((place / NAME).exists() for place in (root, second(root)))


def held(manifest):
    """Return the lines of an edition that may be taken off, by its manifest."""
    # An edition that an earlier version of the site printed names its numbers alone.
    return frozenset(manifest["numbers"]) | frozenset(manifest.get("ways", ()))


def note(root, printed, known):
    """Write down what was `printed` (lines) and is not `known` now; what is, comes off."""
    before = read(root)
    off = (before | set(printed)) - set(known)
    for place in (root, second(root)):
        if off != before or not (place / NAME).exists():
            place.mkdir(exist_ok=True)
            write(place, off)
    if off - before:
        # A mirror asks no list. It gets the copy again when one of the new edition is made.
        (second(root) / "current").unlink(missing_ok=True)


def write(place, off):
    draft = place / f".{NAME}-{secrets.token_hex(8)}"
    with draft.open("w") as handle:
        handle.write("\n".join(sorted(off)))
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(place / NAME)
