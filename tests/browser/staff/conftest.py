"""Every browser test of the newsroom is listened to, whatever it opens.

No script fails, nothing is refused by the policy, and every message came into the window.
"""

import sqlite3
from contextlib import closing
from functools import wraps

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.server import Server

from .newsroom import Ear

PATIENCE = 90


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory):
    """The site that the newsroom's tests share: words are written, lost, found and published on it."""
    server = Server(tmp_path_factory.mktemp("newsroom"))
    try:
        yield server.start()
    finally:
        server.close()


@pytest.fixture(autouse=True)
def no_drafts(request):
    """What an earlier test typed and left is not found by the next one, in the same form."""
    if "newsroom" not in request.fixturenames:
        return
    site = request.getfixturevalue("newsroom").data_dir / "site.sqlite3"
    with closing(sqlite3.connect(site, timeout=PATIENCE)) as database, database:
        database.execute("DELETE FROM drafts_draft")


@pytest.fixture(autouse=True)
def ear(monkeypatch):
    """What is heard of every page that the test opens; it must be nothing at the end."""
    ear = Ear()

    def listened_to(make):
        @wraps(make)
        def made(*arguments, **options):
            opened = make(*arguments, **options)
            ear.listen(getattr(opened, "context", opened))
            return opened

        return made

    def asked_first(close):
        @wraps(close)
        def closed(opened, *arguments, **options):
            ear.ask(getattr(opened, "pages", [opened]))
            close(opened, *arguments, **options)

        return closed

    for name in ("new_context", "new_page"):
        monkeypatch.setattr(Browser, name, listened_to(getattr(Browser, name)))
    for kind in (BrowserContext, Page):
        monkeypatch.setattr(kind, "close", asked_first(kind.close))
    yield ear
    ear.assert_silent()
