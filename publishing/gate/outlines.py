"""What one page is to the others: enough to hold them all against each other, each time.

A page that was let through is not read again while it and what it is checked by are the same;
but another one may go away, or lose the place that a link leads to.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ..addresses import LEAVE


class Outline(NamedTuple):
    """The places on a page, (path, place) of its links within the site, what it loads.

    As JSON has it: a thousand are read and written for every print.
    """

    ids: Sequence[str] = ()
    links: Sequence[tuple[str, str]] = ()
    loads: Sequence[str] = ()

    def stands(self, facts):
        """Return whether everything that it leads to and loads is in the edition."""
        return facts.files.issuperset(self.loads) and all(
            is_there(*link, facts) for link in self.links
        )


def is_there(path, place, facts):
    """Return whether a path of the site is there, and the place on it if one is named."""
    if path in facts.pages:
        return not place or place in facts.pages[path].ids
    return path in facts.files or facts.by_django(path) or path == LEAVE
