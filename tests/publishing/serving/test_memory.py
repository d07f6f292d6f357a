"""What a worker remembers of requests changes no answer, and ends with its edition."""

import re
import time
from unittest.mock import Mock

from publishing.printing import editions
from publishing.serving import door, memory

from ..builders import make_edition, make_html
from .connections import Connection, get

SENT = [
    get("/"),
    get("/help/"),
    get("/help/", "Cookie: a=b"),
    get("/?cookies=saved"),
    get("/help/", "Accept-Encoding: br"),
    get("/", method="HEAD"),
    get("/", "Connection: close"),
    get("/", version="1.0"),
    get("/", "Upgrade: h2c", "Connection: Upgrade"),
    get("/nowhere/"),
    get("/HELP/"),
    get("/leave/"),
    get("/", "Host: elsewhere.test"),
    get("/") + get("/help/"),
    get("/") + get("/help/")[:20],
    get("/help/")[20:],
    b"nonsense\r\n\r\n",
]


def test_the_same_bytes_are_answered_the_same_each_time(connected, monkeypatch):
    # What leaving sets says until when, in seconds.
    monkeypatch.setattr(door.time, "time", lambda: 1_795_000_000)

    async def story(first):
        app = first.protocol.app
        found = {sent: [] for sent in SENT}
        for sent in SENT * 3:
            connection = Connection(app)
            connection(sent)
            await connection.settle()
            found[sent].append((connection.transport.written, connection.transport.closed))
        return found, app.loader.served.remembered

    found, remembered = connected(story)
    assert set(remembered) == set(SENT[:5])
    for sent, answers in found.items():
        assert answers == [answers[0]] * 3, sent


def test_a_connection_goes_on_after_what_was_remembered(connected):
    async def story(connection):
        connection(get("/"), get("/"), get("/help/")[:9], get("/help/")[9:], get("/"))
        return connection.transport.written

    written = connected(story)
    assert re.findall(rb"<p>(Home|Help)</p>", written) == [b"Home", b"Home", b"Help", b"Home"]


def test_what_is_remembered_ends_with_its_edition(connected):
    async def story(connection):
        connection(get("/"), get("/"))
        assert connection.protocol.app.loader.served.remembered
        editions.switch(editions.write(make_edition(pages={"/": make_html("<p>New</p>")})))
        connection.protocol.app.loader.look()
        connection(get("/"), get("/"))
        return connection.transport.written

    assert re.findall(rb"<p>(Home|New)</p>", connected(story)) == [b"Home"] * 2 + [b"New"] * 2


def test_an_answer_under_way_when_the_edition_ends_is_not_remembered_for_the_next(connected):
    async def story(connection):
        app, respond = connection.protocol.app, connection.protocol.app.respond

        def late(*asked):
            found = respond(*asked)
            editions.switch(editions.write(make_edition(pages={"/": make_html("<p>New</p>")})))
            app.loader.look()
            return found

        app.respond = late
        connection(get("/"))
        app.respond = respond
        connection(get("/"))
        return connection.transport.written

    assert re.findall(rb"<p>(Home|New)</p>", connected(story)) == [b"Home", b"New"]


def test_a_guard_that_begins_later_still_covers(connected, monkeypatch):
    end = int(time.time()) + 700
    asked = get("/", f"Cookie: pause={end}")

    async def story(connection):
        connection(asked, asked)
        monkeypatch.setattr("publishing.serving.door.time", Mock(time=lambda: end - 100))
        connection(asked)
        return connection.transport.written

    assert re.findall(rb"<p>Home</p>|<title>Paused", connected(story)) == [
        b"<p>Home</p>",
        b"<p>Home</p>",
        b"<title>Paused",
    ]


def test_what_a_stranger_sends_cannot_fill_the_memory(connected):
    async def story(connection):
        for number in range(memory.MOST + 9):
            connection(get("/", f"X-Odd: {number}"))
        connection(get("/", "X-Long: " + "a" * memory.LONGEST))
        return connection.protocol.app.loader.served.remembered

    kept = connected(story)
    assert 0 < len(kept) <= memory.MOST
    assert max(map(len, kept)) <= memory.LONGEST
