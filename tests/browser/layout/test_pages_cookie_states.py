"""Every state of the question about cookies, where readers meet it first: axe finds nothing.

The question itself is on every page that test_pages_accessibility.py looks at.
"""

import pytest
from playwright.sync_api import expect

from tests.cookies.seed import ERROR, SAVED

from ..axe import violations

pytestmark = pytest.mark.browser

IN_VIEW = """e => { const b = e.getBoundingClientRect();
  return b.top >= 0 && b.bottom <= document.querySelector(".exit").getBoundingClientRect().top; }"""


def assert_told(page, words):
    """The message is where the question was, has the focus, and is seen whole."""
    told = page.locator("#choice").get_by_text(words)
    expect(told).to_be_visible()
    box = page.locator("#choice [data-told]:focus")
    expect(box).to_contain_text(words)
    assert box.evaluate(IN_VIEW)


@pytest.mark.parametrize("path", ["/", "/help/", "/campaigns/2024/"])
def test_axe_finds_nothing_in_any_state_of_the_question(new_context, path):
    size = {"width": 360, "height": 740}

    def clean(page):
        assert violations(page) == []

    signal = new_context(viewport=size, extra_http_headers={"Sec-GPC": "1"}).new_page()
    signal.goto(path)
    expect(signal.locator("#choice")).to_have_count(0)
    clean(signal)

    page = new_context(viewport=size).new_page()
    page.goto(path)
    expect(page.locator("#choice")).to_be_visible()
    page.route("**/cookies/save/", lambda route: route.abort())
    page.get_by_role("button", name="Reject additional cookies").click()
    assert_told(page, ERROR)
    clean(page)

    page.unroute("**/cookies/save/")
    page.get_by_role("button", name="Reject additional cookies").click()
    assert_told(page, SAVED)
    clean(page)

    page.goto(path)
    expect(page.locator("#choice")).to_have_count(0)
    clean(page)
