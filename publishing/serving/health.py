"""Whether readers get what the newsroom says, for the operator: /-/ready."""

import asyncio
import json
import os
import platform
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from .. import backups, sources
from ..addresses import AddressKind
from ..models import Print, Wanted
from ..printing import editions
from ..printing.schedule import is_of_another_day
from .responses import answer

# The database has so long to answer, in seconds. Readers wait for it never.
PATIENCE = 0.25
# What is published is printed within so long, among thousands of pages too.
PRINTED = timedelta(minutes=3)
# A disk with less room than this, in MiB, may take no further edition.
ROOM = 64


class Ready:
    """An ASGI application that says what is served and what is wrong, as JSON.

    Numbers and sentences only: no path, no process number, nothing of this machine.

    503 where `failing` says something: readers get something else than the newsroom says, or
    would after a restart, or a backup is overdue. It is for a monitor, which wakes somebody; a
    balancer asks for a page instead, or one overdue backup would take the whole site away.
    """

    def __init__(self, loader, headers_for):
        self.loader = loader
        self.headers = {
            "Content-Type": "application/json",
            "Cache-Control": "no-store",
            **headers_for("file"),
        }
        # One thread: while one question hangs, no second one is asked.
        self.probe = ThreadPoolExecutor(1, thread_name_prefix="ready")
        self.asked, self.found = None, {}
        self.worker = None
        # The edition that was seen to be older than what is wanted, and since when.
        self.behind = None, 0.0

    async def __call__(self, scope, receive, send):
        served = self.loader.served
        # A name that means nothing: enough to tell workers apart, made after they have parted.
        self.worker = self.worker or secrets.token_hex(4)
        found = await self.newsroom()
        now = timezone.now()
        failing = [
            *self.loader.wrong,
            *found.pop("failing", []),
            *(late(served, now) if served else ["No edition can be served."]),
            *self.not_printed(served, found),
        ]
        said = {
            "failing": failing,
            "worker": self.worker,
            "edition": served and served.number,
            "edition_age_seconds": served and round((now - served.made).total_seconds()),
            "wrong": self.loader.wrong,
            **found,
        }
        status = 503 if failing else 200
        text = json.dumps(said).encode()
        await answer(status, self.headers, text, kind=AddressKind.OPERATOR).send(send)

    async def newsroom(self):
        """Return what the disk and the database say so far, or that they say nothing."""
        if not self.asked or self.asked.done():
            self.found = {}
            self.asked = asyncio.get_running_loop().run_in_executor(self.probe, look, self.found)
        await asyncio.wait([self.asked], timeout=PATIENCE)
        return {"disk_free_mb": None, "database": "no answer", **self.found}

    def not_printed(self, served, found):
        """Yield a sentence if what was wanted has been missing from this edition for too long."""
        if not served or found.get("wanted", served.wanted) == served.wanted:
            return
        number, since = self.behind
        if number != served.number:
            # It may be under way: only the next who asks can tell.
            self.behind = served.number, time.monotonic()
        elif time.monotonic() > since + PRINTED.total_seconds():
            yield "What was published last has not been printed."


def late(served, now):
    """Yield a sentence for each thing that time alone should have changed in an edition by now."""
    then = now - PRINTED
    if served.next_moment and served.next_moment <= then:
        yield "A change that was due has not been printed."
    elif is_of_another_day(served.made, then) and served.made < then:
        yield "No edition has been printed today."


def look(found):
    """Write into `found` what the disk and the database say: the disk first, for it is quicker."""
    disk = os.statvfs(editions.root().parent)
    found["disk_free_mb"] = disk.f_bavail * disk.f_frsize // 2**20
    found["pinned"] = editions.pin()
    now = timezone.now()
    found["failing"] = list(of_disk(found)) + list(filter(None, [backups.overdue(now)]))
    try:
        found["wanted"] = Wanted.now()
        found["alarms"] = sources.alarms()
        # The addresses alone: what is wrong with them may quote what is not public.
        problems = Print.objects.problems(now)
        found["set_aside"] = sorted({each["page"] for each in problems if each["edition"]})
        if found["set_aside"]:
            found["failing"].append("Some of it stands as it was printed last, or is not there.")
        if Print.objects.held_up(platform.node()):
            found["failing"].append("The last print was held up.")
        found["database"] = "answers"
    except Exception as error:
        found["database"] = f"fails: {type(error).__name__}"
    finally:
        connection.close()


def of_disk(found):
    if found["pinned"]:
        yield f"Readers see edition {found['pinned']}, which somebody went back to, and no newer one."
    if editions.root().exists() and not os.access(editions.root(), os.W_OK):
        yield "The folder of editions can only be read."
    elif found["disk_free_mb"] < ROOM:
        yield f"The disk has {found['disk_free_mb']} MiB left."
