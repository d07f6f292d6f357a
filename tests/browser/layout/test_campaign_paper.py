"""What leaves the screen of a campaign, as a printer and a phone's camera have it."""

import re
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from ..axe import EVERY_RULE, violations

pytestmark = pytest.mark.browser

# In points, as PDF has it.
A4, A5 = (595, 842), (420, 595)
PAPERS = {"poster": A4, "poster-a5": A5, "strips": A4}


def sizes(pdf):
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def test_each_is_one_page_of_its_size_readable_by_everybody_and_its_code_by_a_camera(
    new_context, site
):
    # 300 dots an inch, where a style sheet counts 96.
    context = new_context(device_scale_factor=300 / 96, viewport={"width": 320, "height": 800})
    page = context.new_page()
    for kind, size in PAPERS.items():
        page.goto(f"{site}/campaigns/2024/{kind}/")
        assert sizes(page.pdf(prefer_css_page_size=True)) == [size], kind
        assert violations(page, EVERY_RULE) == [], kind
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.evaluate("document.querySelector('.poster__code').style.inlineSize = '2cm'")
        picture = page.locator(".poster__code svg").screenshot()
        with Image.open(BytesIO(picture)) as code:
            assert code.width <= 240
            grey = code.convert("L")
            assert [found.text for found in zxingcpp.read_barcodes(grey)] == [f"{site}/"]
    page.goto(f"{site}/partners/")
    assert violations(page, EVERY_RULE) == []
