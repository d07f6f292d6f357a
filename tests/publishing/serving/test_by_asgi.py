"""Django is asked once a request's body has come, or where it may have to refuse it."""

import pytest

from publishing.serving import by_asgi

from .connections import get

SAVE = "/cookies/save/"


def test_a_body_reaches_django_whole(connected, django):
    chunked = b"3\r\na=b\r\n0\r\n\r\n"

    async def story(connection):
        connection(get("/cookies/save/", "Content-Length: 3", method="POST"), b"a", b"=b")
        await connection.settle()
        connection(get("/cookies/save/", "Transfer-Encoding: chunked", method="POST"), chunked)
        await connection.settle()
        connection(get("/"))
        return connection.statuses

    assert connected(story) == [200, 200, 200]
    assert django.bodies == [b"a=b", b"a=b"]


def test_half_a_body_costs_no_task_and_the_rest_of_it_is_answered(connected, django):
    async def story(connection):
        connection(get(SAVE, "Content-Length: 9", method="POST"), b"choice=")
        await connection.settle()
        before = connection.state.tasks == set(), [*django.asked], connection.statuses
        connection(b"ok")
        await connection.settle()
        connection(get("/"))
        return before, connection.statuses

    assert connected(story) == ((True, [], []), [200, 200])
    assert django.bodies == [b"choice=ok"]


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        (["Expect: 100-continue", "Content-Length: 9"], b""),
        ([f"Content-Length: {by_asgi.LONG + 1}"], b""),
        ([f"Content-Length: {by_asgi.LONG}"], b"a" * (by_asgi.BODY + 1)),
    ],
    ids=["who waits to be let", "too long for most", "much has come"],
)
def test_django_is_asked_before_the_body_is_whole(connected, django, lines, body):
    async def story(connection):
        connection(get(SAVE, *lines, method="POST"), body)
        await connection.settle()
        return len(connection.state.tasks)

    assert connected(story) == 1
    assert django.asked == [SAVE]


def test_a_body_that_is_under_way_as_the_server_ends_is_answered(connected, django):
    async def story(connection):
        connection(get(SAVE, "Content-Length: 9", method="POST"), b"choice=")
        connection.protocol.shutdown()
        connection(b"ok")
        await connection.settle()
        return connection.statuses, connection.transport.closed

    assert connected(story) == ([200], True)
    assert django.bodies == [b"choice=ok"]


def test_what_is_no_body_is_refused_and_never_asked(connected, django):
    async def story(connection):
        connection(get(SAVE, "Transfer-Encoding: chunked", method="POST"), b"3\r\na=b\r\nnonsense")
        connection.protocol.shutdown()
        await connection.settle()
        return connection.statuses

    assert connected(story) == [400]
    assert django.asked == []
