"""Every screen of the newsroom, as each who works there has it: WCAG 2.2 AA, and no wider than its window."""

import re

import pytest
from playwright.sync_api import expect

from ..axe import AA
from ..pages import Elements
from .newsroom import log_in, show_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Beside the lists of an account, each with the form of its first row and of a new one.
MORE_SCREENS = {
    "writer": [],
    "editor": ["awareness/page/planned/", "awareness/page/pictures/", "awareness/page/day/"],
    "keeper": ["signposting/service/csv/"],
    "manager": ["account/"],
}
LOOKS = [
    (320, "dark", AA),
    (1280, "light", {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}),
]
ROW = re.compile(r'<th[^>]*><a href="([^"]+)"')
# What a field, a column or a model is called changes nothing of how it is drawn.
NAMES = re.compile(r"\b(?:app|model|field|column|row)[-\d]\S*")


def kinds(html):
    """Return what stands on a screen, without the names that only say what it is about."""
    return {tuple(NAMES.sub("", kind) for kind in pair) for pair in Elements(html).kinds}


def screens(page, name):
    """Return address -> HTML of all that somebody can open from the front page, who is logged in."""
    found = {}

    def read(address):
        answer = page.request.get(address)
        assert answer.status == 200, address
        found[address] = answer.text()
        return found[address]

    read("/admin/")
    lists = page.locator(".lists a").evaluate_all("all => all.map(a => a.pathname)")
    for address in dict.fromkeys(lists):
        if row := ROW.search(read(address)):
            read(row[1].replace("&amp;", "&"))
    for address in MORE_SCREENS[name]:
        read(f"/admin/{address}")
    if name == "editor":
        read(ROW.search(found["/admin/awareness/page/"])[1].partition("change")[0] + "publishing/")
    return found


def test_every_screen_is_accessible_and_fits(browser, newsroom, every):
    """Those on which something stands that stands on none before; with bin/bench every, all of them."""
    broken, seen = [], {name: [] for name in MORE_SCREENS}
    known = set()
    for name in MORE_SCREENS:
        context = browser.new_context(base_url=newsroom.url)
        page = context.new_page()
        log_in(page, newsroom, name)
        for address, html in screens(page, name).items():
            here = kinds(html)
            if here <= known and not every:
                continue
            known |= here
            seen[name].append(address)
            show_as(page, 320, "dark")
            page.goto(address)
            if page.locator("#content-editor-context").count():
                expect(page.locator(".order-machine-insert-target.last")).to_be_visible()
            for width, scheme, rules in LOOKS:
                show_as(page, width, scheme)
                where = f"{address} at {width} for the {name}"
                broken += [f"{where} {each}" for each in violations(page, rules)]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    broken.append(f"{where} is too wide")
        context.close()
    assert all(seen.values()), seen
    assert not broken, "\n".join(broken)
