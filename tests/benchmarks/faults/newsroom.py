"""What the newsroom does while readers read: publishing, backups, a restore."""

import re
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ...publishing.backups.drill import lost_and_found
from ...publishing.readers import reading
from ..tools import say
from .telling import met

MINUTE = 60


PUBLISH = """
import time
from django.db import connection
from awareness import editing
from awareness.models import Page
page = Page.objects.get(slug="keeping-a-record")
start, number, slow = time.monotonic(), 0, 0.0
while {go_on}:
    began = time.monotonic()
    number += 1
    # In letters: the gate holds back a page with digits that no register has.
    page.title = "Keeping a record " + "".join("abcdefghij"[int(digit)] for digit in f"{{number:05}}")
    page.save()
    editing.publish(page)
    connection.close()
    slow = max(slow, time.monotonic() - began)
    time.sleep(max(0, began + 0.1 - time.monotonic()))
print(number, round(slow * 1000))
"""


def publishing(server, seconds=MINUTE):
    """Publish ten times a second while readers load, and hold every page to be of one edition."""
    path = "/advice/keeping-a-record/"
    with reading(server.url, [path], readers=4) as told:
        began = time.monotonic()
        said = server.manage(
            "shell", "-v0", "-c", PUBLISH.format(go_on=f"time.monotonic() < start + {seconds}")
        ).split()
        took = time.monotonic() - began
    times, slowest = int(said[-2]), int(said[-1])
    mixed = sum(not of_one_edition(body) for *_, body in told)
    wrong = sum(status != 200 for *_, status, _ in told)
    titles = {title(body) for *_, body in told}
    say(
        f"{times} times published in {took:.0f} s, {times / seconds:.1f} a second, the slowest {slowest} ms; readers: {len(told)} "
        f"answers, {len(told) / took:.0f} a second, {wrong} wrong ({met(not wrong)}), {mixed} mixed ({met(not mixed)}), "
        f"{len(titles)} editions of the page seen ({met(len(titles) > 1)}), p99 {told.slowest_of_100() * 1000:.0f} ms"
    )


def title(body):
    found = re.search(rb"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
    return found[1].strip() if found else b""


def of_one_edition(body):
    """Return whether the title in the head is that of the heading: both come from one print."""
    said = title(body)
    return (
        said
        and body.partition(b"<title>")[2].startswith(said)
        and body.rstrip().endswith(b"</html>")
    )


def backups(server, times=20):
    """Back up while the newsroom writes, from before the first to after the last; each is read through."""
    with (
        tempfile.TemporaryDirectory(prefix="site-backups-") as folder,
        ThreadPoolExecutor(1) as pool,
    ):
        server.environ["BACKUP_DIR"] = folder
        enough = Path(folder) / "enough"
        go_on = f"not __import__('pathlib').Path({str(enough)!r}).exists()"
        writing = pool.submit(server.manage, "shell", "-v0", "-c", PUBLISH.format(go_on=go_on))
        whole = 0
        try:
            for _ in range(times):
                path = server.manage("backup").split(":")[0]
                server.manage("backup", "--check", path)
                whole += 1
            writes = not writing.done()
        finally:
            enough.touch()
            del server.environ["BACKUP_DIR"]
        written = writing.result().split()[-2]
    say(
        f"{whole} of {times} backups whole ({met(whole == times)}) while {written} times something was published, "
        f"until after the last ({met(writes)})"
    )


def drill():
    """Lose a machine and bring another up from its backup, with what was published and taken off last."""
    with tempfile.TemporaryDirectory(prefix="site-drill-") as folder:
        took = lost_and_found(Path(folder), {"DATABASE_URL": None}, {"DATABASE_URL": None})
    say(
        f"A lost machine back in {took:.0f} s (at most 5 minutes: {met(took <= 5 * MINUTE)}), nothing lost that was "
        "published or taken off"
    )
