"""Every page fits its screen, whatever the width, the colours or the size of the text."""

import pytest

from ..pages import ERRORS, WIDTHS, a_tab, resize

pytestmark = pytest.mark.browser

# What sticks out at the side, unless the page does not scroll sideways.
STICKS_OUT = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const out = [...document.body.querySelectorAll("*")]
    .filter(e => { const b = e.getBoundingClientRect(); return b.right > room + 1 || b.left < -1; })
    .map(e => `${e.localName}.${e.className}`);
  return out.length ? out.slice(-3) : ["something"];
}"""

# WCAG 1.4.12, set through the object model because the policy allows no inline style.
MORE_SPACE = """() => {
  for (const e of document.body.querySelectorAll("*")) {
    e.style.lineHeight = "1.5"; e.style.letterSpacing = "0.12em"; e.style.wordSpacing = "0.16em";
    if (e.localName === "p") e.style.marginBottom = "2em";
  }
}"""

FONT = "font => document.documentElement.style.setProperty('--font', font)"


def wide_ones(page, where):
    out = page.evaluate(STICKS_OUT)
    return [f"{where}: {', '.join(out)}"] if out else []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_no_page_scrolls_sideways(browser, base_url, sample, different, script):
    """A sample; those that differ also in dark colours, and without script."""
    found = []
    with a_tab(browser, base_url, script) as page:
        for address in sample if script else different:
            page.goto(address)
            for width in WIDTHS:
                resize(page, width)
                found += wide_ones(page, f"{address} at {width}")
                if address in different:
                    page.emulate_media(color_scheme="dark")
                    found += wide_ones(page, f"{address} at {width}, dark")
                    page.emulate_media(color_scheme="light")
    assert not found, "\n".join(found)


def test_pages_fit_a_phone_with_large_text_more_space_or_another_direction(
    browser, base_url, sample
):
    found = []
    with a_tab(browser, base_url, width=320) as page:
        for address in sample:
            page.goto(address)
            page.evaluate("document.documentElement.dir = 'rtl'")
            found += wide_ones(page, f"{address} from right to left")
            page.evaluate("document.documentElement.dir = 'ltr'")
            page.evaluate("document.documentElement.dataset.text = '3'")
            for font in ("Liberation Sans", "DejaVu Sans"):
                # Phones have fonts of their own; the second is as wide as they come.
                page.evaluate(FONT, font)
                found += wide_ones(page, f"{address} with the largest text in {font}")
            page.evaluate(FONT, "")
            page.evaluate("delete document.documentElement.dataset.text")
            page.evaluate(MORE_SPACE)
            found += wide_ones(page, f"{address} with more space")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "height"), [(320, 568), (1280, 720)])
def test_999_is_on_the_first_screen_of_every_page(browser, base_url, addresses, width, height):
    """On a first visit, above what asks about cookies, clear of the exit, ready to be pressed."""
    found = []
    with a_tab(browser, base_url) as page:
        page.set_viewport_size({"width": width, "height": height})
        for address in [*addresses, *ERRORS]:
            page.goto(address)
            call = page.locator(":is(.danger-line, #emergency) a[href='tel:999']:visible").first
            box = call.bounding_box()
            foot = page.locator(".exit").bounding_box()["y"] if width == 320 else height
            if box["y"] + box["height"] > foot:
                found.append(f"{address}: the foot of Call 999 is at {box['y'] + box['height']}")
            elif not call.evaluate(PRESSED):
                found.append(f"{address}: something lies over Call 999")
    assert not found, "\n".join(found)


# A finger on the middle of it touches it and nothing else.
PRESSED = """e => {
  const b = e.getBoundingClientRect();
  return e.contains(document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2));
}"""


def test_the_beta_notice_can_be_hidden(browser, base_url):
    with a_tab(browser, base_url) as page:
        page.goto("/")
        notice = page.get_by_text("This site is a beta")
        assert notice.is_visible()
        page.evaluate("document.documentElement.dataset.beta = 'hidden'")
        assert not notice.is_visible()
