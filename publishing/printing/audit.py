"""Once a day the pages are made from nothing and held against those that were taken over.

What differs was made from something that its key does not know. Then staff and the operator
are told, and nothing is taken over until a day on which nothing differs.
"""

import contextlib
import json
import logging
from datetime import datetime

from .. import sources
from . import editions
from .files import put_bytes
from .made_from import Keys
from .render import Renderer
from .snapshot import snapshot

log = logging.getLogger(__name__)

NAME = "differs"


def compare():
    """Make the current edition's pages again, as at its own moment. Return the paths that differ.

    Only those are compared whose keys are still the same: nothing that is known of changed.
    Raises Damaged, and what a database raises.
    """
    manifest = editions.manifest(editions.current_number())
    made = datetime.fromisoformat(manifest["made"])
    with snapshot():
        keys, renderer = Keys(made, sources.known()), Renderer(made)
        same = [
            (address, manifest["items"][address.path])
            for address in sources.addresses(made)
            if is_same(manifest["items"].get(address.path), keys.of(address))
        ]
        found = [a.path for a, entry in same if not is_equal(renderer.item(a), entry)]
    note(found)
    return found


def is_same(entry, key):
    return bool(entry and key) and entry.get("made_from") == key


def is_equal(item, entry):
    return isinstance(item, editions.Item) and item.sha256 == entry["sha256"]


def note(found):
    """Write down what differs, for all processes of this machine."""
    if not found:
        (editions.root() / NAME).unlink(missing_ok=True)
        return
    log.error("These pages were not made from what they should be: %s", ", ".join(found))
    put_bytes(editions.root() / NAME, json.dumps(found).encode())


def differing():
    """Return the paths that differed when they were last compared."""
    with contextlib.suppress(OSError, ValueError):
        return json.loads((editions.root() / NAME).read_bytes())
    return []


def alarms():
    """Return a sentence for staff and the operator where pages differed."""
    found = differing()
    if not found:
        return []
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return [
        f"The page {found[0]}{more} changed without a reason that the site knows. "
        "Every page is made anew each time until this is mended. Tell whoever runs the site."
    ]
