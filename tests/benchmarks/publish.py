"""From the Publish button to every worker, with the launch content and with a thousand pages."""

import json
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import requests

from .newsroom import Editor, fill
from .tools import memory, say, site, table, wrk

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


def until_visible(server, editor):
    """Return the seconds from pressing Publish to the new edition at every worker."""
    before = max(editions_served(server).values())
    began = time.monotonic()
    pressed = threading.Thread(target=editor.publish)
    pressed.start()
    while min(editions_served(server).values()) <= before:
        # A question asks the database too: asked without a pause it slows what it measures.
        time.sleep(PAUSE)
    took = time.monotonic() - began
    pressed.join()
    return took


def run():
    with site(workers=WORKERS, pinned=False) as server:
        editor = Editor(server)
        print("\nFrom Publish in the admin to every one of two workers")  # noqa: T201
        loads = {}
        for name, more in (("launch content", 0), ("a thousand pages", 1000)):
            if more:
                say(fill(server, more).strip())
            quiet = [until_visible(server, editor) for _ in range(TIMES)]
            load = ThreadPoolExecutor(1).submit(wrk, f"{server.url}/", seconds=15)
            loaded = [until_visible(server, editor) for _ in range(2)]
            readers = load.result()
            say(
                f"{name}: {statistics.median(quiet):.2f} s (worst {max(quiet):.2f}); while readers load "
                f"{max(loaded):.2f} s, {readers.rps:.0f} req/s, {readers.wrong} wrong answers"
            )
            megabytes = [memory(pid) for pid in server.workers()]
            say(f"{name}: {max(megabytes):.0f} MiB a worker (proportional share)")
            loads[f"a page, {name}"] = [wrk(f"{server.url}/advice/staying-safe/") for _ in range(3)]
        table("Cost a request", loads, "a page, launch content")
        say(json.dumps(editions_served(server)))
