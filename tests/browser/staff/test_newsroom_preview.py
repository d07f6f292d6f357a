"""A page is seen before anybody else has it: beside the form, by a colleague, beside another."""

import pytest
from playwright.sync_api import expect

from .newsroom import add_block, kept, log_in, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WINDOWS = {"desk": (1024, 768), "tablet": (768, 1024)}


@pytest.fixture
def desk(page, newsroom):
    page.set_viewport_size({"width": 1280, "height": 800})
    log_in(page, newsroom, "editor")
    return page


def open_page(page, newsroom, name="Staying safe"):
    page.goto(f"{newsroom.url}/admin/awareness/page/")
    page.locator("#result_list").get_by_role("link", name=name).click()
    expect(page.locator(".tiptap").last).to_be_visible()


def open_preview(page):
    """Open the preview with keys. A busy browser may drop one: then it is pressed again."""
    while page.locator("#preview").is_hidden():
        page.get_by_role("button", name="Preview beside the form").press("Enter")


def throw_away(page):
    page.get_by_role("button", name="Throw away what I typed").click()
    expect(page.locator(".draft-notice")).to_have_count(0)


@pytest.fixture
def beside(desk, newsroom):
    """The form of a page with its preview beside it, and the page in its frame."""
    open_page(desk, newsroom)
    open_preview(desk)
    frame = desk.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Staying safe", level=1)).to_be_visible()
    return desk, frame


def test_what_is_typed_is_seen_before_it_is_saved(beside, newsroom):
    page, frame = beside
    block = add_block(page, "Text", "text")
    block.locator(".tiptap").click()
    page.keyboard.type("Seen by nobody else")
    expect(frame.locator("main")).to_contain_text("Seen by nobody else")
    page.get_by_label("Title:").fill("")
    expect(page.locator(".preview__said")).to_contain_text("Title: This field is required.")
    page.get_by_label("Title:").fill("Staying very safe")
    expect(frame.get_by_role("heading", name="Staying very safe", level=1)).to_be_visible()
    expect(page.locator(".preview__said")).to_be_empty()
    answer = page.request.get(f"{newsroom.url}/advice/staying-safe/").text()
    assert "Seen by nobody else" not in answer
    page.reload()
    expect(frame.locator("main")).to_contain_text("Seen by nobody else")
    throw_away(page)
    expect(frame.locator("main")).not_to_contain_text("Seen by nobody else")
    page.get_by_role("button", name="Shut the preview").first.click()


def test_what_was_typed_while_the_preview_was_fetched_is_seen_too(beside):
    page, frame = beside
    block = add_block(page, "Text", "text")
    block.locator(".tiptap").click()
    held = []

    def hold_the_first(route):
        held.append(route)
        if len(held) > 1:
            route.continue_()

    page.route("**/frame/**", hold_the_first)
    with page.expect_request("**/frame/**"):
        page.keyboard.type("Seen by")
    kept(page)
    answer = held[0].fetch()
    page.keyboard.type(" nobody else")
    kept(page)
    assert "nobody else" not in answer.text(), "fetched before the last of it was typed"
    held[0].fulfill(response=answer)
    expect(frame.locator("main")).to_contain_text("Seen by nobody else")


def test_phone_desktop_paper_day_reader_text_and_script(beside):
    page, frame = beside
    width = "document.documentElement.clientWidth"
    ask = frame.get_by_role("button", name="Accept additional")
    expect(frame.locator("html")).to_have_js_property("clientWidth", 360)
    expect(ask).to_be_visible()
    page.get_by_label("a desktop").check()
    expect(frame.locator("html")).to_have_js_property("clientWidth", 1280)
    assert page.locator("iframe").bounding_box()["width"] < 700, "all of it is in the panel"
    page.get_by_label("paper").check()
    expect(frame.locator(".exit")).to_be_hidden()
    expect(frame.locator("h1")).to_be_visible()
    page.get_by_label("a phone").check()
    expect(frame.locator(".exit")).to_be_visible()

    page.get_by_text("Day, reader, text and script").click()
    page.get_by_label("To a reader who").select_option("said no to every cookie")
    expect(frame.locator("h1")).to_be_visible()
    expect(ask).to_have_count(0)
    page.get_by_label("In the largest text").check()
    expect(frame.locator("html")).to_have_attribute("data-text", "3")
    page.get_by_label("day").fill("2000-01-01")
    page.get_by_label("time").fill("09:00")
    expect(frame.locator("h1")).to_be_visible()
    page.get_by_role("button", name="Now", exact=True).click()
    page.get_by_label("Without script").check()
    expect(page.locator("iframe")).to_have_attribute("sandbox", "allow-same-origin")
    expect(frame.locator("h1")).to_be_visible()
    assert page.frames[1].evaluate(width) == 360
    page.get_by_role("button", name="Shut the preview").first.click()
    expect(page.locator("iframe")).to_be_hidden()


def test_links_stay_in_it_and_nothing_leads_out(beside, newsroom):
    page, frame = beside
    frame.get_by_role("link", name="Signs", exact=True).first.click()
    expect(frame.get_by_role("heading", level=1)).to_contain_text("signs")
    assert "/admin/awareness/page/frame/" in page.frames[1].url
    inside = page.frames[1].url
    frame.locator('a[href^="https://"]').first.evaluate("link => link.click()")
    frame.locator("a.exit").first.evaluate("link => link.click()")
    expect(frame.get_by_text("The public has no page at this address")).to_be_visible()
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    assert page.frames[1].url.startswith(f"{newsroom.url}/admin/awareness/page/frame/"), inside
    assert page.url.startswith(f"{newsroom.url}/admin/awareness/page/")
    assert len(page.context.pages) == 1
    assert "pause" not in {cookie["name"] for cookie in page.context.cookies()}
    page.get_by_role("button", name="Shut the preview").first.click()


def test_by_keyboard_and_the_cursor_comes_back(desk, newsroom):
    open_page(desk, newsroom)
    button = desk.get_by_role("button", name="Preview beside the form")
    button.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#preview-title")).to_be_focused()
    desk.keyboard.press("Tab")
    expect(desk.locator("[data-shut]")).to_be_focused()
    desk.keyboard.press("Tab")
    expect(desk.get_by_label("a phone")).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_label("a desktop")).to_be_checked()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("In the largest text")).to_be_visible()
    desk.locator("[data-shut]").focus()
    desk.keyboard.press("Enter")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_a_colleague_without_an_account_sees_a_draft_until_it_is_revoked(desk, newsroom, browser):
    open_page(desk, newsroom, "Keeping a record")
    desk.get_by_role("link", name="Show a colleague").click()
    desk.get_by_role("button", name="Make a link").click()
    expect(desk.locator(".messagelist")).to_contain_text("The link is made.")
    link = desk.get_by_role("link", name="/preview/").get_attribute("href")
    context = browser.new_context(base_url=newsroom.url, viewport={"width": 360, "height": 740})
    colleague = context.new_page()
    colleague.goto(link)
    banner = colleague.get_by_text("Draft, not for the public")
    for _ in range(3):
        expect(banner).to_be_in_viewport()
        colleague.mouse.wheel(0, 900)
    assert violations(colleague) == []
    assert colleague.evaluate("document.documentElement.scrollWidth") <= 360
    colleague.emulate_media(media="print")
    expect(banner).to_be_visible()
    colleague.emulate_media(media="screen")
    desk.get_by_role("button", name="Revoke").click()
    expect(desk.locator(".messagelist")).to_contain_text("Revoked.")
    assert colleague.reload().status == 410
    expect(colleague.get_by_role("link", name="999").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("window", WINDOWS)
def test_every_new_screen_is_accessible_and_fits(desk, newsroom, window):
    width, height = WINDOWS[window]
    desk.set_viewport_size({"width": width, "height": height})
    open_page(desk, newsroom, "Keeping a record")
    form = desk.url.partition("change/")[0]
    broken = []

    def look(what):
        broken.extend(f"{what}: {each}" for each in violations(desk))
        if desk.evaluate("document.documentElement.scrollWidth") > width:
            broken.append(f"{what} is too wide")

    open_preview(desk)
    desk.get_by_text("Day, reader, text and script").click()
    expect(desk.frame_locator("iframe").locator("h1")).to_be_visible()
    desk.get_by_label("Title:").focus()
    expect(desk.get_by_label("Title:")).to_be_in_viewport()
    covered = desk.get_by_label("Title:").evaluate(
        "field => { const { x, y } = field.getBoundingClientRect();"
        " return !field.contains(document.elementFromPoint(x + 5, y + 5)) }"
    )
    assert not covered, "what has the cursor is not under the preview"
    look("beside the form")
    desk.get_by_role("button", name="Shut the preview").first.click()
    for screen in ("preview/", "releases/1/", "links/", "compare/", "publishing/"):
        desk.goto(f"{form}{screen}")
        look(screen)
    assert broken == []
