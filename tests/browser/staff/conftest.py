"""Every browser test of the newsroom is listened to, whatever it opens.

No script fails, nothing is refused by the policy, and every message came into the window.
"""

import sqlite3
from contextlib import closing
from functools import wraps

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.server import PATIENCE, Server

from .newsroom import Ear, log_in


def forget(site, table):
    """Empty a table of a site that runs, without a second Django that starts for it."""
    file = site.data_dir / "site.sqlite3"
    with closing(sqlite3.connect(file, timeout=PATIENCE)) as database, database:
        database.execute(f"DELETE FROM {table}")


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory):
    """The site that the newsroom's tests share: words are written, lost, found and published on it.

    One worker: what one reader has, the next one has too.
    """
    server = Server(tmp_path_factory.mktemp("newsroom"))
    try:
        yield server.start("--workers", "1")
    finally:
        server.close()


@pytest.fixture
def window(browser, newsroom):
    """Open a window of somebody's own, at the first page: window("editor")."""
    contexts = []

    def signed_in(name, width=1280):
        context = browser.new_context(
            base_url=newsroom.url,
            viewport={"width": width, "height": 900},
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        page = context.new_page()
        log_in(page, newsroom, name)
        return page

    yield signed_in
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def no_drafts(request):
    """What an earlier test typed and left is not found by the next one, in the same form."""
    if "newsroom" in request.fixturenames:
        forget(request.getfixturevalue("newsroom"), "drafts_draft")


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
