"""The help pages in the browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_data_for_search_engines_breaks_no_rule_of_the_page(page):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/help/juno/")
    assert page.locator("script[type='application/ld+json']").count() == 1
    assert said == []
    # A rule that is broken would be heard: this one is.
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {text: '1'}))"
    )
    assert "Content Security Policy" in said[0]


def test_one_tap_says_thank_you_and_sets_no_cookie(page):
    page.goto("/help/paladin/")
    thanks = page.get_by_text("Thank you. We will check it.")
    assert not thanks.is_visible()
    page.get_by_role("button", name="This did not work").click()
    expect(thanks).to_be_visible()
    assert page.context.cookies() == []
    page.get_by_role("link", name="Here is another way to get help").click()
    expect(page.get_by_role("heading", name="National Stalking Helpline")).to_be_visible()
