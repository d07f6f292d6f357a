"""Numbers that were taken off since an edition was printed, in a file beside the editions.

The workers read it too: an edition that holds one is never served by accident, whatever
becomes of the database, the disk and the newer editions. The same list lies in a second place, for
a day on which the whole folder of editions is lost: what is served then has to be known as safe.
"""

import contextlib
import os
import secrets

NAME = "taken-off"


def read(root):
    """Return the dial strings of all numbers that were printed once and must not be again."""
    for place in (root, second(root)):
        with contextlib.suppress(FileNotFoundError):
            return frozenset((place / NAME).read_text().split())
    return frozenset()


def second(root):
    """Return the folder beside the editions for what must not be lost with them."""
    return root.with_name(f"{root.name}-copy")


def is_known(root):
    """Return whether there is a list at all: without one nobody knows what was taken off."""
    return any((place / NAME).exists() for place in (root, second(root)))


def note(root, printed, known):
    """Write down what was `printed` (dial strings) and is not `known` now; what is, comes off."""
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
