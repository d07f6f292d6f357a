"""What one page is to the others: enough to hold them all against each other, each time.

A page that was let through is not read again while it and what it is checked by are the same;
but another one may go away, or lose the place that a link leads to.
"""

from dataclasses import dataclass

from ..addresses import LEAVE


@dataclass(frozen=True, slots=True)
class Outline:
    """The places on a page, (path, place) of its links within the site, what it loads."""

    ids: frozenset = frozenset()
    links: frozenset = frozenset()
    loads: frozenset = frozenset()

    def stands(self, facts):
        """Return whether everything that it leads to and loads is in the edition."""
        return self.loads <= facts.files and all(is_there(*link, facts) for link in self.links)

    def as_json(self):
        return [sorted(self.ids), sorted(self.links), sorted(self.loads)]

    @classmethod
    def from_json(cls, found):
        ids, links, loads = found
        return cls(frozenset(ids), frozenset(map(tuple, links)), frozenset(loads))


def is_there(path, place, facts):
    """Return whether a path of the site is there, and the place on it if one is named."""
    if path in facts.pages:
        return not place or place in facts.pages[path].ids
    return path in facts.files or facts.by_django(path) or path == LEAVE
