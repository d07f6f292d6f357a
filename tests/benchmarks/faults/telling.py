"""What the run says of itself: what was met and what was not, how long each part took, on which machine."""

import os
import time
from contextlib import contextmanager

from ..tools import say

# The parts of which something was not met, once each.
not_met = []
part = "the start"


def met(right):
    """Return "met" or "NOT MET", which the end of the run says again with the name of its part."""
    if not right and part not in not_met:
        not_met.append(part)
    return "met" if right else "NOT MET"


@contextmanager
def timed(name):
    """Say how long a part took, and how busy the machine was as it began and as it ended.

    What goes wrong in it is told, and the next part begins all the same.
    """
    global part
    part, began, before = name, time.monotonic(), os.getloadavg()[0]
    try:
        yield
    except Exception as error:
        say(f"{name}: {type(error).__name__}: {error} ({met(False)})")
    say(
        f"{name} took {time.monotonic() - began:.0f} s; the machine's load {before:.1f} to {os.getloadavg()[0]:.1f}"
    )
