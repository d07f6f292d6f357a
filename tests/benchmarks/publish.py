"""From the Publish button to every worker: with the launch content, a thousand pages, ten thousand.

bin/bench publish measures the first two; bin/bench ten-thousand the last, which takes long to write.
"""

import json
import os
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

from .newsroom import CLAIM_LESS, PAGE, Editor, fill
from .tools import Target, compare, load, memory, say, site, wrk

TIMES = 5
WORKERS = 2
PAUSE = 0.02
# Seconds that readers load the site, from before Publish is pressed: longer than it may take.
LOADED = 12


def readers(server):
    """Return a connection to each worker; what it is asked next goes to the same one."""
    host, found = server.url.removeprefix("http://"), {}
    while len(found) < WORKERS:
        reader = HTTPConnection(host, timeout=30)
        worker = json.loads(read(reader, "/-/ready"))["worker"]
        # One that was closed is not opened again in silence, at the other worker perhaps.
        reader.auto_open = False
        found.setdefault(worker, reader)
    return list(found.values())


def read(reader, path):
    reader.request("GET", path)
    return reader.getresponse().read()


def until_visible(server, path, change):
    """Return the seconds from a change, such as pressing Publish, to what every worker gives at `path`.

    A page is asked for, as readers do: /-/ready asks the database, and would slow what is measured.
    """
    asking = readers(server)
    before = {read(reader, path) for reader in asking}
    began = time.monotonic()
    pressed = threading.Thread(target=change)
    pressed.start()
    # Each is asked each time: one that says nothing for five seconds would be closed.
    while {*(read(reader, path) for reader in asking)} & before:
        time.sleep(PAUSE)
    took = time.monotonic() - began
    pressed.join()
    return took


def told(seconds, aim):
    return f"{seconds:.2f} s (at most {aim}: {'met' if seconds <= aim else 'NOT MET'})"


def measure(server, editor, name, times=TIMES):
    """Say how long a changed page and a changed number take; return what a worker holds, in MiB."""
    quiet, loaded, readers_wrong = [], [], 0
    for _ in range(times):
        editor.write()
        quiet.append(until_visible(server, PAGE, editor.publish))
    for _ in range(2):
        editor.write()
        with ThreadPoolExecutor(1) as pool:
            load_of_readers = pool.submit(wrk, f"{server.url}/", seconds=LOADED)
            loaded.append(until_visible(server, PAGE, editor.publish))
        readers = load_of_readers.result()
        readers_wrong += readers.wrong
    say(f"{name}: one page, quiet: {told(statistics.median(quiet), 2)}, worst {max(quiet):.2f} s")
    say(
        f"{name}: one page, while readers load: {told(max(loaded), 4)}; "
        f"{readers.rps:.0f} req/s, {readers_wrong} wrong answers"
    )
    everywhere = until_visible(
        server, "/help/", lambda: server.manage("shell", "-v0", "-c", CLAIM_LESS)
    )
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
        page = Target(server.url + PAGE, server.workers())
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
