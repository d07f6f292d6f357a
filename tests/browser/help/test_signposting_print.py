"""On paper: the sheet and its card, and the help pages."""

import pytest

pytestmark = pytest.mark.browser

INCH = 96  # CSS pixels


@pytest.fixture
def paper(page):
    """A page as it would be printed, as wide as A4 less its margins."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 1000})
    return page


def visible(page, words):
    return any(place.is_visible() for place in page.get_by_text(words).all())


def test_the_sheet_is_printed_without_the_advice_or_the_furniture(paper):
    paper.goto("/sheet/")
    assert not visible(paper, "Why paper")
    assert not paper.locator(".exit").is_visible()
    assert not paper.locator("#emergency").is_visible()
    assert visible(paper, "Crime reference")
    # What shows on paper does not say what it is about.
    assert "stalk" not in paper.locator("body").inner_text().lower()


def test_the_card_is_two_by_three_inches_and_holds_its_words(paper):
    paper.goto("/sheet/")
    card = paper.locator(".wallet")
    box = card.bounding_box()
    assert box["width"] == pytest.approx(3 * INCH, abs=1)
    # It grows rather than cut a number off; today's words fit.
    assert box["height"] == pytest.approx(2 * INCH, abs=1)
    assert card.evaluate("card => card.scrollHeight <= card.clientHeight + 1")


def test_help_on_paper_keeps_numbers_hours_and_check_dates(paper):
    paper.goto("/help/")
    for words in (
        "0808 802 0300",
        "Weekday daytimes.",
        "We last checked these numbers on 22 November 2026",
    ):
        assert visible(paper, words), words
    assert not paper.locator(".masthead").is_visible()
    assert not paper.locator(".narrow").is_visible()
    width = paper.evaluate("document.documentElement.scrollWidth")
    assert width <= 672


def test_numbers_are_large_on_paper(paper):
    paper.goto("/help/paladin/")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    number = paper.locator(".ring--large[href='tel:02038664107']").evaluate(size)
    assert number > 1.3 * paper.locator("main .facts dd").first.evaluate(size)
