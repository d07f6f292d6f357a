"""The newsroom worked with keys alone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from ..pages import fetch
from .newsroom import press, show_as, tab_to, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

YEAR = date.today().year + 1


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


def test_the_desk_is_worked_with_keys_alone(window):
    """Today, next year's, a helpline, a schedule, its time, what is planned; and a service."""
    page = window("editor")
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
    page = window("keeper")
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


def test_the_site_is_made_ones_own_with_keys_alone(window, browser, newsroom):
    """Its words and their preview; an urgent notice, on screen and on paper; who runs the site."""
    page = window("editor")
    heading = page.get_by_role("heading", level=1)
    reader = browser.new_page(base_url=newsroom.url, viewport={"width": 360, "height": 740})

    def go(name, back=False):
        with page.expect_navigation():
            press(page, name, back=back)

    def readers_have(words, there=True, path="/"):
        newsroom.wait_until(lambda: (words in fetch(newsroom.url + path)) is there)

    def beta_words(words):
        go("ADD NAME AND COLOURS")
        expect(heading).to_have_text("Change the name and colours")
        tab_to(page, "Words of the beta notice:")
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.type(words)

    go("Name and colours")
    beta_words("We are new here.")
    press(page, "Preview below")
    frame = page.frame_locator("iframe.look")
    expect(frame.get_by_text("We are new here.")).to_be_attached()
    # The preview takes the focus, and keys move it, not the form behind it.
    page.keyboard.press("Tab")
    expect(page.locator("iframe.look")).to_be_focused()
    expect(page.locator("iframe.look")).to_have_css("outline-style", "solid")
    page.keyboard.press("End")
    page.wait_for_function("() => document.querySelector('iframe.look').contentWindow.scrollY")
    go("Save, and show it to readers", back=True)
    expect(page.locator(".messagelist")).to_contain_text("added successfully")
    readers_have("We are new here.")
    beta_words("")
    go("Save, and show it to readers")
    expect(page.locator(".messagelist")).to_contain_text("added successfully")

    words = "Our phones are down today. In danger, call 999."
    go("Home")
    go("Urgent notices")
    go("ADD URGENT NOTICE")
    tab_to(page, "Words:")
    page.keyboard.type(words)
    tab_to(page, "Ends: day, such as 19 April 2027")
    page.keyboard.type(f"19 April {YEAR}")
    tab_to(page, "Ends: time, such as 9am")
    page.keyboard.type("5pm")
    go("Put it above every page")
    expect(page.locator(".messagelist")).to_contain_text("added successfully")
    readers_have(words)
    readers_have("We are new here.", there=False)
    reader.goto("/")
    notice = reader.get_by_role("note", name="Urgent notice")
    for scheme in ("light", "dark"):
        reader.emulate_media(color_scheme=scheme)
        expect(notice).to_be_in_viewport()
        assert violations(reader) == []
    # On paper it is black on white, but on the sheet, which does not say what it is about.
    reader.emulate_media(media="print")
    expect(notice).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(notice.get_by_text(words)).to_have_css("color", "rgb(0, 0, 0)")
    assert notice.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 13
    for path, is_printed in (("/help/", True), ("/sheet/", False)):
        reader.goto(path)
        assert notice.is_visible() is is_printed
    go(words)
    tab_to(page, "Take it off now")
    page.keyboard.press("Space")
    go("Save")
    readers_have(words, there=False)

    page = window("keeper")
    go("Who runs this site")
    go("ADD WHO RUNS THIS SITE")
    tab_to(page, "Where complaints go:")
    page.keyboard.press("Control+a")
    page.keyboard.type("complaints@police.example")
    tab_to(page, "Why:")
    page.keyboard.type("They said so.")
    go("Ask a colleague to agree")
    expect(page.locator(".messagelist")).to_contain_text("added successfully")
    page = window("keeper2")
    go("Who runs this site")
    asked = page.get_by_role("link", name="They said so.")
    go(asked.inner_text())
    tab_to(page, "Type again: where complaints go:")
    page.keyboard.type("complaints@police.example")
    go("Agree it, or drop it if you ticked that")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    readers_have("complaints@police.example", path="/about/")
    reader.close()
