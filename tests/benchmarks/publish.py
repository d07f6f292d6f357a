"""From the Publish button to every worker: with the launch content, a thousand pages, ten thousand.

bin/bench publish measures the first two; bin/bench ten-thousand the last, which takes long to write.
"""

import os
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import requests

from .newsroom import CLAIM_LESS, Editor, fill
from .tools import Target, compare, load, memory, say, site, wrk

TIMES = 5
WORKERS = 2
PAUSE = 0.05


def editions_served(server):
    """Ask, on new connections, until every worker has said which edition it serves."""
    found = {}
    while len(found) < WORKERS:
        answer = requests.get(f"{server.url}/-/ready", headers={"Connection": "close"}, timeout=30)
        found[answer.json()["worker"]] = answer.json()["edition"]
    return found


def until_visible(server, change):
    """Return the seconds from a change, such as pressing Publish, to its edition at every worker."""
    before = max(editions_served(server).values())
    began = time.monotonic()
    pressed = threading.Thread(target=change)
    pressed.start()
    while min(editions_served(server).values()) <= before:
        # A question asks the database too: asked without a pause it slows what it measures.
        time.sleep(PAUSE)
    took = time.monotonic() - began
    pressed.join()
    return took


def told(seconds, aim):
    return f"{seconds:.2f} s (at most {aim}: {'met' if seconds <= aim else 'NOT MET'})"


def measure(server, editor, name, times=TIMES):
    """Say how long a changed page and a changed number take; return what a worker holds, in MiB."""
    quiet = [until_visible(server, editor.publish) for _ in range(times)]
    under = ThreadPoolExecutor(1).submit(wrk, f"{server.url}/", seconds=15)
    loaded = [until_visible(server, editor.publish) for _ in range(2)]
    readers = under.result()
    say(f"{name}: one page, quiet: {told(statistics.median(quiet), 2)}, worst {max(quiet):.2f} s")
    say(
        f"{name}: one page, while readers load: {told(max(loaded), 4)}; "
        f"{readers.rps:.0f} req/s, {readers.wrong} wrong answers"
    )
    everywhere = until_visible(server, lambda: server.manage("shell", "-v0", "-c", CLAIM_LESS))
    say(
        f"{name}: a change of the register on all: {everywhere:.1f} s with a command's start, aim 5"
    )
    held = max(memory(pid) for pid in server.workers())
    say(f"{name}: {held:.0f} MiB a worker (proportional share)")
    return held


def run(counts=(1000,), times=TIMES):
    with site(workers=WORKERS, pinned=False) as server:
        editor = Editor(server)
        print("\nFrom Publish in the admin to every one of two workers")  # noqa: T201
        page = Target(f"{server.url}/advice/staying-safe/", server.workers())
        first = measure(server, editor, "launch content")
        loads = {"launch content": [load(page) for _ in range(3)]}
        for count in counts:
            began = time.monotonic()
            say(fill(server, count).strip())
            say(f"{count} pages: written and printed in {time.monotonic() - began:.0f} s")
            more = measure(server, editor, f"{count} pages", times) - first
            say(f"{more:.0f} MiB more (at most 60: {'met' if more <= 60 else 'NOT MET'})")
            loads[f"{count} pages"] = [load(page) for _ in range(3)]
        compare("Cost a request, both workers", loads, [(*reversed(loads), 1.1)])
        say(f"Load of the machine: {os.getloadavg()[0]:.1f}")
