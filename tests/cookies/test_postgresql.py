"""Choices while PostgreSQL is held by somebody else, hung or stopped."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest

from cookies import consent_html, registry
from tests.postgresql import hung, stopped
from tests.server import Server

from .conftest import consent
from .seed import ERROR
from .served import Visitor, kept

pytestmark = [pytest.mark.server, pytest.mark.postgresql, pytest.mark.slow]

REFUSED = {registry.CONSENT.name: registry.consent_value(())}


MAKE = """
from django.core.management import call_command
from cookies import content
call_command("migrate", verbosity=0)
content.load()
"""


@pytest.fixture
def site(tmp_path, server, postgresql):
    """The edition of the shared site, over a database that holds what cookies need."""
    if not hasattr(postgresql, "hang"):
        pytest.skip("a server that was given is not stopped")
    for folder in ("static", "editions"):
        shutil.copytree(server.data_dir / folder, tmp_path / folder, symlinks=True)
    postgresql.sql("CREATE DATABASE choices")
    site = Server(tmp_path, prepare=False, DATABASE_URL=postgresql.url("choices"))
    try:
        site.manage("shell", "-v0", "-c", MAKE)
        yield site.start()
    finally:
        site.close()
        postgresql.sql("DROP DATABASE choices WITH (FORCE)")


@contextmanager
def held(postgresql):
    with psycopg.connect(postgresql.url("choices")) as connection:
        connection.execute("LOCK cookies_dailyanswers")
        yield
        connection.rollback()


def test_refusing_counts_and_agreeing_errs_whatever_postgresql_does(site, postgresql):
    before = f"{consent(*registry.SLUGS)}; {registry.COUNTED.name}=counted"
    shown = {"shown": consent_html.shown(), "next": "/help/"}

    def post(fields, cookie=""):
        return Visitor(site.url).post("/cookies/save/", {**shown, **fields}, cookie)

    for trouble in (held, hung, stopped):
        # At once, so that they wait only once.
        with trouble(postgresql), ThreadPoolExecutor(4) as pool:
            refused = pool.submit(post, {"choice": "reject"})
            withdrawn = pool.submit(post, {"choice": "reject"}, before)
            accepted = pool.submit(post, {"choice": "accept"})
            customised = pool.submit(post, {"preferences": "yes", "statistics": "no"})
        status, cookies, _ = refused.result()
        assert (status, kept(cookies)) == (303, REFUSED), trouble
        status, cookies, _ = withdrawn.result()
        assert (status, kept(cookies)) == (303, {**REFUSED, registry.COUNTED.name: ""}), trouble
        assert accepted.result()[:2] == (303, []), trouble
        status, cookies, body = customised.result()
        assert (status, cookies) == (503, []), trouble
        assert f"data-problem>{ERROR}</p>" in body.decode()
        # And then it works again.
        status, cookies, _ = post({"choice": "accept"})
        value = registry.consent_value(registry.SLUGS)
        assert (status, kept(cookies)) == (303, {registry.CONSENT.name: value}), trouble
