"""The desk in the real browser: a campaign from its first word to the way back, and its screens."""

import re
import sys
from datetime import date

import pytest
from playwright.sync_api import expect

from tests import pastes

from .newsroom import NOTICE, add_block, follow, said_twice, violations
from .officer import Officer
from .test_newsroom_pictures import plain

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_CLICKS, MOST_FIELDS = 24, 14
YEAR = date.today().year + 1
ALT = "A poster that says: you are not alone"
# Where the words of an element are, which as a block is as wide as its column.
WORDS = """(element) => {
  const words = document.createRange()
  words.selectNodeContents(element)
  return words.getBoundingClientRect().toJSON()
}"""


def test_an_officer_runs_a_campaign(window, newsroom, tmp_path, capsys):
    """From last year's to the way back, in at most 24 clicks and 14 fields after the log-in."""
    page = window("editor")
    officer = Officer(page)
    block = page.get_by_role("group", name="block 1, Text")
    first_day = f"19 April {YEAR}"

    # Start from last year's: a title is offered, the address is made of it.
    officer.click("link", "Start next year’s campaign")
    title = page.get_by_label("Title").input_value()
    officer.fill("First day", first_day)
    officer.fill("Last day", f"23rd Apr {YEAR}")
    officer.click("button", "Start it")
    officer.is_told("its address will be /campaigns/")
    officer.is_told("Once it is published, the home page shows it")

    # Edit, and paste from Word.
    officer.put_cursor("many agencies", block)
    officer.type(" This year we say it again.")
    page.keyboard.press("Enter")
    officer.paste(pastes.copied("word-bullets"), see="Keep a record")
    expect(block.locator("li").filter(has_text="Keep a record")).to_be_visible()

    # Add a picture.
    officer.click("button", "Add a block at the end")
    officer.click("button", "Image")
    picture = page.get_by_role("group", name="Image").last
    officer.choose_file("Picture:", plain(tmp_path / "poster.png", "teal"), picture)
    expect(picture.get_by_role("status")).to_contain_text("Save to use it")
    officer.fill("What it shows:", ALT, picture)
    officer.tick("It holds no number, address or code", picture)

    # See it on its first day, on a phone.
    officer.click("button", "Preview beside the form")
    shown = page.frame_locator("iframe")
    expect(shown.get_by_text("You do not have to wait")).to_be_visible()
    officer.click("button", f"On its first day, {first_day}")
    expect(shown.get_by_text("You do not have to wait")).to_have_count(0)
    expect(shown.get_by_text("This year we say it again.")).to_have_count(1)
    expect(shown.get_by_alt_text(ALT)).to_have_count(1)
    expect(shown.locator("html")).to_have_js_property("clientWidth", 360)

    # Schedule it, and change the time.
    officer.click("button", "Save and schedule")
    begins = page.locator("form").filter(
        has=page.get_by_role("button", name="Schedule", exact=True)
    )
    officer.fill("day", f"1 April {YEAR}", begins.get_by_role("group", name="From"))
    officer.fill("time", "9.30am", begins.get_by_role("group", name="From"))
    officer.click("button", "Schedule")
    officer.is_told("Release 1 shows from 9:30am on")
    officer.click("link", "Change the time of release 1")
    officer.fill("day", f"2 April {YEAR}", page.get_by_role("group", name="From"))
    officer.click("button", "Change the time")
    officer.is_told("in the place of release 1.")

    # Be warned, be refused, and mend.
    officer.click("link", title, page.locator("main"))
    officer.put_cursor("This year we say it again.", block)
    officer.type(" Call 0808 802 0300.")
    warned = page.get_by_role("listitem").filter(has_text="Would be refused: The number")
    expect(warned).to_contain_text("[[national-stalking-helpline]]")
    officer.click("button", "Save and publish now")
    officer.is_told("Not published: readers keep what they had.")
    officer.put_cursor("This year we say it again.", block)
    for _ in "0808 802 0300.":
        page.keyboard.press("Backspace")
    officer.choose("Put a helpline into the sentence", "national-stalking-helpline", block)
    expect(block).to_contain_text("Call [[national-stalking-helpline]]")

    # Publish, and see it live.
    officer.click("button", "Save and publish now")
    officer.is_told("Published release 3.")
    address = f"/campaigns/{title.split()[-1]}/"
    newsroom.wait_until(lambda: "say it again" in page.request.get(address).text())
    officer.click("link", "View on site")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_text("This year we say it again.")).to_contain_text(
        re.compile(r"0808\s802\s0300")
    )
    officer.go_back()

    # Publish once more, compare, and go back.
    officer.put_cursor("This year we say it again.", block)
    officer.type(" Come and see us.")
    officer.click("button", "Save and publish now")
    officer.is_told("Published release 4.")
    officer.click("link", "Compare")
    expect(page.locator("ins").filter(has_text="Come and see us.")).to_be_visible()
    officer.click("link", "Schedule, withdraw, go back")
    officer.click("button", "Revert to release 3")
    officer.is_told("Release 3 is back, as release 5.")
    newsroom.wait_until(lambda: "Come and see us." not in page.request.get(address).text())

    with capsys.disabled():
        sys.stdout.write(f"\n{officer.counted()}\n")
    assert len(officer.clicks) <= MOST_CLICKS
    assert len(officer.fields) <= MOST_FIELDS


def test_a_service_is_one_screen_that_fits(window):
    page = window("keeper")
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


def test_what_is_wrong_with_a_form_is_said_once(window):
    """Of a field, of a row, of the whole form: above, with a link to the field, and beside it."""
    said = {}
    page = window("editor")

    def refused(what, button="Save"):
        """Send the form that is open, look at it, and throw it away."""
        page.get_by_role("button", name=button, exact=True).click()
        said[what] = said_twice(page)
        page.goto(page.url.partition("#")[0])
        if page.locator(NOTICE).count():
            page.get_by_role("button", name="Throw away what I typed").click()
            expect(page.locator(NOTICE)).to_have_count(0)

    page.get_by_role("link", name="Start next year’s campaign").click()
    page.get_by_label("First day").fill(f"19 April {YEAR}")
    page.get_by_label("Last day").fill(f"1 April {YEAR}")
    refused("next year's", "Start it")
    page.goto("/admin/awareness/page/add/")
    page.get_by_label("Kind:").select_option("campaign")
    page.get_by_label("Title:").fill("Said once")
    page.get_by_label("Address:").fill("said-once")
    add_block(page, "Image", "image").get_by_label("What it shows:").fill("A poster")
    refused("a page and a picture", "Save and continue editing")
    page.goto("/admin/identity/look/add/")
    page.get_by_label("Name of the site:").fill("")
    refused("the look", "Save, and show it to readers")
    page.goto("/admin/identity/urgentnotice/add/")
    refused("an urgent notice", "Put it above every page")

    page = window("keeper")
    page.goto("/admin/signposting/service/?q=Galop")
    follow(page, "Galop")
    service = page.url
    page.get_by_label("Name:", exact=True).fill("")
    page.get_by_label("hours as the service says them").first.fill("when the moon is full")
    refused("a service")
    page.goto(service.replace("change", "check"))
    page.get_by_label("Page or person:").fill("")
    refused("a check", "Record this check")
    page.goto("/admin/signposting/organisation/add/")
    refused("an organisation")
    page.goto(service)
    page.get_by_text("Add another Day with other hours").click()
    day = page.locator("#exceptionalday-0")
    day.get_by_label("Route").select_option(index=1)
    day.get_by_label("date").fill(f"24 December {YEAR}")
    day.get_by_label("opens", exact=True).fill("10am")
    day.get_by_label("reason").fill("Christmas Eve")
    refused("a row of other hours")
    page.goto("/admin/identity/owner/add/")
    page.get_by_label("Why:").fill("None.")
    refused("who runs the site", "Ask a colleague to agree")
    page.goto("/admin/signposting/service/csv/")
    page.get_by_label("The file").set_input_files(
        {"name": "x.csv", "mimeType": "text/csv", "buffer": b"a,b"}
    )
    refused("a spreadsheet", "Show the differences")
    assert said == dict.fromkeys(said, [])
    assert len(said) == 10
