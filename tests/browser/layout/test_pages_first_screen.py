"""What a reader in a hurry sees without a scroll on a first visit, before any choice."""

import pytest

pytestmark = pytest.mark.browser

PAGES = ["/", "/help/", "/signs/", "/campaigns/2024/", "/help/national-stalking-helpline/"]
# Height of the window, and how much of it is seen above the exit and a browser's own bars.
PHONES = {(360, 740): 680, (320, 568): 516}
FOOT = "e => e.getBoundingClientRect().bottom"
NUMBER = "main a[href^='tel:']:not([href='tel:999'], [href='tel:112'])"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(request, new_context):
    """Open a page as somebody new on a phone of a size; return it once it has come."""

    def phone(path, size):
        width, height = size
        context = new_context(
            java_script_enabled=request.param, viewport={"width": width, "height": height}
        )
        page = context.new_page()
        page.goto(path)
        assert page.locator("#choice").is_visible(), "a first visit is asked about cookies"
        return page

    return phone


@pytest.mark.parametrize("size", PHONES, ids=str)
@pytest.mark.parametrize("path", PAGES)
def test_the_heading_is_on_the_first_screen(phone, path, size):
    heading = phone(path, size).locator("h1")
    assert heading.evaluate(FOOT) <= PHONES[size]


@pytest.mark.parametrize("path", ["/", "/help/"])
def test_a_number_that_is_not_999_is_on_the_first_screen(phone, path):
    size = (360, 740)
    number = phone(path, size).locator(NUMBER).first
    assert number.evaluate(FOOT) <= PHONES[size]


@pytest.mark.parametrize("path", PAGES)
def test_danger_comes_before_the_content_and_the_question_after_its_first_words(phone, path):
    """In the document, so at every width: cannot speak and BSL are one tap away."""
    page = phone(path, (360, 740))
    # compareDocumentPosition: 4 says that the other comes after.
    order = """names => names.map(name => document.querySelector(name)).every(
      (e, i, all) => !i || all[i - 1].compareDocumentPosition(e) & 4)"""
    assert page.evaluate(order, [".exit", ".danger-line", "h1", "#choice"])
    taps = page.locator(".danger-line a")
    assert [tap.get_attribute("href") for tap in taps.all()] == [
        *("tel:999", "#cannot-speak", "https://999bsl.co.uk")
    ]
    assert all(tap.is_visible() for tap in taps.all())


def test_a_phone_that_is_checked_is_spoken_of_near_the_top(phone):
    page = phone("/", (360, 740))
    line = page.get_by_role("link", name="Is someone checking this phone?")
    assert line.evaluate(FOOT) < page.locator("h1").evaluate(FOOT)
    assert page.get_by_role("link", name="Worried about someone?").evaluate(FOOT) <= 680


def test_the_exit_is_flush_with_the_lower_edge_and_in_the_corner_of_a_low_window(phone):
    page = phone("/", (360, 740))
    look = (
        "e => { const b = e.getBoundingClientRect(); return [b.left, b.right, b.bottom, b.top]; }"
    )
    assert page.locator(".exit").evaluate(look)[:3] == [0, 360, 740]
    page.set_viewport_size({"width": 640, "height": 360})
    left, right, bottom, top = page.locator(".exit").evaluate(look)
    assert 320 < left < right < 640
    assert 0 < top < bottom < 80
