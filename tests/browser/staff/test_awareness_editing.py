"""A whole day of an editor, under the admin's Content Security Policy, in the real browser."""

import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from .newsroom import add_block, log_in, press, show_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def desk(page: Page, newsroom):
    """The admin's list of pages, with an editor logged in."""
    log_in(page, newsroom, "editor")
    page.get_by_role("link", name="Pages", exact=True).first.click()
    return page


def printed(page, newsroom, path, words):
    """Wait until readers have the words; on a busy machine that is after the answer."""
    expect(page.locator(".messagelist")).to_contain_text(
        re.compile("The public sees this now.|It is being printed.")
    )

    found = []

    def readers_have_it():
        response = page.request.get(f"{newsroom.url}{path}")
        found[:] = [response.status, response.text()]
        return response.status == 200 and words in response.text()

    try:
        newsroom.wait_until(readers_have_it, seconds=90)
    except TimeoutError:
        # What they have instead says why.
        page.reload()
        raise AssertionError(f"{found}\n{page.locator('body').inner_text()}") from None


def test_add_a_block_type_bold_link_save_and_publish(desk, newsroom, browser, ear):
    page = desk
    page.locator("#result_list").get_by_role("link", name="Staying safe").click()
    block = add_block(page, "Text", "text")
    block.locator(".tiptap").click()
    page.keyboard.type("Read the ")
    page.keyboard.press("Control+b")
    page.keyboard.type("signs")
    page.keyboard.press("Control+b")
    page.keyboard.type(" of stalking here")
    words = block.locator(".tiptap")
    expect(words).to_have_text("Read the signs of stalking here")
    for chosen in ("e", "re", "ere", "here"):
        # Each key only when the one before has been taken in, as a person would.
        page.keyboard.press("Shift+ArrowLeft")
        page.wait_for_function("chosen => getSelection().toString() === chosen", arg=chosen)
    block.get_by_title("insert link").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("input[type=text], input[type=url]").first.fill("/signs/")
    dialog.locator("button[type=submit], button[value=save]").first.click()
    expect(words.get_by_role("link")).to_have_text("here")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    expect(page.locator(".panel")).to_contain_text("changes that are not published")

    reader = browser.new_page()
    reader.goto(f"{newsroom.url}/advice/staying-safe/")
    expect(reader.locator("main")).not_to_contain_text("Read the signs of stalking here")

    page.get_by_role("button", name="Save and publish now").click()
    expect(page.locator(".messagelist")).to_contain_text("Published release 2.")
    printed(page, newsroom, "/advice/staying-safe/", "of stalking <a")
    reader.reload()
    printed_words = reader.locator("main .prose", has_text="Read the signs of stalking here")
    expect(printed_words.locator("strong")).to_have_text("signs")
    expect(printed_words.get_by_role("link")).to_have_attribute("href", "/signs/")
    reader.close()

    page.get_by_role("link", name="Schedule, withdraw, go back").click()
    page.locator("form", has_text="Yes, throw my changes away").wait_for(state="detached")
    page.get_by_role("button", name="Revert to release 1").click()
    expect(page.locator(".messagelist")).to_contain_text("Release 1 is back, as release 3.")

    # The same ear hears a refusal when there is one.
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=color:red>x</p>')")
    heard = ear.take()
    assert ["style-src" in each for each in heard] == [True], "\n".join(heard)


def test_every_block_can_be_added_and_filled_in(desk, newsroom, tmp_path):
    page = desk
    page.get_by_role("link", name="Add page").click()
    page.get_by_label("Kind:").select_option("advice")
    page.get_by_label("Title:").fill("A new page")
    page.get_by_label("Address:").fill("new")
    page.get_by_label("Summary:").fill("About something new.")
    add_block(page, "Call-out", "callout").locator(".tiptap").fill("Take care.")
    add_block(page, "Steps", "steps").locator(".tiptap").fill("Do this.")
    signs = add_block(page, "Signs", "signs")
    signs.get_by_label("Signs:").fill("One\nTwo")
    helplines = add_block(page, "Helplines", "helplines")
    helplines.get_by_label("Heading:").fill("Talk to someone")
    helplines.get_by_label("National Stalking Helpline").check()
    quotation = add_block(page, "Quotation", "quotation")
    quotation.get_by_label("Text:").fill("So it was.")
    quotation.get_by_label("Name:").fill("Ann")
    image = add_block(page, "Image", "image")
    image.get_by_label("Picture:").set_input_files(poster(tmp_path))
    image.get_by_label("What it shows:").fill("A poster")
    expect(image.locator(".picture-said")).to_contain_text("Save to use it")
    image.get_by_label("It holds no number, address or code").check()
    page.get_by_role("button", name="Save and publish now").click()
    expect(page.locator(".messagelist")).to_contain_text("Published release 1.")
    printed(page, newsroom, "/advice/new/", "Take care.")
    page.get_by_role("link", name="View on site").click()
    expect(page.locator("main")).to_contain_text("Take care.")
    page.get_by_alt_text("A poster").scroll_into_view_if_needed()
    expect(page.get_by_alt_text("A poster")).to_have_js_property("complete", True)
    assert page.get_by_alt_text("A poster").evaluate("image => image.naturalWidth") > 0


def poster(folder):
    path = folder / "poster.png"
    Image.new("RGB", (900, 600), (40, 90, 80)).save(path)
    return path


def test_the_desk_can_be_reached_from_the_keyboard(desk):
    page = desk
    page.locator("#result_list").get_by_role("link", name="Reporting stalking to police").click()
    for name in ("Show a colleague", "Compare", "Schedule, withdraw, go back"):
        page.get_by_role("link", name=name).focus()
        expect(page.get_by_role("link", name=name)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What the public sees")).to_be_visible()


def test_the_buttons_of_a_text_say_what_can_be_used_and_what_is_on(desk):
    page = desk
    # Their words are drawn as icons. Axe reads the words only where the font of icons has not come.
    page.route("**/*.woff2", lambda route: route.abort())
    page.locator("#result_list").get_by_role("link", name="Keeping a record").click()
    block = page.get_by_role("group", name="block 1, Text")
    button = block.locator(".prose-menubar").get_by_role("button")
    words = block.locator(".tiptap")

    def named(name):
        return button.and_(page.get_by_label(name, exact=True))

    words.click()
    for name in ("insert link", "undo", "redo"):
        expect(named(name)).to_have_attribute("aria-disabled", "true")
    for name in ("bold", "unordered list", "ordered list"):
        expect(named(name)).to_have_attribute("aria-pressed", "false")
    show_as(page, 320, "dark")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.keyboard.press("Control+a")
    expect(named("insert link")).to_have_attribute("aria-disabled", "false")
    page.keyboard.press("Control+b")
    expect(named("bold")).to_have_attribute("aria-pressed", "true")
    expect(named("undo")).to_have_attribute("aria-disabled", "false")
    for scheme, primary in (("light", "rgb(11, 83, 81)"), ("dark", "rgb(23, 48, 47)")):
        show_as(page, 320, scheme)
        assert violations(page) == []
        block.locator(".prose-menubar__selected").click()
        # Axe does not look into what lies over the page.
        heading = block.get_by_role("button", name="Heading 2")
        heading.hover()
        expect(heading.locator("h2")).to_have_css("color", "rgb(255, 255, 255)")
        expect(heading).to_have_css("background-color", primary)
        page.keyboard.press("Escape")
    named("undo").press("Enter")
    expect(named("bold")).to_have_attribute("aria-pressed", "false")
    assert named("undo").get_attribute("aria-pressed") is None
    new = add_block(page, "Text", "text").locator(".prose-menubar")
    expect(new.get_by_label("undo")).to_have_attribute("aria-disabled", "true")


def test_blocks_are_added_moved_removed_and_published_with_keys_alone(desk, newsroom):
    page = desk
    blocks = page.locator(".order-machine > [role=group]")
    news = page.get_by_role("status").filter(has_text="block")

    def stand(*types):
        names = [f"block {place}, {type_}" for place, type_ in enumerate(types, start=1)]
        expect(blocks).to_have_count(len(names))
        assert blocks.evaluate_all("all => all.map(one => one.ariaLabel)") == names

    expect(page.locator("#result_list")).to_be_visible()
    press(page, "Keeping a record")
    expect(page.locator(".tiptap").last).to_be_visible()
    stand("Text", "Call-out", "Text", "Helplines")

    press(page, "Add a block before block 1, Text")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Add a block before block 1, Text")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(blocks.first.locator(".tiptap")).to_be_focused()
    expect(news).to_have_text("block 1, Text is added.")
    page.keyboard.type("Typed with keys.")
    stand("Text", "Text", "Call-out", "Text", "Helplines")
    press(page, "Move down block 1, Text", back=True)
    expect(page.get_by_label("Move down block 2, Text")).to_be_focused()
    expect(news).to_have_text("Text is now block 2 of 5.")
    page.keyboard.press("Enter")
    stand("Text", "Call-out", "Text", "Text", "Helplines")
    expect(blocks.nth(2)).to_contain_text("Typed with keys.")

    # One that is not wanted after all, before others of its kind that are saved.
    press(page, "Add a block before block 1, Text", back=True)
    page.keyboard.press("Enter")
    expect(blocks.first.locator(".tiptap")).to_be_focused()
    press(page, "Remove block 1, Text", "Space", back=True)
    expect(page.get_by_label("Add a block before block 1, Text")).to_be_focused()
    press(page, "Delete block 4, Text", "Space")
    expect(page.get_by_label("Delete block 4, Text")).to_be_focused()
    expect(news).to_have_text("block 4, Text goes when you save.")
    press(page, "Hide block 5, Helplines")
    expect(page.get_by_label("Show block 5, Helplines")).to_be_focused()

    assert violations(page) == []

    press(page, "Save and publish now")
    expect(page.locator(".messagelist")).to_contain_text("Published release 2.")
    printed(page, newsroom, "/advice/keeping-a-record/", "Typed with keys.")
    expect(page.locator(".tiptap").last).to_be_visible()
    stand("Text", "Call-out", "Text", "Helplines")
    expect(blocks.nth(2)).to_contain_text("Typed with keys.")
