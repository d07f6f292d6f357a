"""The whole site, served by the real gunicorn."""

import urllib.request

import pytest

pytestmark = pytest.mark.server


def test_the_site_answers(site):
    with urllib.request.urlopen(site) as response:
        assert response.status == 200


def test_a_login_for_each_job_is_made(server):
    assert set(server.logins) == {"writer", "editor", "keeper", "keeper2", "manager"}
