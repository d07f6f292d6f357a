"""Who has something for the first page of the newsroom, and all of it together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from .parts import Event, Row


def nothing(request, now):
    return ()


@dataclass(frozen=True)
class DeskSource:
    """What one app has for the first page.

    starts(request, now)   where people begin their work: (words, address)
    sees(request, now)     sentences on what the public sees
    coming(request, now)   Events, in any order
    waiting(request, now)  Rows, in any order
    week(request, now)     sentences on the last seven days
    chart(request, now)    what templates/cookies/_chart.html draws of them, or None
    """

    name: str
    starts: Callable[[object, datetime], Iterable[tuple[str, str]]] = nothing
    sees: Callable[[object, datetime], Iterable[str]] = nothing
    coming: Callable[[object, datetime], Iterable[Event]] = nothing
    waiting: Callable[[object, datetime], Iterable[Row]] = nothing
    week: Callable[[object, datetime], Iterable[str]] = nothing
    chart: Callable[[object, datetime], dict | None] = nothing


registered: dict[str, DeskSource] = {}


def register(source: DeskSource):
    """Add what an app has. Registering a name again replaces it."""
    registered[source.name] = source


def gathered(request, now):
    """Return the parts of the first page: name -> list, in the order in which they are shown."""
    found = {
        part: [
            each for source in registered.values() for each in getattr(source, part)(request, now)
        ]
        for part in ("starts", "sees", "coming", "waiting", "week")
    }
    charts = (source.chart(request, now) for source in registered.values())
    found["chart"] = next(filter(None, charts), None)
    found["coming"].sort(key=lambda event: event.at)
    found["waiting"].sort(key=lambda row: row.urgency)
    return found
