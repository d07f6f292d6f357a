"""How much of a phone, and of paper, the help page takes on a first visit."""

import re

import pytest

pytestmark = pytest.mark.browser

SCREEN = 740  # pixels: one screen of a phone 360 wide
MOST = {"1": 8, "3": 18}  # screens, at the text as it is and at the largest
SCREENS = f"document.documentElement.scrollHeight / {SCREEN}"
HELPLINE = "main .service a[href='tel:08088020300']"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(request, new_context):
    context = new_context(
        java_script_enabled=request.param, viewport={"width": 360, "height": SCREEN}
    )
    page = context.new_page()
    page.goto("/help/")
    assert page.locator("#choice").is_visible(), "a first visit is asked about cookies"
    return page


@pytest.mark.parametrize("text", MOST)
def test_the_page_is_few_screens_long(phone, text):
    phone.evaluate(f"document.documentElement.dataset.text = '{text}'")
    assert phone.evaluate(SCREENS) <= MOST[text]
    # It is not short because something is hidden: each row and its number can be seen.
    rows = phone.locator(".service")
    assert rows.count() > 20
    assert all(row.is_visible() for row in rows.all())
    assert all(ring.is_visible() for ring in phone.locator(".service .ring").all())


def test_the_stalking_helpline_is_within_the_first_two_screens(phone):
    foot = phone.locator(HELPLINE).first.evaluate("e => e.getBoundingClientRect().bottom")
    assert foot <= 2 * SCREEN


def test_the_list_is_whole_until_it_is_narrowed(phone):
    assert phone.locator("#by-partner").count() == 1
    row = phone.locator("#nsas-women")
    assert row.is_visible()
    assert not phone.get_by_text("Partner, ex or family", exact=True).is_visible()
    phone.get_by_text("Show only what fits me").click()
    phone.get_by_text("Partner, ex or family", exact=True).click()
    assert not row.is_visible()
    assert phone.locator("#juno").is_visible()
    phone.get_by_text("Anyone", exact=True).click()
    assert row.is_visible()


def test_on_paper_it_is_two_pages(page):
    page.goto("/help/")
    pdf = page.pdf(prefer_css_page_size=True, format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    page.emulate_media(media="print")
    assert all(row.is_visible() for row in page.locator(".service").all())
    assert not page.get_by_text("Show only what fits me").is_visible()
