"""What listens to the newsroom's tests hears what it is there for."""

import sqlite3
from contextlib import closing
from threading import Timer

import pytest

from .newsroom import KEEP, log_in

pytestmark = [pytest.mark.browser]

PAGE = """<!doctype html><body>{}</body>"""


def open_page(page, body, **headers):
    content = PAGE.format(body)
    page.route(
        "http://a.test/",
        lambda route: route.fulfill(body=content, content_type="text/html", headers=headers),
    )
    page.goto("http://a.test/")


def test_a_script_that_fails(page, ear):
    open_page(page, "<script>throw new Error('it broke')</script>")
    page.evaluate("0")
    (heard,) = ear.take()
    assert "it broke" in heard


def test_what_the_policy_refuses(page, ear):
    open_page(
        page, "<p style='color: red'>x</p>", **{"Content-Security-Policy": "style-src 'self'"}
    )
    page.evaluate("0")
    (heard,) = ear.take()
    assert "Content Security Policy" in heard


MESSAGE = "<ul class=messagelist><li>Saved.</li></ul>"
FAR = "<p style='height: 3000px'>a long page</p>"


def seen(page):
    """Wait until the page was drawn, so that the ear knows what is in the window."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_a_message_that_never_came_into_the_window(page, ear):
    open_page(page, FAR + MESSAGE)
    seen(page)
    page.goto("about:blank")
    (heard,) = ear.take()
    assert "OUT OF SIGHT Saved." in heard


def test_a_message_that_did(page, ear):
    open_page(page, MESSAGE + FAR)
    seen(page)
    page.goto("about:blank")
    assert ear.heard == []


@pytest.mark.slow
def test_a_draft_on_its_way_arrives_before_its_window_is_closed(newsroom, browser):
    context = browser.new_context(base_url=newsroom.url)
    page = context.new_page()
    log_in(page, newsroom, "editor")
    page.goto("/admin/awareness/page/add/")
    file = newsroom.data_dir / "site.sqlite3"
    with closing(sqlite3.connect(file, check_same_thread=False)) as database:
        database.execute("BEGIN IMMEDIATE")  # nobody else can write
        with page.expect_request(KEEP):
            page.get_by_label("Title:").fill("On its way")
        Timer(1, database.rollback).start()
        context.close()
        (kept,) = database.execute("SELECT fields FROM drafts_draft").fetchall()
    assert "On its way" in kept[0]
