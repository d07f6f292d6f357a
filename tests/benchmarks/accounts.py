"""Whether time tells which names there are: log-ins with a name that exists and one that does not,
in pairs, one after the other, each pair in an order drawn by lot.
"""

import random
import re
import statistics
import time

import requests

from .tools import say, site

PAIRS = 60
MAKE = """
from django.contrib.auth import get_user_model
from safety.accounts.models import LoginTry
get_user_model().objects.create_user("robin", password="otters by the river 9", is_staff=True)
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
    """Print the paired differences in milliseconds, and their spread."""
    with site(EMAIL_URL="dummy://") as server:
        server.manage("shell", "-v0", "-c", MAKE)
        for what, (path, fields, _) in FORMS.items():
            measure(server, what, Stranger(server, path), fields)


def measure(server, what, stranger, fields):
    lots, times, statuses = random.Random(5), {"robin": [], "nobody": []}, set()
    for pair in range(PAIRS):
        if pair % 8 == 0:
            # Beyond ten tries an hour both wait.
            server.manage("shell", "-v0", "-c", FORGET)
        for name in lots.sample(sorted(times), 2):
            took, status = stranger.send(name, fields)
            times[name].append(took)
            statuses.add(status)
    differences = [
        there - not_ for there, not_ in zip(times["robin"], times["nobody"], strict=True)
    ]
    spread = statistics.stdev(differences) / PAIRS**0.5
    say(
        f"{what}: name exists {statistics.median(times['robin']):.1f} ms, does not "
        f"{statistics.median(times['nobody']):.1f} ms; difference of {PAIRS} pairs "
        f"{statistics.mean(differences):+.2f} ms, standard error {spread:.2f}; status {statuses}"
    )
