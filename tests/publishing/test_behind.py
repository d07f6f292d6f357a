"""Django has room for so many; a spike of forms waits a moment, and readers never do."""

import asyncio
import threading

import pytest

from config.asgi import house
from publishing import behind, edition
from publishing.behind import Django, Refused
from publishing.door import FrontDoor
from publishing.shelf import Shelf
from safety.headers import security_headers

from .builders import make_edition

INSIDE, QUEUE = 8, 64


class Gate:
    """A WSGI application that answers nobody until it is opened."""

    def __init__(self):
        self.opened = threading.Event()
        self.django = Django(self.application)
        self.lane = self.django.public

    def application(self, environ, start_response):
        self.opened.wait()
        start_response("200 OK", [])
        return Body([b"done"])

    async def ask(self):
        """Return the status of the answer to a form, or of the refusal."""
        sent = []
        try:
            await self.django(scope("POST", "/cookies/save/"), nothing_more, keep(sent))
        except Refused as refused:
            return refused.status
        return sent[0]["status"]

    async def fill(self, waiting):
        """Send as many forms as have a place, and so many more. Return them as tasks."""
        asked = [asyncio.create_task(self.ask()) for _ in range(INSIDE + waiting)]
        while self.lane.waiting < waiting or not self.lane.places.locked():
            await asyncio.sleep(0)
        return asked


class Body(list):
    def close(self):
        pass


def scope(method, path):
    headers = [(b"host", b"site.test")]
    given = {"raw_path": path.encode(), "query_string": b"", "headers": headers}
    return {"type": "http", "method": method, "path": path, "http_version": "1.1", **given}


async def nothing_more():
    return {"type": "http.request"}


def keep(sent):
    async def send(message):
        sent.append(message)

    return send


@pytest.fixture
def gate():
    gate = Gate()
    yield gate
    gate.opened.set()


def test_a_spike_of_forms_waits_and_every_one_counts(gate):
    async def spike():
        asked = await gate.fill(waiting=QUEUE)
        assert not any(task.done() for task in asked)
        gate.opened.set()
        return await asyncio.gather(*asked)

    assert asyncio.run(spike()) == [200] * (INSIDE + QUEUE)
    assert gate.lane.waiting == 0


def test_one_more_than_can_wait_is_refused_at_once(gate, monkeypatch):
    monkeypatch.setattr(behind, "PATIENCE", 3600)

    async def one_too_many():
        asked = await gate.fill(waiting=QUEUE)
        refused = await gate.ask()
        gate.opened.set()
        return refused, await asyncio.gather(*asked)

    assert asyncio.run(one_too_many()) == (503, [200] * (INSIDE + QUEUE))


def test_nobody_waits_longer_than_is_kind(gate, monkeypatch):
    async def impatient():
        asked = await gate.fill(waiting=0)
        monkeypatch.setattr(behind, "PATIENCE", 0)
        late = await gate.ask()
        monkeypatch.undo()
        gate.opened.set()
        return late, await asyncio.gather(*asked), await gate.ask()

    assert asyncio.run(impatient()) == (503, [200] * INSIDE, 200)


def test_readers_of_the_edition_do_not_wait_for_any_of_them(gate, settings):
    settings.ALLOWED_HOSTS = ["site.test"]
    edition.switch(edition.write(make_edition()))
    shelf = Shelf(security_headers)
    shelf.look()
    door = FrontDoor(house, shelf, gate.django, None)

    async def read():
        asked = await gate.fill(waiting=QUEUE)
        sent = []
        await door(scope("GET", "/"), nothing_more, keep(sent))
        assert not any(task.done() for task in asked)
        gate.opened.set()
        await asyncio.gather(*asked)
        return sent[0]["status"]

    assert asyncio.run(read()) == 200
