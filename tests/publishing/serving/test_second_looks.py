"""What the door looks at a second time: each of these is held elsewhere too, but not for all."""

import pytest

from config import asgi
from publishing.printing import editions
from publishing.serving.door import FrontDoor
from publishing.serving.loaded_edition import EditionLoader
from publishing.serving.request import split
from safety.headers import security_headers

from ..builders import make_edition

OURS = (b"host", b"site.test")


@pytest.fixture
def door(settings):
    """Return a function that makes a door with one edition: it answers None where Django is asked."""

    def make():
        loader = EditionLoader(security_headers)
        loader.look()
        return FrontDoor(asgi.hooks, loader, None, None)

    settings.ALLOWED_HOSTS = ["site.test"]
    editions.switch(editions.write(make_edition()))
    return make


def ask(door, target, *pairs, method=b"GET"):
    answer = door.respond(method, target, list(pairs))
    return answer and answer.status


def test_a_whole_address_of_another_site_is_refused_though_the_host_is_ours(door):
    door = door()
    assert ask(door, b"/", OURS) == 200
    assert ask(door, b"http://site.test/", OURS) == 200
    assert split(b"http://evil.test/").host
    assert ask(door, b"http://evil.test/", OURS) == 400


def test_a_query_that_is_no_text_never_reaches_django(door):
    door = door()
    assert ask(door, b"/admin/?q=a", OURS) is None
    assert ask(door, b"/admin/?q=\xff", OURS) == 400
    assert ask(door, b"/cookies/save/?q=\xff", OURS, method=b"POST") == 400


def test_what_was_answered_in_private_is_not_answered_in_the_open(door, settings):
    settings.HTTPS = True
    door, private = door(), (b"x-forwarded-proto", b"https")
    assert ask(door, b"/", OURS, private) == 200
    assert ask(door, b"/", OURS) == 301
    assert ask(door, b"/", OURS, (b"x-forwarded-proto", b"http")) == 301


def test_what_is_no_host_is_refused_where_every_host_is_ours(door, settings):
    settings.ALLOWED_HOSTS = ["*"]
    door = door()
    assert ask(door, b"/", (b"host", b"elsewhere.test")) == 200
    assert ask(door, b"/", (b"host", b"no host!")) == 400
