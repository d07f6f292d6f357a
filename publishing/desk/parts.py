"""What stands on the first page of the newsroom."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Urgency(IntEnum):
    """In which order things wait: first what readers are missing, last what can wait."""

    HELD_UP = 1
    BROKEN = 2
    TO_AGREE = 3
    OVERDUE = 4
    DRAFT = 5
    LATER = 6
    TO_READ = 7


# Of one sort so many rows are named; the rest is one row with their number.
NAMED = 5


@dataclass(frozen=True)
class Row:
    """One thing that waits: `tag` says its sort, `subject` is linked to `address`, `words` follow."""

    urgency: Urgency
    tag: str
    subject: str
    address: str
    words: str = ""


@dataclass(frozen=True)
class Event:
    """What readers will see change by itself: at an aware moment, of `subject`, in `words`.

    `move` is the address at which its time is changed, "" where it goes by the calendar.
    """

    at: datetime
    subject: str
    address: str
    words: str
    move: str = ""


def some(rows, others, address):
    """Return the first NAMED rows, and one for the rest: `others` says of what, linked to `address`."""
    rows = list(rows)
    rest = len(rows) - NAMED
    if rest <= 0:
        return rows
    first = rows[0]
    return [*rows[:NAMED], Row(first.urgency, first.tag, f"{rest} more {others}", address)]
