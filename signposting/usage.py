"""On how many pages a service stands. The rooms that have pages know; this one asks them."""

from collections import Counter
from collections.abc import Callable, Mapping

counters: list[Callable[[], Mapping[str, int]]] = []


def register(counter: Callable[[], Mapping[str, int]]):
    """Add a function that returns, for each slug, on how many public pages it stands.

    Called in another room's AppConfig.ready().
    """
    counters.append(counter)


def pages() -> Counter:
    """Return slug -> number of public pages, over all rooms."""
    total = Counter()
    for counter in counters:
        total.update(counter())
    return total
