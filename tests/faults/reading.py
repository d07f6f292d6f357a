"""Reads during faults, and what was wrong with them."""

import json
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field

from ..publishing.readers import Reader, numbers, reading
from .faults import FAULTS, broken

PATHS = ["/", "/help/", "/signs/", "/advice/reporting/", "/privacy/"]


@dataclass
class Seen:
    """What readers saw of some faults: how many answers, which were not as before, how long the
    slowest took in seconds, and how many did not carry 999."""

    faults: tuple
    reads: int = 0
    wrong: Counter = field(default_factory=Counter)
    without: int = 0
    slowest: float = 0.0

    def __str__(self):
        wrong = ", ".join(f"{count} times {what}" for what, count in self.wrong.items())
        return (
            f"{' and '.join(self.faults)}: {self.reads} reads, slowest {self.slowest * 1000:.0f} ms, "
            f"{sum(self.wrong.values())} wrong{f' ({wrong})' if wrong else ''}, {self.without} without 999"
        )


def as_they_are(server):
    """Return path -> (status, body) of what readers get while nothing is wrong."""
    with closing(Reader(server.url)) as reader:
        found = {path: reader.get(path) for path in PATHS}
    assert {status for status, _ in found.values()} == {200}
    assert all(b"tel:999" in body for _, body in found.values())
    return found


def as_before(server, before, workers):
    """Return whether so many workers, each asked on a connection of its own, have one edition: that."""
    found = {}
    for _ in range(workers * 20):
        with closing(Reader(server.url)) as reader:
            said = json.loads(reader.get("/-/ready")[1])
        found[said["worker"]] = said["edition"]
        if len(found) == workers:
            break
    if len(found) < workers or len(set(found.values())) > 1 or not all(found.values()):
        return False
    with closing(Reader(server.url)) as reader:
        return all(reader.get(path) == before[path] for path in PATHS)


def is_copied(server):
    """Return whether the copy beside the editions is of the one that readers have."""
    links = [server.data_dir / name / "current" for name in ("editions", "editions-copy")]
    return (
        all(link.is_symlink() for link in links) and len({link.readlink() for link in links}) == 1
    )


def is_right(answer, before, names):
    """Return whether readers got what they had. On another day the hours of that day may stand there."""
    if not any(name.startswith("clock") for name in names):
        return answer == before
    return answer[0] == 200 and numbers(answer[1]) == numbers(before[1])


def read_during(server, names, before, enough, known=FAULTS):
    """Break a server in each of the named ways, read at least so often, and mend it. Return Seen.

    `known` is name of a fault -> what breaks a server and mends it again.
    """
    seen = Seen(tuple(names))
    workers = len(server.workers())
    # Made within seconds of a print, which the fault before may have had.
    server.wait_until(lambda: is_copied(server))
    with reading(server.url, PATHS, readers=3) as told, broken(server, names, known):
        server.wait_until(lambda: len(told) >= enough, seconds=120)
    # What this fault did is not counted as the next one's.
    server.wait_until(
        lambda: len(server.workers()) == workers and as_before(server, before, workers)
    )
    for _, took, path, status, body in told:
        seen.reads += 1
        seen.slowest = max(seen.slowest, took)
        if not is_right((status, body), before[path], names):
            seen.wrong[f"{status} {body[:60]!r}" if status == 0 else status] += 1
        if b"tel:999" not in body:
            seen.without += 1
    return seen
