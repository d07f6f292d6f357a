"""On paper: what helps is kept, what is for the screen is left, and all of it fits."""

import re

import pytest

from ..pages import a_tab

pytestmark = pytest.mark.browser

PAPER = 672  # pixels: A4 is 210 mm wide, less the margins of the stylesheet, at 96 to the inch
A4 = (595, 842)  # points
PRINTED = ("/help/", "/signs/", "/advice/reporting/")

# Text that its own box or the edge of the paper would cut off.
CUT_OFF = """width => [...document.body.querySelectorAll("*")].filter(e => {
  const s = getComputedStyle(e), b = e.getBoundingClientRect();
  if (!e.checkVisibility() || e.closest(".visually-hidden")) return false;
  const clips = s.overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1;
  return clips || b.right > width + 1 || b.left < -1;
}).map(e => `${e.localName}.${e.className}`)"""


@pytest.fixture
def paper(browser, base_url):
    """A dark room and the largest text: neither may reach the paper."""
    with a_tab(browser, base_url, color_scheme="dark") as page:
        page.set_viewport_size({"width": PAPER, "height": 1000})
        yield page


@pytest.mark.parametrize("address", PRINTED)
def test_the_words_fit_the_paper(paper, address):
    paper.goto(address)
    paper.evaluate("document.documentElement.dataset.text = '3'")
    paper.emulate_media(media="print")
    assert paper.evaluate("document.documentElement.scrollWidth") <= PAPER
    assert paper.evaluate(CUT_OFF, PAPER) == []
    assert paper.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == pytest.approx(
        14
    )
    pdf = paper.pdf(prefer_css_page_size=True, format="A4")
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert {(int(float(width)), int(float(height))) for width, height in boxes} == {A4}


@pytest.mark.parametrize("address", PRINTED)
def test_the_furniture_stays_behind(paper, address):
    paper.goto(address)
    furniture = [".masthead", ".exit", ".danger-line", "#choice", ".beta", ".footer"]
    paper.set_viewport_size({"width": 320, "height": 568})
    assert all(paper.locator(each).is_visible() for each in furniture), "they are on the screen"
    paper.emulate_media(media="print")
    assert not [each for each in furniture if paper.locator(each).is_visible()]
    assert paper.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert paper.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_paper_keeps_numbers_hours_and_check_dates(paper):
    paper.goto("/help/")
    paper.emulate_media(media="print")
    words = paper.locator("body").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    for kept in (
        "999",
        "101",
        "0808 802 0300",
        "0115 947 6490",
        "Weekday daytimes.",
        "We last checked these numbers on",
    ):
        assert kept in words


@pytest.mark.parametrize("address", PRINTED)
def test_the_emergency_card_is_printed_whole(paper, address):
    """Also what the screen folds away: on paper nothing can be opened."""
    paper.goto(address)
    folded = paper.locator("#emergency").get_by_text("Text the word register to 999")
    assert not folded.is_visible()
    paper.emulate_media(media="print")
    assert folded.is_visible()


def test_the_sheet_leaves_room_to_write(paper):
    paper.goto("/sheet/")
    paper.emulate_media(media="print")
    widths = paper.locator(".sheet td").evaluate_all("all => all.map(e => e.clientWidth)")
    assert widths
    assert min(widths) > PAPER / 2
