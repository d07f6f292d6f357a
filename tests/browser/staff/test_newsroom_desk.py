"""The screens of the newsroom's desk in the real browser."""

import pytest
from playwright.sync_api import expect

from ..conftest import WAIT
from .newsroom import log_in, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Where the words of an element are, which as a block is as wide as its column.
WORDS = """(element) => {
  const words = document.createRange()
  words.selectNodeContents(element)
  return words.getBoundingClientRect().toJSON()
}"""


@pytest.fixture
def desk(browser, newsroom):
    """A window of somebody's own, at the first page."""
    contexts = []

    def signed_in(name, width=1280):
        context = browser.new_context(
            base_url=newsroom.url,
            viewport={"width": width, "height": 900},
        )
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        log_in(page, newsroom, name)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def test_a_service_is_one_screen_that_fits(desk):
    page = desk("keeper")
    page.get_by_role("link", name="Register of help", exact=True).click()
    page.get_by_role("link", name="Paladin", exact=True).click()
    ways = page.get_by_role("table").first
    expect(ways.get_by_label("hours as the service says them").first).to_be_visible()
    broken = []
    for width in (1024, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        broken += [f"{width}: {each}" for each in violations(page)]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        table = ways.bounding_box()
        assert table["x"] + table["width"] <= width
        heading = page.get_by_role("heading", level=1).evaluate(WORDS)
        for tool in page.locator(".object-tools a").all():
            box = tool.bounding_box()
            assert box["y"] >= heading["bottom"], tool.inner_text()
    assert not broken, "\n".join(broken)
