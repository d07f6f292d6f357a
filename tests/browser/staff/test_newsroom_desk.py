"""The desk in the real browser: a campaign from its first word to the way back, and its screens."""

import re
import sys
from datetime import date

import pytest
from playwright.sync_api import expect

from tests import pastes

from ..conftest import WAIT
from .newsroom import NOTICE, add_block, log_in, press, said_twice, show_as, tab_to, violations
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


@pytest.fixture
def desk(browser, newsroom):
    """A window of somebody's own, at the first page."""
    contexts = []

    def signed_in(name, width=1280):
        context = browser.new_context(
            base_url=newsroom.url,
            viewport={"width": width, "height": 900},
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        log_in(page, newsroom, name)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def test_an_officer_runs_a_campaign(desk, newsroom, tmp_path, capsys):
    """From last year's to the way back, in at most 24 clicks and 14 fields after the log-in."""
    page = desk("editor")
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


def test_a_service_is_one_screen_that_fits(desk):
    page = desk("keeper")
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


def fits(page):
    """Say what axe finds on a narrow and dark window and on a wide and light one, and what is too wide."""
    broken, before = [], page.viewport_size
    for width, scheme in ((320, "dark"), (1280, "light")):
        show_as(page, width, scheme)
        broken += [f"{page.url} at {width}: {each}" for each in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            broken.append(f"{page.url} is too wide for {width}")
    page.set_viewport_size(before)
    return broken


def test_the_desk_is_worked_with_keys_alone(desk):
    """Today, next year's, a helpline, a schedule, its time, what is planned; and a service."""
    page = desk("editor")
    press(page, "Start next year’s campaign")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Start next year’s from")
    broken = fits(page)
    tab_to(page, "Title:")
    page.keyboard.type("With keys alone")
    tab_to(page, "First day:")
    page.keyboard.type(f"19 April {YEAR + 2}")
    tab_to(page, "Last day:")
    page.keyboard.type(f"23 April {YEAR + 2}")
    press(page, "Start it")
    expect(page.locator("main")).to_contain_text("its address will be /campaigns/with-keys-alone/")

    # What is passed in the list of helplines is not taken; what is chosen goes in where one wrote.
    # Last year's may hold some already.
    block = page.get_by_role("group", name="block 1, Text")
    words = block.locator(".tiptap")
    picker = block.get_by_label("Put a helpline into the sentence")
    expect(picker).to_be_attached()
    before = words.inner_text()
    tab_to(page, "Put a helpline into the sentence")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = picker.input_value()
    expect(block.get_by_text("Press Enter to put it in.")).to_be_visible()
    assert words.inner_text() == before
    page.keyboard.press("Enter")
    expect(words).to_be_focused()
    expect(words).to_contain_text(f"[[{chosen}]]")
    assert words.inner_text().count(f"[[{chosen}]]") == before.count(f"[[{chosen}]]") + 1
    assert words.inner_text().count("[[") == before.count("[[") + 1

    press(page, "Save and schedule")
    expect(page.locator("#schedule")).to_be_visible()
    tab_to(page, "day, such as 19 April 2027")
    page.keyboard.type(f"1 April {YEAR + 2}")
    tab_to(page, "time, such as 9am")
    page.keyboard.type("9am")
    press(page, "Schedule")
    expect(page.locator("main")).to_contain_text("Release 1 shows from 9am on")
    heading = page.get_by_role("heading", level=1)
    press(page, "Today")
    expect(heading).to_contain_text("Today, ")
    press(page, "What is planned, by month")
    expect(heading).to_have_text("What is planned")
    press(page, "Change the time of With keys alone")
    expect(heading).to_have_text("Change the time of With keys alone")
    broken += fits(page)
    tab_to(page, "day, such as 19 April 2027")
    page.keyboard.type(f"2 April {YEAR + 2}")
    press(page, "Change the time")
    expect(page.locator("main")).to_contain_text("in the place of release 1.")

    # A keeper changes hours on the one screen of a service: they are said back, then saved.
    page = desk("keeper")
    heading = page.get_by_role("heading", level=1)
    press(page, "Register of help")
    expect(heading).to_contain_text("Select")
    press(page, "Paladin")
    expect(heading).not_to_contain_text("Select")
    tab_to(page, "hours as the service says them")
    page.keyboard.type("Mon-Fri 10.15am-3pm; closed on bank holidays")
    press(page, "Save and continue editing")
    expect(page.locator("main")).to_contain_text("We understand: Monday to Friday, 10:15am to 3pm.")
    press(page, "Save and continue editing")
    expect(page.locator(".messagelist")).to_contain_text("Readers keep what they have until")
    assert not broken, "\n".join(broken)


def test_what_is_wrong_with_a_form_is_said_once(desk):
    """Of a field, of a row, of the whole form: above, with a link to the field, and beside it."""
    said = {}
    page = desk("editor")

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

    page = desk("keeper")
    page.goto("/admin/signposting/service/?q=Galop")
    page.get_by_role("link", name="Galop", exact=True).click()
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
