"""Numbers that were taken off since an edition was printed, in a file beside the editions.

The workers read it too: an edition that holds one is never served by accident, whatever
becomes of the database, the disk and the newer editions.
"""

import os
import secrets

NAME = "taken-off"


def read(root):
    """Return the dial strings of all numbers that were printed once and must not be again."""
    try:
        return frozenset((root / NAME).read_text().split())
    except FileNotFoundError:
        return frozenset()


def note(root, printed, known):
    """Write down what was `printed` (dial strings) and is not `known` now; what is, comes off."""
    before = read(root)
    off = (before | set(printed)) - set(known)
    if off == before:
        return
    draft = root / f".{NAME}-{secrets.token_hex(8)}"
    with draft.open("w") as handle:
        handle.write("\n".join(sorted(off)))
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(root / NAME)
