"""On which pages a service stands. Apps that have pages know; this one asks them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from .releases import in_force

# Names and addresses of pages.
Places = list[tuple[str, str]]
sources: list[Callable[[], Mapping[str, Places]]] = []


def register(source: Callable[[], Mapping[str, Places]]):
    """Add a function that returns, for each slug, the public pages on which it stands.

    Called in another app's AppConfig.ready().
    """
    sources.append(source)


def named() -> dict[str, Places]:
    """Return slug -> (name, address) of the public pages on which it stands, over all apps."""
    found = defaultdict(list)
    for source in sources:
        for slug, places in source().items():
            found[slug] += places
    return found


def pages() -> Counter:
    """Return slug -> number of public pages, over all apps."""
    return Counter({slug: len(places) for slug, places in named().items()})


def answering() -> dict[str, str]:
    """Return, for each number of the emergency table, the slug of the service that answers it.

    Prose says [[101]]; the register calls that service by its own name.
    """
    services = [service for service in in_force().values() if service.emergency]
    return {service.first_route.emergency: service.slug for service in reversed(services)}
