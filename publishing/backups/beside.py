"""A copy of the edition that readers have, beside the editions: for when their folder is lost or damaged.

Its files are files of their own, not links: whatever is written into one is not in the other. It
is made after readers have the edition, so that no publishing waits for it; until then the copy is
of the edition before, and what was taken off since keeps it from being served. The pin of an edition
lies beside its copy too.
"""

import secrets
import shutil
from contextlib import suppress

from ..printing import editions
from ..printing.files import sync_all


def keep(number):
    """Have a whole copy of an edition, and of no other. Raises OSError."""
    place = editions.second()
    with suppress(editions.Damaged):
        editions.verify(number, place)
        return
    place.mkdir(exist_ok=True)
    draft = place / f"{editions.DRAFT}{secrets.token_hex(8)}"
    try:
        shutil.copytree(editions.root() / str(number), draft, copy_function=shutil.copyfile)
        # Now, when nobody waits for it: else the next print has the disk write this too.
        sync_all(draft)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    target = place / str(number)
    if target.exists():
        target.rename(place / f"{editions.DRAFT}{secrets.token_hex(8)}")
    draft.rename(target)
    # For a mirror that knows no numbers.
    link = place / f".current-{secrets.token_hex(8)}"
    link.symlink_to(target.name)
    link.replace(place / "current")
    for path in place.iterdir():
        if path.is_dir() and not path.is_symlink() and path != target:
            shutil.rmtree(path, ignore_errors=True)


def put_back(number):
    """Have a pinned edition in its own place again, from its copy. Raises Damaged, OSError.

    For when the whole folder was lost: the pin says that readers are to have it, and nothing newer.
    """
    editions.verify(number, editions.second())
    draft = editions.root() / f"{editions.DRAFT}{secrets.token_hex(8)}"
    try:
        shutil.copytree(editions.second() / str(number), draft, copy_function=shutil.copyfile)
        sync_all(draft)
        draft.rename(editions.root() / str(number))
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    editions.go_back_to(number)
