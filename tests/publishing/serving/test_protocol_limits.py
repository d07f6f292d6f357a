"""Where the limits of a connection lie, to the byte and to the second."""

from types import SimpleNamespace

import pytest

from .connections import get

KIB = 1024


@pytest.mark.parametrize(("seconds", "is_cut_off"), [(4.9, False), (5.1, True)])
@pytest.mark.parametrize("sent", [b"", b"GET /he", get("/")])
def test_who_is_silent_has_five_seconds(connected, sent, seconds, is_cut_off):
    async def story(connection):
        connection(sent)
        connection.loop.go_on(seconds)
        return connection.transport.aborted

    assert connected(story) == is_cut_off


@pytest.mark.parametrize(("sent", "is_cut_off"), [(4 * KIB, False), (4 * KIB - 1, True)])
def test_a_body_gets_on_by_four_kilobytes_in_five_seconds(connected, sent, is_cut_off):
    async def story(connection):
        connection(get("/cookies/save/", "Content-Length: 60000", method="POST"))
        connection.loop.go_on(4)
        connection(b"a" * sent)
        connection.loop.go_on(5)
        return connection.transport.aborted

    assert connected(story) == is_cut_off


def test_each_head_of_a_connection_has_sixteen_kilobytes(connected):
    async def story(connection):
        begun = b"GET / HTTP/1.1\r\nHost: site.test\r\nX-Long: "
        connection(get("/"), begun + b"a" * (16 * KIB - len(begun)))
        before = connection.statuses
        connection(b"a")
        return before, connection.statuses

    assert connected(story) == ([200], [200, 431])


@pytest.mark.parametrize(("letters", "status"), [(8 * KIB - 1, 404), (8 * KIB, 414)])
def test_an_address_has_eight_kilobytes(connected, letters, status):
    async def story(connection):
        connection(get("/" + "a" * letters))
        return connection.statuses, connection.transport.written.partition(b"\r\n\r\n")[2]

    statuses, body = connected(story)
    assert statuses == [status]
    assert b"999" in body


@pytest.mark.parametrize(
    ("lines", "status"),
    [(["X: y"], 200), (["X: " + "y" * 16 * KIB], 431), (["X: y"] * 101, 431)],
)
def test_a_body_that_comes_with_its_head_does_not_count_as_head(connected, django, lines, status):
    async def story(connection):
        long = get("/cookies/save/", "Content-Length: 10000", *lines, method="POST")
        connection(long + b"a" * 10_000)
        await connection.settle()
        return connection.statuses

    assert connected(story) == [status]
    assert [len(body) for body in django.bodies] == ([10_000] if status == 200 else [])


def test_bytes_that_are_no_request_end_no_answer_in_its_middle(connected):
    async def story(connection):
        connection.protocol.cycle = SimpleNamespace(response_complete=False, response_started=True)
        connection.protocol.send_400_response("")
        connection(get("/"))
        return connection.transport.closed, connection.transport.written

    assert connected(story) == (True, b"")
