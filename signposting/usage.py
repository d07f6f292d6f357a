"""On how many pages a service stands. Apps that have pages know; this one asks them."""

from collections import Counter
from collections.abc import Callable, Mapping

from .releases import in_force

counters: list[Callable[[], Mapping[str, int]]] = []


def register(counter: Callable[[], Mapping[str, int]]):
    """Add a function that returns, for each slug, on how many public pages it stands.

    Called in another app's AppConfig.ready().
    """
    counters.append(counter)


def pages() -> Counter:
    """Return slug -> number of public pages, over all apps."""
    total = Counter()
    for counter in counters:
        total.update(counter())
    return total


def answering() -> dict[str, str]:
    """Return, for each number of the emergency table, the slug of the service that answers it.

    Prose says [[101]]; the register calls that service by its own name.
    """
    services = [service for service in in_force().values() if service.emergency]
    return {service.first_route.emergency: service.slug for service in reversed(services)}
