"""What a monitor on the machine may read: sums over all workers, and nothing of a reader."""

import asyncio
import re

import pytest
from django.utils import timezone

from publishing.printing import editions
from publishing.serving import counting
from publishing.serving.counting import Table
from publishing.serving.django_bridge import Django, Refused
from publishing.serving.loaded_edition import EditionLoader
from publishing.serving.metrics import Metrics
from publishing.serving.responses import Response, answer
from safety.headers import security_headers

from ... import asgi
from .. import wire
from ..builders import make_edition

HERE = ("127.0.0.1", 40000)


@pytest.fixture
def table(monkeypatch):
    """A table of a gunicorn of its own; what this process has counted begins at nothing."""
    saved = counting.answers[:]
    counting.answers[:] = [0] * len(saved)
    yield Table()
    counting.answers[:] = saved


def read(table, client=HERE, headers=()):
    loader = EditionLoader(security_headers)
    loader.look()
    metrics = Metrics(loader, Django(None), security_headers, table)
    scope = {"type": "http", "path": "/-/metrics", "client": client, "headers": headers}

    opening, body = asyncio.run(asgi.ask(metrics, scope))
    return dict(opening["headers"]), body["body"].decode()


def numbers(text):
    """Return what is said, name and labels as one text -> number."""
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(number) for name, _, number in lines}


def test_answers_are_counted_by_kind_and_status(table):
    page, file = Response(200, []), answer(304, {}, kind="static")
    page.wire(b"")
    page.wire(b"", body=False)
    file.wire(b"")
    headers, text = read(table)
    found = numbers(text)
    assert headers[b"content-type"] == b"text/plain; version=0.0.4; charset=utf-8"
    assert headers[b"cache-control"] == b"no-store"
    assert found['site_answers_total{kind="page",status="200"}'] == 2
    assert found['site_answers_total{kind="static",status="304"}'] == 1


def test_every_line_is_prometheus_text(table):
    editions.switch(editions.write(make_edition(made=timezone.now())))
    Response(404, []).wire(b"")
    _, text = read(table)
    sample = re.compile(
        r'site_[a-z_]+(\{[a-z]+="[a-z0-9]+"(,[a-z]+="[a-z0-9]+")*\})? -?\d+(\.\d+)?'
    )
    named = re.compile(r"# (HELP site_[a-z_]+ [A-Z].+\.|TYPE site_[a-z_]+ (counter|gauge))")
    assert text.endswith("\n")
    for line in text.splitlines():
        assert (named if line.startswith("#") else sample).fullmatch(line), line
    found = numbers(text)
    assert found['site_edition{worker="0"}'] == 1
    assert 0 <= found['site_edition_age_seconds{worker="0"}'] < 60
    assert found['site_worker_memory_bytes{worker="0"}'] > 10**6
    assert found['site_lane_inside{lane="public"}'] == 0
    assert found["site_workers"] == 1


def test_without_an_edition_it_has_no_age(table):
    found = numbers(read(table)[1])
    assert found['site_edition{worker="0"}'] == 0
    assert 'site_edition_age_seconds{worker="0"}' not in found


def test_all_workers_are_summed_and_one_that_ended_still_counts(table, monkeypatch):
    lanes = {(lane, what): 1 for lane in counting.LANES for what in counting.OF_A_LANE}
    row = {"edition": 3, "made": 5, "memory": 7, **lanes}
    for age in (1, 2):
        table.take_row(age)
        counting.answers[counting.place("page", 200)] = 10 * age
        table.write(row)
    assert table.total() == {("page", 200): 30}
    assert list(table.workers()) == [1, 2]
    assert numbers(read(table)[1])['site_lane_waiting{lane="admin"}'] == 1, "the second is now idle"
    # After so many workers a row is used again, and goes on counting.
    counting.answers[counting.place("page", 200)] = 0
    table.take_row(1 + counting.ROWS)
    Response(200, []).wire(b"")
    table.write(row)
    assert table.total()["page", 200] == 31
    later = counting.milliseconds() + 10_000
    monkeypatch.setattr(counting, "milliseconds", lambda: later)
    assert table.workers() == {}
    assert table.total()["page", 200] == 31


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        (("203.0.113.7", 40000), []),
        (("10.0.0.1", 40000), []),
        (None, []),
        (("", 0), []),
        (HERE, [(b"x-forwarded-for", b"127.0.0.1")]),
        (HERE, [(b"x-forwarded-proto", b"https")]),
        (HERE, [(b"forwarded", b"for=127.0.0.1")]),
        (HERE, [(b"x-real-ip", b"")]),
        (HERE, [(b"via", b"1.1 proxy")]),
    ],
)
def test_for_anybody_else_there_is_no_such_address(table, client, headers):
    with pytest.raises(Refused) as refused:
        read(table, client, headers)
    assert refused.value.status == 404


@pytest.mark.parametrize("client", [HERE, ("127.8.9.1", 1), ("::1", 40000, 0, 0)])
def test_on_this_machine_it_is_told(table, client):
    assert "site_workers" in read(table, client)[1]


@pytest.mark.server
def test_the_real_site_counts_and_says_nothing_of_who_asked(server):
    site = server.url
    canary = "kestrel-4712"
    for path in ("/help/", f"/{canary}/", "/robots.txt", "/feedback/?a=1"):
        wire.ask(site, f"{path}", headers=[("Cookie", canary), ("User-Agent", canary)])
    asked = [("page", 200), ("page", 404), ("file", 200)]
    text = ""

    def all_are_counted():
        nonlocal text
        text = wire.ask(site, "/-/metrics").body.decode()
        return all(f'total{{kind="{kind}",status="{status}"}}' in text for kind, status in asked)

    # What another worker counted is there within a second.
    server.wait_until(all_are_counted)
    for said in (canary, "127.0.0.1", "help", "feedback"):
        assert said not in text.replace("# HELP", "")
    through = wire.ask(site, "/-/metrics", headers=[("X-Forwarded-For", "127.0.0.1")])
    assert through.status == 404
    assert b'href="tel:999"' in through.body
