"""How many taps, and how far down, the right help is for somebody new with a phone."""

import pytest

pytestmark = pytest.mark.browser

SCREEN = 740  # pixels
BOX = "e => { const b = e.getBoundingClientRect(); return [b.top, b.bottom]; }"

# Who: (the links they tap one after the other from the first page, what they tap last).
WALKS = {
    "a partner or ex at night": (
        ["A partner, an ex or family"],
        "#juno:has-text('Day and night') .ring[href='tel:08088000340']",
    ),
    "a neighbour": (
        ["Someone else, or I do not know"],
        "#nsas-women .ring[href='tel:01159476490']",
    ),
    "a friend": (["Worried about someone?"], "main a[href='tel:08088020300']"),
    "a Deaf person in danger": ([], ".danger-line a[href='https://999bsl.co.uk']"),
    "a fifteen-year-old": (["I am under 18"], "#childline .ring[href='tel:08001111']"),
    "little English": (["I speak little English"], "main a[href='tel:999']"),
}
MOST_TAPS = {"a Deaf person in danger": 1}


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(request, new_context):
    context = new_context(
        java_script_enabled=request.param,
        viewport={"width": 360, "height": SCREEN},
        has_touch=True,
        is_mobile=True,
    )
    return context.new_page()


def within_two_screens(place):
    """Whether a place is seen from where the reader is, or after one screen more."""
    top, bottom = place.evaluate(BOX)
    return top >= 0 and bottom <= 2 * SCREEN


def tap(page, name):
    link = page.get_by_role("link", name=name, exact=True).first
    assert within_two_screens(link), name
    before = page.url
    link.tap()
    page.wait_for_url(lambda url: url != before)


@pytest.mark.parametrize("who", WALKS)
def test_help_is_two_taps_away(phone, who):
    links, goal = WALKS[who]
    phone.goto("/")
    for name in links:
        tap(phone, name)
    last = phone.locator(goal).first
    assert last.is_visible()
    assert within_two_screens(last)
    # The last tap rings, or opens the service.
    assert len(links) + 1 <= MOST_TAPS.get(who, 2)


def test_own_behaviour_is_one_tap_from_the_help_page(phone):
    phone.goto("/help/")
    phone.get_by_role("link", name="Worried about your own behaviour?").tap()
    phone.wait_for_url("**/advice/own-behaviour/")
    assert phone.locator("main a[href='tel:08088024040']").first.is_visible()
