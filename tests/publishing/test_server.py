"""The whole site, served by the real gunicorn."""

import urllib.request

import pytest

pytestmark = pytest.mark.server


def test_the_site_answers(site):
    with urllib.request.urlopen(site) as response:
        assert response.status == 200


def test_both_logins_are_made(server):
    assert set(server.logins) == {"editor", "keeper"}
