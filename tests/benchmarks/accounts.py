"""Whether time tells which names there are: log-ins with a name that exists and one that does not,
in pairs, one after the other, each pair in an order drawn by lot.

Beside the time that somebody outside can measure stands the time of the processor that the worker took:
what else the machine does changes the first and hardly the second.
"""

import random
import re
import statistics
import time
from pathlib import Path

import requests

from .tools import say, site

PAIRS = 40
MAKE = """
from django.contrib.auth import get_user_model
get_user_model().objects.create_user(
    "robin", "robin@example.org", password="otters by the river 9", is_staff=True
)
"""
FORGET = """
from safety.accounts.models import LoginTry
LoginTry.objects.all().delete()
"""
FORMS = {
    "log in": ("/admin/login/", {"password": "a wrong password"}, "username"),
    "lost password": ("/admin/lost/", {"lost": "mailed"}, "username"),
}


class Stranger:
    """A browser that nobody has logged in with."""

    def __init__(self, server, path):
        self.url, self.session = server.url + path, requests.Session()
        form = self.session.get(self.url, timeout=60).text
        self.token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', form)[1]

    def send(self, name, fields):
        data = {"username": name, "csrfmiddlewaretoken": self.token, **fields}
        begun = time.perf_counter()
        answer = self.session.post(self.url, data, headers={"Referer": self.url}, timeout=60)
        return (time.perf_counter() - begun) * 1000, answer.status_code


def run():
    """Print the paired differences in milliseconds, and how sure they are."""
    with site(EMAIL_URL="dummy://") as server:
        server.manage("shell", "-v0", "-c", MAKE)
        for what, (path, fields, _) in FORMS.items():
            measure(server, what, Stranger(server, path), fields)


def processor(pid):
    """Return the milliseconds of processor time that a process has taken in all its threads."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6


def measure(server, what, stranger, fields):
    (pid,) = server.workers()
    lots, statuses = random.Random(5), set()
    waited, worked = ({"robin": [], "nobody": []} for _ in range(2))
    stranger.send("nobody", fields)
    for pair in range(PAIRS):
        if pair % 8 == 0:
            # Beyond ten tries an hour both wait.
            server.manage("shell", "-v0", "-c", FORGET)
        for name in lots.sample(sorted(waited), 2):
            before = processor(pid)
            took, status = stranger.send(name, fields)
            worked[name].append(processor(pid) - before)
            waited[name].append(took)
            statuses.add(status)
    for kind, times in {"time": waited, "processor": worked}.items():
        pairs = zip(times["robin"], times["nobody"], strict=True)
        differences = sorted(there - not_ for there, not_ in pairs)
        # Of the sign test: the median lies between these, with a probability of 95%.
        rank = int((PAIRS - 1.96 * PAIRS**0.5) / 2)
        say(
            f"{what}, {kind}: name exists {statistics.median(times['robin']):.1f} ms, does not "
            f"{statistics.median(times['nobody']):.1f} ms; median difference of {PAIRS} pairs "
            f"{statistics.median(differences):+.2f} ms, 95% of {differences[rank]:+.2f} to "
            f"{differences[-1 - rank]:+.2f}; status {statuses}"
        )
