"""A copy of the edition that readers have, beside the editions: for when their folder is lost or damaged.

Its files are files of their own, not links: whatever is written into one is not in the other. It
is made after readers have the edition, so that no publishing waits for it; until then the copy is
of the edition before, and what was taken off since keeps it from being served. The pin of an edition
lies beside its copy too.
"""

import secrets
import shutil
from contextlib import suppress
from math import inf

from ..printing import editions
from ..printing.files import sync_all
from ..printing.lock import Busy, Lock


def keep(number):
    """Have a whole copy of an edition, and of no other. Does nothing while another process makes one.

    Raises OSError, and Damaged where the edition itself may not be served as it is: the copy that
    there was stays.
    """
    place = editions.second()
    with suppress(editions.Damaged, OSError):
        editions.verify(number, place)
        if (place / "current").readlink().name == str(number):
            return
    lock = Lock(place / "copy.lock", expires=inf)
    with suppress(Busy):
        lock.take()
        try:
            make(number, place)
        finally:
            lock.release()


def make(number, place):
    """Copy an edition into a place, and delete every other folder there. See keep()."""
    draft = place / f"{editions.DRAFT}{secrets.token_hex(8)}"
    copy, target = draft / str(number), place / str(number)
    try:
        shutil.copytree(editions.root() / str(number), copy, copy_function=shutil.copyfile)
        editions.verify(number, draft)
        # Now, when nobody waits for it: else the next print has the disk write this too.
        sync_all(draft)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    if target.exists():
        target.rename(draft / "replaced")
    copy.rename(target)
    # For a mirror that knows no numbers.
    link = place / f".current-{secrets.token_hex(8)}"
    link.symlink_to(target.name)
    link.replace(place / "current")
    try:
        editions.manifest(number, place)
    except editions.Damaged:
        # Something of it was taken off meanwhile, and a mirror asks no list.
        (place / "current").unlink(missing_ok=True)
        raise
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
