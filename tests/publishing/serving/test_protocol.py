"""HTTP on one connection: answers in order, limits, deadlines, and what is leaned on of uvicorn."""

import asyncio
import inspect
import socket
import struct
import time

import pytest
from uvicorn.config import Config
from uvicorn.protocols.http import httptools_impl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from publishing.serving import deadlines
from publishing.serving import protocol as limits

from .connections import get


def test_a_page_is_one_write_without_a_task(connected):
    async def story(connection):
        connection(get("/"))
        assert connection.transport.writes == 1
        assert connection.state.tasks == set()
        return connection.transport.written

    head, _, body = connected(story).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\ndate: Thu, 26 Nov 2026 01:02:03 GMT\r\n")
    assert f"content-length: {len(body)}".encode() in head
    assert b"<p>Home</p>" in body


@pytest.mark.parametrize(
    ("host", "status"), [("site.test", 200), ("site.test:443", 200), ("evil.test", 400)]
)
def test_a_whole_address_is_answered_where_its_own_host_is_ours_too(connected, host, status):
    async def story(connection):
        connection(get(f"http://{host}/help/"))
        return connection.statuses

    assert connected(story) == [status]


def test_the_date_is_the_newest(connected):
    async def story(connection):
        connection(get("/"))
        connection.state.default_headers = [(b"date", b"later")]
        connection(get("/"))
        return connection.transport.written

    assert connected(story).count(b"date: later\r\n") == 1


@pytest.mark.parametrize("cut", range(0, 60, 7))
def test_a_head_may_come_in_pieces(connected, cut):
    async def story(connection):
        raw = get("/help/", "X-Long: " + "a" * 40)
        connection(raw[:cut], *[raw[i : i + 1] for i in range(cut, len(raw))])
        return connection.statuses, connection.transport.writes

    assert connected(story) == ([200], 1)


def test_pipelined_requests_are_answered_in_order_whoever_answers(connected, django):
    async def story(connection):
        django.let = asyncio.Event()
        connection(get("/") + get("/admin/one/") + get("/help/") + get("/admin/two/") + get("/"))
        await connection.settle()
        before = connection.statuses
        django.let.set()
        await connection.settle()
        return before, connection.transport.written

    before, written = connected(story)
    assert before == [200]
    words = [b"<p>Home</p>", b"Django /admin/one/", b"<p>Help</p>", b"Django /admin/two/"]
    places = [written.index(word) for word in words]
    assert places == sorted(places)
    assert written.rindex(b"<p>Home</p>") > places[-1]


def test_who_sends_more_than_can_wait_is_answered_in_order_and_comes_again(connected, django):
    form = get("/admin/form/", "Content-Length: 3", method="POST", body=b"a=b")

    async def story(connection):
        django.let = asyncio.Event()
        connection(*[get(f"/admin/{n}/") for n in range(limits.WAITING)], (form + get("/")) * 30)
        await connection.settle()
        django.let.set()
        await connection.settle()
        return connection.transport, connection.statuses

    transport, statuses = connected(story)
    assert django.asked == [*(f"/admin/{n}/" for n in range(limits.WAITING)), "/admin/form/"]
    assert django.bodies[-1] == b"a=b"
    assert statuses == [200] * (limits.WAITING + 1)
    assert transport.closed
    assert transport.written.count(b"connection: close") == 1
    assert transport.written.endswith(b"Django /admin/form/")


@pytest.mark.parametrize("after", ["", "/admin/one/"])
def test_answers_wait_for_who_takes_none_without_a_task_and_no_more_than_can(
    connected, django, after
):
    many = get("/help/") + get("/", method="HEAD") + (get(after) if after else get("/") * 30)

    async def story(connection):
        connection.protocol.pause_writing()
        connection(many, get("/help/"))
        await connection.settle()
        before = connection.transport.written, connection.state.tasks, connection.transport.closed
        connection.loop.go_on(3)
        connection.protocol.resume_writing()
        return before, connection.transport.written, connection.transport.closed

    before, written, closed = connected(story)
    assert before == (b"", set(), False)
    assert closed
    assert django.asked == []
    assert written.count(b"HTTP/1.1 200 OK") == (2 if after else limits.WAITING)
    assert written.lower().count(b"connection: close") == 1
    first, _, last = written.partition(b"<p>Help</p>")
    assert b"connection: close" not in first.lower()
    assert (b"<p>Home</p>" in last) == (not after)


def test_answers_that_waited_go_out_as_far_as_they_are_taken(connected):
    async def story(connection):
        connection.protocol.pause_writing()
        connection(get("/help/") + get("/"))
        connection.transport.write = lambda data, write=connection.transport.write: (
            write(data),
            connection.protocol.pause_writing(),
        )
        connection.protocol.resume_writing()
        one = connection.statuses
        connection.protocol.resume_writing()
        two = connection.statuses
        connection.protocol.resume_writing()
        connection(get("/"))
        return one, two, connection.statuses, connection.transport.closed

    assert connected(story) == ([200], [200, 200], [200, 200, 200], False)


@pytest.mark.parametrize(
    ("request_", "closes", "has_body"),
    [
        (get("/"), False, True),
        (get("/", method="HEAD"), False, False),
        (get("/", "Connection: close"), True, True),
        (get("/", version="1.0"), True, True),
        (get("/", "Connection: keep-alive", version="1.0"), True, True),
        (get("/", "Expect: 100-continue"), False, True),
        (get("/", "Accept: */*", method="HEAD", version="1.0"), True, False),
    ],
)
def test_what_a_connection_is_after_an_answer(connected, request_, closes, has_body):
    async def story(connection):
        connection(request_)
        return connection.transport.written, connection.transport.closed

    written, closed = connected(story)
    head, _, body = written.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert closed == closes == (b"connection: close" in head.lower())
    assert bool(body) == has_body


def test_nothing_is_answered_after_a_request_that_closed(connected):
    async def story(connection):
        connection(get("/", "Connection: close") + get("/help/"))
        await connection.settle()
        return connection.statuses

    assert connected(story) == [200]


def test_an_upgrade_is_answered_as_an_ordinary_request(connected):
    async def story(connection):
        connection(get("/", "Connection: Upgrade", "Upgrade: websocket"))
        await connection.settle()
        return connection.statuses

    assert connected(story) == [200]


def test_a_reader_who_takes_nothing_is_written_no_more(connected):
    async def story(connection):
        connection.protocol.pause_writing()
        connection(get("/") * 3)
        await connection.settle()
        before = connection.transport.written
        connection.protocol.resume_writing()
        await connection.settle()
        return before, connection.statuses

    assert connected(story) == (b"", [200, 200, 200])


def test_an_exception_in_the_door_is_the_500_page(connected, monkeypatch, caplog):
    async def story(connection):
        monkeypatch.setattr(connection.protocol.app, "find", lambda *given: 1 / 0)
        connection(get("/help/secret/"))
        return connection.statuses

    assert connected(story) == [500]
    assert "secret" not in caplog.text


# Limits


@pytest.mark.parametrize(
    "sent",
    [
        [b"1;" + b"a" * 20_000] * 3,  # an extension that never ends
        [b"0\r\n", *[b"X-Trailer: " + b"a" * 9_000 + b"\r\n"] * 9],
        [b"0\r\nX-Trailer: ", *[b"a" * 30_000] * 3],
    ],
)
def test_trailers_and_chunk_extensions_count(connected, sent):
    async def story(connection):
        head = get("/cookies/save/", "Transfer-Encoding: chunked", method="POST")
        connection(head, *sent)
        await connection.settle()
        return connection.statuses, len(connection.protocol.headers)

    statuses, kept = connected(story)
    assert statuses == [400]
    assert kept == 2


def test_a_trailer_is_not_kept(connected, django):
    async def story(connection):
        head = get("/cookies/save/", "Transfer-Encoding: chunked", method="POST")
        connection(head, b"1\r\nx\r\n0\r\nX-Trailer: a\r\n\r\n")
        await connection.settle()
        return connection.statuses, [name for name, _ in connection.protocol.headers]

    assert connected(story) == ([200], [b"host", b"transfer-encoding"])


def test_after_leaving_bytes_that_are_no_request_show_the_cover(connected):
    async def story(connection):
        now = int(time.time())
        connection(get("/", f"Cookie: pause={now + 300}", "Broken\x00: x"))
        return connection.transport.written

    written = connected(story)
    assert b"This page is paused." in written or b"<title>Paused</title>" in written
    assert b"999" not in written.partition(b"\r\n\r\n")[2]


# Deadlines


def cut_off(connection, seconds):
    """Return after how many whole seconds, at most so many, the connection is cut off."""
    for second in range(seconds):
        if connection.transport.aborted:
            return second
        connection.loop.go_on(1)
    return None if not connection.transport.aborted else seconds


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HT", get("/")[:-2], get("/")], ids=["silent", "line", "head", "kept"]
)
def test_who_says_nothing_more_is_cut_off(connected, sent):
    async def story(connection):
        connection(sent)
        return cut_off(connection, 20)

    assert connected(story) == limits.SECONDS


@pytest.mark.parametrize("cookie", ["", "sessionid=made-up-0123456789012345678901234567890123"])
def test_a_stranger_does_not_get_the_time_of_staff(connected, cookie):
    async def story(connection):
        lines = ["Content-Length: 5000000", *([f"Cookie: {cookie}"] if cookie else [])]
        connection(get("/admin/login/", *lines, method="POST"))
        await connection.settle()
        for second in range(200):
            if connection.transport.closed:
                return second
            connection(b"a" * 1000)
            connection.loop.go_on(1)
        return None

    assert connected(story) <= deadlines.BODY_SECONDS


def test_a_body_that_gets_on_may_take_its_time(connected):
    async def story(connection):
        connection(get("/feedback/", "Content-Length: 60000", method="POST"))
        for _ in range(15):
            connection(b"a" * 4000)
            connection.loop.go_on(1)
        return connection.transport.aborted

    assert connected(story) is False


def test_who_takes_nothing_of_an_answer_is_cut_off_and_the_kernel_keeps_nothing(connected):
    async def story(connection):
        connection(get("/"))
        connection.transport.unsent = 500_000
        return cut_off(connection, 30), connection.transport.socket.options

    seconds, options = connected(story)
    assert seconds <= 2 * limits.SECONDS
    assert options[1:] == [(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))]


def test_what_the_kernel_has_for_a_reader_who_says_no_more_is_still_sent(connected):
    async def story(connection):
        connection(get("/"))
        return cut_off(connection, 30), connection.transport.socket.options

    seconds, options = connected(story)
    assert seconds <= limits.SECONDS
    # All that was asked of it, when the connection began: to hold little.
    assert options == [(socket.SOL_SOCKET, socket.SO_SNDBUF, limits.KERNEL)]


def test_who_takes_an_answer_slowly_gets_it_all(connected):
    async def story(connection):
        connection(get("/"))
        connection.transport.unsent = 60_000
        for _ in range(60):
            connection.loop.go_on(1)
            connection.transport.unsent = max(0, connection.transport.unsent - 1000)
            if not connection.transport.unsent:
                return connection.transport.aborted
        return "not all"

    assert connected(story) is False


def test_while_django_works_nobody_is_cut_off(connected, django):
    async def story(connection):
        django.let = asyncio.Event()
        connection(get("/admin/one/"))
        await connection.settle()
        connection.loop.go_on(30)
        before = connection.transport.aborted
        django.let.set()
        await connection.settle()
        return before, connection.statuses, cut_off(connection, 20) is not None

    assert connected(story) == (False, [200], True)


def test_the_server_stops_when_answers_are_given(connected, django):
    async def story(connection):
        django.let = asyncio.Event()
        connection(get("/admin/one/"))
        await connection.settle()
        connection.protocol.shutdown()
        assert not connection.transport.closed
        django.let.set()
        await connection.settle()
        return connection.statuses, connection.transport.closed

    assert connected(story) == ([200], True)


# What is leaned on


def test_every_internal_of_uvicorn_that_is_leaned_on_is_there():
    made = HttpToolsProtocol(Config(None, ws="none"), ServerState(), {}, object())
    for name in ("cycle", "pipeline", "flow", "parser", "server_state", "transport", "app"):
        assert hasattr(made, name), name
    for name in (
        "on_message_begin", "on_url", "on_header", "on_headers_complete", "on_body",
        "on_message_complete", "on_response_complete", "send_400_response", "shutdown",
        "data_received", "connection_made", "connection_lost", "_unset_keepalive_if_required",
        "pause_writing", "resume_writing",
    ):  # fmt: skip
        assert inspect.isfunction(getattr(HttpToolsProtocol, name, None)), name
    assert len(made.pipeline) == 0
    assert made.cycle is None
    assert "default_headers" in vars(ServerState())
    assert httptools_impl.STATUS_LINE[200] == b"HTTP/1.1 200 OK\r\n"
    cycle = inspect.signature(RequestResponseCycle).parameters
    assert {"message_event", "on_response", "keep_alive"} <= set(cycle)
    source = inspect.getsource(HttpToolsProtocol.on_headers_complete)
    # The queue of pipelined requests, which is_free() asks.
    assert "self.pipeline.appendleft" in source
