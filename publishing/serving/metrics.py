"""What a monitor on this machine may read, in Prometheus' text: /-/metrics."""

import ipaddress
import logging
import threading
import time

from ..addresses import AddressKind
from . import counting
from .django_bridge import Refused
from .responses import answer

log = logging.getLogger(__name__)

# Seconds between two writings of what this worker counts.
OFTEN = 1
# A proxy on the same machine speaks for somebody else, and says so in one of these.
FORWARDED = {b"forwarded", b"via", b"x-real-ip"}


class Metrics:
    """An ASGI application: numbers of the site and its workers, and nothing of any reader.

    Only who asks on this machine itself gets them; for anybody else there is no such address.
    """

    def __init__(self, loader, django, headers_for, table=counting.table):
        self.loader = loader
        self.django = django
        self.table = table
        self.headers = {
            "Content-Type": "text/plain; version=0.0.4; charset=utf-8",
            "Cache-Control": "no-store",
            **headers_for("file"),
        }
        self.closing = threading.Event()

    async def __call__(self, scope, receive, send):
        if not is_of_this_machine(scope):
            raise Refused(404)
        self.write()
        text = "".join(self.lines(time.time())).encode()
        await answer(200, self.headers, text, kind=AddressKind.OPERATOR).send(send)

    # Counting

    def open(self):
        """Begin to write what this worker counts, in a thread of its own."""
        self.write()
        threading.Thread(target=self.keep_writing, name="metrics", daemon=True).start()

    def close(self):
        self.closing.set()
        self.write()

    def keep_writing(self):
        while not self.closing.wait(OFTEN):
            try:
                self.write()
            except Exception:
                log.exception("What was counted could not be written.")

    def write(self):
        served = self.loader.served
        self.table.write(
            {
                "edition": served.number if served else 0,
                "made": int(served.made.timestamp()) if served else 0,
                "memory": counting.memory(),
                **{
                    (name, what): getattr(lane, what)
                    for name, lane in self.django.lanes.items()
                    for what in counting.OF_A_LANE
                },
            }
        )

    # Telling

    def lines(self, now):
        """Yield the lines of Prometheus' text format, version 0.0.4. `now` is in seconds since 1970."""
        workers = self.table.workers()
        yield from metric(
            "answers_total",
            "counter",
            "Answers since the server started, by kind of address and status.",
            [
                ({"kind": kind, "status": status}, count)
                for (kind, status), count in self.table.total().items()
            ],
        )
        yield from metric(
            "start_time_seconds",
            "gauge",
            "When the server started, in seconds since 1970.",
            [({}, round(self.table.started, 3))],
        )
        yield from metric("workers", "gauge", "Workers that answer.", [({}, len(workers))])
        for name, help_text, number in (
            (
                "edition",
                "The edition that readers get; 0 without one.",
                lambda each: each["edition"],
            ),
            (
                "edition_age_seconds",
                "Seconds since that edition was printed.",
                lambda each: round(now) - each["made"] if each["made"] else None,
            ),
            (
                "worker_memory_bytes",
                "Memory that a worker has in use.",
                lambda each: each["memory"],
            ),
        ):
            yield from metric(
                name,
                "gauge",
                help_text,
                [({"worker": row}, number(each)) for row, each in workers.items()],
            )
        for what, help_text in (
            ("inside", "Requests that Django is busy with."),
            ("waiting", "Requests that wait for Django."),
            ("held", "Bytes of bodies that are held for Django."),
        ):
            yield from metric(
                f"lane_{what}",
                "gauge",
                help_text,
                [
                    ({"lane": lane}, sum(each[lane, what] for each in workers.values()))
                    for lane in counting.LANES
                ],
            )


def metric(name, kind, help_text, samples):
    """Yield the lines of one metric; `samples` are (labels, number or None where there is none)."""
    yield f"# HELP site_{name} {help_text}\n# TYPE site_{name} {kind}\n"
    for labels, number in samples:
        if number is not None:
            said = ",".join(f'{label}="{value}"' for label, value in labels.items())
            yield f"site_{name}{{{said}}} {number}\n" if said else f"site_{name} {number}\n"


def is_of_this_machine(scope):
    """Return whether a request came from this machine itself, and through no proxy."""
    client = scope.get("client")
    through = any(
        name in FORWARDED or name.startswith(b"x-forwarded-") for name, _ in scope["headers"]
    )
    try:
        return bool(client) and not through and ipaddress.ip_address(client[0]).is_loopback
    except ValueError:
        return False
