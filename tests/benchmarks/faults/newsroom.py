"""What the newsroom does while readers read: publishing, backups, a restore."""

import json
import re
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ...publishing.backups.drill import lost_and_found
from ...publishing.readers import reading
from ..newsroom import Editor
from ..tools import say
from .telling import met

MINUTE = 60


# Two people, each of whom publishes a page of their own five times a second.
PAGES = ("keeping-a-record", "staying-safe")
EACH = len(PAGES) / 10
PUBLISH = """
import json, time
from django.db import connection
from awareness import editing
from awareness.models import Page
page = Page.objects.get(slug="{slug}")
start, used, moments, slow = time.monotonic(), time.process_time(), [], 0.0
while {go_on}:
    began = time.monotonic()
    # In letters: the gate holds back a page with digits that no register has.
    page.title = "Page " + "".join("abcdefghij"[int(digit)] for digit in f"{{len(moments):05}}")
    page.save()
    editing.publish(page)
    connection.close()
    moments.append(time.monotonic())
    slow = max(slow, moments[-1] - began)
    time.sleep(max(0, began + {each} - time.monotonic()))
print(json.dumps([moments, slow, time.process_time() - used]))
"""


def publish(server, slug, go_on):
    """Publish a page again and again.

    Return the moment of each on the monotonic clock, the seconds of the slowest, and of processor time.
    """
    program = PUBLISH.format(slug=slug, go_on=go_on, each=EACH)
    return json.loads(server.manage("shell", "-v0", "-c", program).splitlines()[-1])


def publishing(server, seconds=MINUTE):
    """Publish ten times a second while readers load, and hold every page to be of one edition."""
    paths = {slug: f"/advice/{slug}/" for slug in PAGES}
    start = time.monotonic()
    with (
        reading(server.url, list(paths.values()), readers=4) as told,
        ThreadPoolExecutor(2) as pool,
    ):
        go_on = f"time.monotonic() < start + {seconds}"
        found = list(pool.map(lambda slug: publish(server, slug, go_on), PAGES))
        took = time.monotonic() - start
        last = {paths[slug]: len(each[0]) - 1 for slug, each in zip(PAGES, found, strict=True)}
        server.wait_until(lambda: all(last_seen(told, path) >= n for path, n in last.items()))
    times = sum(len(moments) for moments, *_ in found)
    span = max(moments[-1] for moments, *_ in found) - min(moments[0] for moments, *_ in found)
    delays = sorted(
        delay
        for slug, (moments, *_) in zip(PAGES, found, strict=True)
        for delay in until_seen(told, paths[slug], moments, start)
    )
    mixed = sum(not of_one_edition(body) for *_, body in told)
    wrong = sum(status != 200 for *_, status, _ in told)
    rate = times / span
    say(
        f"{times} times published in {span:.0f} s, {rate:.1f} a second (ten: {met(rate > 9.5)}), the slowest "
        f"{max(slow for _, slow, _ in found) * 1000:.0f} ms, {sum(used for *_, used in found) / times * 1000:.0f} ms of processor time each; a reader had it after {delays[len(delays) // 2]:.1f} s in the middle, "
        f"{delays[-1]:.1f} s at most"
    )
    say(
        f"Readers meanwhile: {len(told)} answers, {len(told) / took:.0f} a second, {wrong} wrong ({met(not wrong)}), {mixed} mixed "
        f"({met(not mixed)}), {len({title(body) for *_, body in told})} titles seen, p99 {told.slowest_of_100() * 1000:.0f} ms"
    )


def by_the_form(server, seconds=20):
    """Press Publish in the newsroom, two people at once: with the trial, the print and the screen that follows."""

    def press(_):
        editor, pressed, end = Editor(server), 0, time.monotonic() + seconds
        while time.monotonic() < end:
            editor.publish()
            pressed += 1
        return pressed

    before = editions(server)
    with reading(server.url, ["/"], readers=4) as told, ThreadPoolExecutor(2) as pool:
        pressed = sum(pool.map(press, range(2)))
    say(
        f"Through the newsroom, each waiting for the answer: {pressed / seconds:.1f} publishings a second by two people, "
        f"{editions(server) - before} prints, beside {len(told) / seconds:.0f} answers to readers a second"
    )


def editions(server):
    return int((server.data_dir / "editions/current").readlink().name)


def number_of(body):
    """Return which publishing a page is of; -1 if it is of none."""
    letters = title(body).removeprefix(b"Page ")
    if title(body) == letters or set(letters) - set(b"abcdefghij"):
        return -1
    return int(bytes(each - ord("a") + ord("0") for each in letters))


def last_seen(told, path):
    return next((number_of(body) for *_, said, _, body in reversed(told) if said == path), -1)


def until_seen(told, path, moments, start):
    """Return the seconds from each publishing to the first answer to a reader that has it or a later one."""
    first = {}
    for asked, took, said, _, body in told:
        if said == path and (number := number_of(body)) >= 0:
            first.setdefault(number, start + asked + took)
    delays, then = [], None
    for number in reversed(range(len(moments))):
        then = min(filter(None, [then, first.get(number)]), default=None)
        if then:
            delays.append(then - moments[number])
    return delays


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
        writing = pool.submit(publish, server, PAGES[0], go_on)
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
        written = len(writing.result()[0])
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
