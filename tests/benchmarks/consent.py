"""The tally and the record after 100,000 choices: how many rows, how large, how long.

    python -m tests.benchmarks.consent [choices]

A site of its own in a data folder of its own. The choices of two years go through the same
function as a reader's, a thousand to a transaction, so that their time is ours and not the
disk's; then some go through the real server, each in a transaction of its own.
"""

import http.client
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

from tests.server import Server

CHOICES = 100_000
POSTS = 400
CLIENTS = 4

CHOOSE = """
import sys, time
from datetime import timedelta
from itertools import cycle
from django.db import transaction
from django.utils import timezone
from cookies import consent, messages, registry
from cookies.models import DailyAnswers, PolicyVersion
from cookies.state import ASK, CONSENT_VALUES, State
now, before = timezone.now(), State(ASK)
groups = cycle(CONSENT_VALUES.values())
begin = time.perf_counter()
for start in range(0, {choices}, 1000):
    with transaction.atomic():
        for number in range(start, min(start + 1000, {choices})):
            day = now - timedelta(days=number % 731)
            assert not consent.decide(before, next(groups), messages.shown(), day).problem
seconds = time.perf_counter() - begin
counted = sum(DailyAnswers.objects.values_list("count", flat=True))
assert counted == {choices}, counted
print(seconds, DailyAnswers.objects.count(), PolicyVersion.objects.count())
"""


def run(choices=CHOICES):
    with tempfile.TemporaryDirectory(prefix="site-bench-") as folder:
        server = Server(folder)
        try:
            say("Cookies: the tally and the record")
            before = size(server)
            told = server.manage("shell", "-v0", "-c", CHOOSE.format(choices=choices)).split()
            seconds, answers, policies = float(told[0]), int(told[1]), int(told[2])
            grown = (size(server) - before) / 1024
            say(
                f"{choices} choices of two years: {seconds:.1f} s, {seconds / choices * 1e6:.0f} µs each"
            )
            say(
                f"rows: {answers} sums, {policies} record of what was asked; {grown:.0f} KiB larger"
            )
            server.start()
            seconds = post_many(server.url)
            say(
                f"{POSTS} refusals at the real server, {CLIENTS} at once: {POSTS / seconds:.0f} a second"
            )
        finally:
            server.close()


def size(server):
    """Return the bytes of the database, its log written back first."""
    words = "from django.db import connection as c; c.cursor().execute('PRAGMA wal_checkpoint(TRUNCATE)')"
    server.manage("shell", "-v0", "-c", words)
    return (server.data_dir / "site.sqlite3").stat().st_size


def post_many(site):
    """Post POSTS refusals over connections that stay open. Return the seconds."""

    def some(number):
        connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=30)
        headers = {
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        for _ in range(number):
            connection.request("POST", "/cookies/save/", urlencode({"choice": "reject"}), headers)
            response = connection.getresponse()
            response.read()
            assert response.status == 303, response.status
        connection.close()

    begin = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(some, [POSTS // CLIENTS] * CLIENTS))
    return time.perf_counter() - begin


def say(words):
    sys.stdout.write(f"  {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else CHOICES)
