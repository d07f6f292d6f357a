"""Django has room for so many; a spike of forms waits a moment, and readers never do."""

import asyncio
import os
import threading

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from config.asgi import hooks
from publishing.printing import editions
from publishing.serving import django_bridge
from publishing.serving.django_bridge import Django, Refused
from publishing.serving.door import FrontDoor
from publishing.serving.loaded_edition import EditionLoader
from publishing.serving.sessions import has_session, marked
from safety.headers import security_headers

from ..builders import make_edition

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

    async def ask(self, body=b""):
        """Return the status of the answer to a form, or of the refusal."""
        sent = []
        try:
            await self.django(scope("POST", "/cookies/save/"), sending(body), keep(sent))
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


def scope(method, path, more=()):
    headers = [(b"host", b"site.test"), *more]
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
    monkeypatch.setattr(django_bridge, "PATIENCE", 3600)

    async def one_too_many():
        asked = await gate.fill(waiting=QUEUE)
        refused = await gate.ask()
        gate.opened.set()
        return refused, await asyncio.gather(*asked)

    assert asyncio.run(one_too_many()) == (503, [200] * (INSIDE + QUEUE))


def sending(body, more_body=False):
    async def receive():
        return {"type": "http.request", "body": body, "more_body": more_body}

    return receive


def test_a_body_counts_until_django_is_done_with_it(gate):
    async def one_form():
        body = b"x" * 1000
        asked = asyncio.create_task(
            gate.django(scope("POST", "/cookies/save/"), sending(body), keep([]))
        )
        while gate.lane.places._value == INSIDE:
            await asyncio.sleep(0)
        held = gate.lane.held
        gate.opened.set()
        await asked
        return held, gate.lane.held

    assert asyncio.run(one_form()) == (1000, 0)


def test_what_is_refused_or_broken_off_is_not_counted(gate):
    async def gone():
        return {"type": "http.disconnect"}

    async def badly():
        with pytest.raises(Refused):
            await gate.django(scope("POST", "/feedback/"), sending(b"x" * 2**17), keep([]))
        await gate.django(scope("POST", "/feedback/"), gone, keep([]))

    asyncio.run(badly())
    assert gate.lane.held == 0


def test_slow_bodies_for_the_newsroom_shut_no_reader_out(gate, monkeypatch):
    monkeypatch.setattr(django_bridge, "BODIES", 1000)
    cookie = [(b"cookie", f"a=b; sessionid={marked(24 * 'a')}".encode())]

    async def crowd():
        gate.opened.set()
        newsroom = scope("POST", "/admin/x/", cookie)
        slow = sending(b"x" * 600, more_body=True)
        statuses = []
        for receive in (slow, sending(b"x" * 600)):
            gate.django.admin.held += 600
            try:
                await gate.django(newsroom, receive, keep([]))
            except Refused as refused:
                statuses.append(refused.status)
        return statuses, await gate.ask(b"x" * 600)

    assert asyncio.run(crowd()) == ([503, 503], 200)


@pytest.mark.parametrize(
    ("cookie", "status"),
    [
        ("", 413),
        (f"other=1; xsessionid={marked(24 * 'a')}", 413),
        (f"other=1; sessionid={40 * 'a'}", 413),
        (f"sessionid={marked(24 * 'a')}a", 413),
        (f"sessionid={24 * 'b'}{marked(24 * 'a')[24:]}", 413),
        ("sessionid=\xff", 413),
        (f"other=1; sessionid={marked(24 * 'a')}", 200),
    ],
    # The marks are others in each process, and names must not be.
    ids=["none", "another name", "unmarked", "longer", "of another", "not ASCII", "marked"],
)
def test_only_who_has_logged_in_may_send_much_to_the_newsroom(gate, cookie, status):
    async def picture():
        gate.opened.set()
        sent = []
        asked = scope("POST", "/admin/x/", [(b"cookie", cookie.encode("latin-1"))])
        try:
            await gate.django(asked, sending(b"x" * (django_bridge.SMALL + 1)), keep(sent))
        except Refused as refused:
            return refused.status
        return sent[0]["status"]

    assert asyncio.run(picture()) == status


def test_django_works_behind_the_loop_that_readers_are_answered_by(gate):
    """Further where anybody can make a crowd: of who asks to log in."""

    def priority():
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    gate.opened.set()
    for lane in gate.django.lanes.values():
        steps = lane.executor.submit(priority).result() - priority()
        assert steps == (10 if lane is gate.django.strangers else 5)


def test_a_crowd_of_strangers_at_the_newsroom_shuts_no_staff_out(gate):
    """However many forged cookies they bring."""

    async def ask(cookie):
        sent = []
        asked = scope("GET", "/admin/", [(b"cookie", cookie.encode())])
        try:
            await gate.django(asked, sending(b""), keep(sent))
        except Refused as refused:
            return refused.status
        return sent[0]["status"]

    async def crowd():
        strangers = gate.django.strangers
        forged = [asyncio.create_task(ask(f"sessionid={n:040}")) for n in range(64)]
        while not strangers.places.locked():
            await asyncio.sleep(0)
        refused = await ask("sessionid=made-up")
        staff = asyncio.create_task(ask(f"sessionid={marked(24 * 'a')}"))
        reader = asyncio.create_task(gate.ask())
        while gate.django.admin.places._value == 64 or gate.lane.places._value == INSIDE:
            await asyncio.sleep(0)
        gate.opened.set()
        return refused, await staff, await reader, await asyncio.gather(*forged)

    assert asyncio.run(crowd()) == (503, 200, 200, 64 * [200])


@pytest.mark.django_db
def test_the_sessions_of_staff_are_known_without_the_database(django_assert_num_queries):
    user = get_user_model().objects.create_user("robin", is_staff=True)
    client = Client()
    client.force_login(user)
    cookie = f"a=b; {client.cookies['sessionid'].OutputString()}"
    with django_assert_num_queries(0):
        assert has_session([(b"host", b"x"), (b"cookie", cookie.encode())])
    assert client.get("/admin/").status_code == 200


def test_nobody_waits_longer_than_is_kind(gate, monkeypatch):
    async def impatient():
        asked = await gate.fill(waiting=0)
        monkeypatch.setattr(django_bridge, "PATIENCE", 0)
        late = await gate.ask()
        monkeypatch.undo()
        gate.opened.set()
        return late, await asyncio.gather(*asked), await gate.ask()

    assert asyncio.run(impatient()) == (503, [200] * INSIDE, 200)


def test_readers_of_the_edition_do_not_wait_for_any_of_them(gate, settings):
    settings.ALLOWED_HOSTS = ["site.test"]
    editions.switch(editions.write(make_edition()))
    loader = EditionLoader(security_headers)
    loader.look()
    door = FrontDoor(hooks, loader, gate.django, {})

    async def read():
        asked = await gate.fill(waiting=QUEUE)
        sent = []
        await door(scope("GET", "/"), nothing_more, keep(sent))
        assert not any(task.done() for task in asked)
        gate.opened.set()
        await asyncio.gather(*asked)
        return sent[0]["status"]

    assert asyncio.run(read()) == 200
