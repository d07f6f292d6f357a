"""Whether this machine can serve readers, for the operator: /-/ready."""

import asyncio
import json
import os
import secrets
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.utils import timezone

from .. import backups, sources
from ..models import Print, Wanted
from ..printing import editions
from .responses import answer

# The database has so long to answer, in seconds. Readers wait for it never.
PATIENCE = 0.25


class Ready:
    """An ASGI application that says what is served and what is wrong, as JSON.

    Numbers and sentences only: no path, no process number, nothing of this machine.

    200 while readers get an edition, whatever the database does; 503 without one, so that
    a balancer sends them to another machine.
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
        self.asked = None
        self.worker = None

    async def __call__(self, scope, receive, send):
        served = self.loader.served
        # A name that means nothing: enough to tell workers apart, made after they have parted.
        self.worker = self.worker or secrets.token_hex(4)
        found = {
            "worker": self.worker,
            "edition": served and served.number,
            "edition_age_seconds": served and round((timezone.now() - served.made).total_seconds()),
            "wrong": self.loader.wrong,
            **await self.newsroom(),
        }
        said = answer(200 if served else 503, self.headers, json.dumps(found).encode())
        await said.send(send)

    async def newsroom(self):
        """Return what the disk and the database say, or that they say nothing."""
        if not self.asked or self.asked.done():
            self.asked = asyncio.get_running_loop().run_in_executor(self.probe, look)
        done, _ = await asyncio.wait([self.asked], timeout=PATIENCE)
        return self.asked.result() if done else {"database": "no answer", "disk_free_mb": None}


def look():
    disk = os.statvfs(editions.root().parent)
    found = {"disk_free_mb": disk.f_bavail * disk.f_frsize // 2**20, "pinned": editions.pin()}
    try:
        alarms = [*sources.alarms(), *filter(None, [backups.overdue(timezone.now())])]
        # The addresses alone: what is wrong with them may quote what is not public.
        problems = Print.objects.problems(timezone.now())
        aside = sorted({problem["page"] for problem in problems if problem["edition"]})
        said = {"wanted": Wanted.now(), "alarms": alarms, "set_aside": aside}
        return {**found, "database": "answers", **said}
    except Exception as error:
        return {**found, "database": f"fails: {type(error).__name__}"}
    finally:
        connection.close()
