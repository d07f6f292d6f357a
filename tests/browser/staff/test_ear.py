"""What listens to the newsroom's tests hears what it is there for."""

import pytest

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
