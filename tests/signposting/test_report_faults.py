"""One tap at the real server while its database is locked, or cannot be opened."""

import pytest

from ..publishing import wire
from ..publishing.test_faults import sqlite_locked, sqlite_unreadable
from ..server import Server

pytestmark = [pytest.mark.server, pytest.mark.slow]

PATH = "/help/paladin/report/"
SAME = [("Sec-Fetch-Site", "same-origin"), ("Content-Length", "0")]


@pytest.fixture(scope="module")
def site_of_its_own(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("report"), DATABASE_URL=None)
    try:
        yield server.start()
    finally:
        server.close()


@pytest.mark.parametrize("fault", [sqlite_locked, sqlite_unreadable])
def test_a_tap_is_answered_with_help_whatever_becomes_of_the_database(site_of_its_own, fault):
    url = site_of_its_own.url
    assert wire.ask(url, PATH, method="POST", headers=SAME).status == 303
    with fault(site_of_its_own):
        heard = wire.ask(url, PATH, method="POST", headers=SAME)
        # Where it leads is printed, so it is there.
        assert wire.ask(url, "/help/paladin/").status == 200
    assert heard.status == 503
    assert b"tel:999" in heard.body
    assert b'href="/help/' in heard.body
    assert b"Traceback" not in heard.body
    assert wire.ask(url, PATH, method="POST", headers=SAME).status == 303
