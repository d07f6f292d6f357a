"""Ways to lose what one has typed: after each it is there again, in pages and in the register."""

import pytest
from playwright.sync_api import expect

from tests.server import Server

from .newsroom import ALARM, NOTICE, add_block, kept, log_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("drafts"))
    try:
        yield server.start()
    finally:
        server.close()


@pytest.fixture
def end_sessions(newsroom):
    """End every log-in, as eight hours would."""

    def end():
        newsroom.manage(
            "shell",
            "-c",
            "from django.contrib.sessions.models import Session as S; S.objects.all().delete()",
        )

    return end


@pytest.fixture
def desk(page, newsroom):
    log_in(page, newsroom, "editor")
    return page


@pytest.fixture
def keeper(page, newsroom):
    log_in(page, newsroom, "keeper")
    return page


def open_page(page, newsroom, name="Staying safe"):
    page.goto(f"{newsroom.url}/admin/awareness/page/")
    page.locator("#result_list").get_by_role("link", name=name).click()
    expect(page.locator(".tiptap").last).to_be_visible()


def open_service(page, newsroom, name="Galop"):
    page.goto(f"{newsroom.url}/admin/signposting/service/?q={name}")
    page.locator("#result_list").get_by_role("link", name=name).first.click()
    expect(page.locator(".draft-status")).to_be_attached()


def type_words(page, words):
    """Add a text and type into it; and change the theme of the summary too."""
    block = add_block(page, "Text", "text")
    block.locator(".tiptap").click()
    page.keyboard.type(words)
    return block


def found_again(page, words):
    expect(page.locator(NOTICE)).to_contain_text("What you typed and did not save")
    expect(page.locator(".tiptap", has_text=words)).to_have_count(1)


def throw_away(page):
    page.get_by_role("button", name="Throw away what I typed").click()
    expect(page.locator(NOTICE)).to_have_count(0)


def test_left_by_a_link(desk, newsroom):
    open_page(desk, newsroom)
    type_words(desk, "Left by a link")
    kept(desk)
    desk.get_by_role("link", name="Pages", exact=True).first.click()
    open_page(desk, newsroom)
    found_again(desk, "Left by a link")
    throw_away(desk)
    expect(desk.locator(".tiptap", has_text="Left by a link")).to_have_count(0)


def test_left_in_the_second_in_which_it_was_typed(desk, newsroom):
    open_page(desk, newsroom)
    type_words(desk, "At the last moment")
    desk.goto(f"{newsroom.url}/admin/")
    open_page(desk, newsroom)
    found_again(desk, "At the last moment")
    throw_away(desk)


def test_the_browser_is_closed(desk, newsroom, browser):
    open_page(desk, newsroom)
    type_words(desk, "Before it was closed")
    kept(desk)
    desk.evaluate("document.querySelector('#draft').remove()")
    other = browser.new_context()
    page = other.new_page()
    log_in(page, newsroom, "editor")
    expect(page.locator("#content")).to_contain_text("Kept for you, not saved")
    page.get_by_role("link", name="Change page").first.click()
    found_again(page, "Before it was closed")
    throw_away(page)
    other.close()


def test_a_new_page_that_was_never_saved(desk, newsroom):
    desk.goto(f"{newsroom.url}/admin/awareness/page/add/")
    desk.get_by_label("Title:").fill("A new page")
    type_words(desk, "Never saved")
    kept(desk)
    desk.goto(f"{newsroom.url}/admin/awareness/page/add/")
    found_again(desk, "Never saved")
    expect(desk.get_by_label("Title:")).to_have_value("A new page")
    expect(desk.locator(".errorlist, .errornote")).to_have_count(0)
    throw_away(desk)


def test_the_session_ends_and_a_second_tab_logs_in_again(desk, newsroom, end_sessions, context):
    open_page(desk, newsroom)
    type_words(desk, "Over a long lunch")
    kept(desk)
    end_sessions()
    desk.keyboard.type(" and a walk")
    expect(desk.locator(ALARM)).to_contain_text("You are logged out")
    expect(desk.locator(ALARM)).to_be_in_viewport()
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.locator(ALARM)).to_contain_text("You are logged out")
    with context.expect_page() as opened:
        desk.get_by_role("link", name="Log in again in a new tab").click()
    tab = opened.value
    tab.get_by_label("Username").fill("editor")
    tab.get_by_label("Password").fill(newsroom.logins["editor"])
    tab.get_by_role("button", name="Log in").click()
    expect(tab.locator("#content")).to_contain_text("You can close this tab")
    tab.close()
    desk.bring_to_front()
    desk.evaluate("dispatchEvent(new Event('focus'))")
    expect(desk.locator(ALARM)).to_be_hidden()
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.locator(".messagelist")).to_contain_text("was changed successfully")
    expect(desk.locator(".tiptap", has_text="Over a long lunch and a walk")).to_have_count(1)
    expect(desk.locator(NOTICE)).to_have_count(0)


def test_an_old_token(desk, newsroom, context):
    """Logged out and in again in another tab: the form's own token no longer holds."""
    open_page(desk, newsroom)
    type_words(desk, "With an old token")
    kept(desk)
    tab = context.new_page()
    tab.goto(f"{newsroom.url}/admin/")
    tab.get_by_role("button", name="Log out").click()
    log_in(tab, newsroom, "editor")
    tab.close()
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.locator(".messagelist")).to_contain_text("was changed successfully")
    expect(desk.locator(".tiptap", has_text="With an old token")).to_have_count(1)


def test_somebody_else_logs_in_meanwhile(desk, newsroom, context):
    open_page(desk, newsroom)
    type_words(desk, "By the editor")
    kept(desk)
    tab = context.new_page()
    tab.goto(f"{newsroom.url}/admin/")
    tab.get_by_role("button", name="Log out").click()
    log_in(tab, newsroom, "keeper")
    tab.close()
    desk.keyboard.type(" alone")
    expect(desk.locator(ALARM)).to_contain_text("Somebody else is logged in now")
    tab = context.new_page()
    tab.goto(f"{newsroom.url}/admin/")
    tab.get_by_role("button", name="Log out").click()
    log_in(tab, newsroom, "editor")
    tab.close()
    desk.evaluate("dispatchEvent(new Event('focus'))")
    expect(desk.locator(ALARM)).to_be_hidden()
    open_page(desk, newsroom)
    found_again(desk, "By the editor alone")
    throw_away(desk)


def test_the_site_cannot_be_reached(desk, newsroom, context):
    open_page(desk, newsroom)
    type_words(desk, "On a train")
    kept(desk)
    context.set_offline(True)
    desk.keyboard.type(" in a tunnel")
    expect(desk.locator(ALARM)).to_contain_text("We cannot reach the site")
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.locator(".tiptap", has_text="On a train in a tunnel")).to_have_count(1)
    asked = []
    desk.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk.evaluate("void (location.href = '/admin/')")
    expect(desk.locator(".tiptap", has_text="On a train in a tunnel")).to_have_count(1)
    assert asked == ["beforeunload"]
    context.set_offline(False)
    expect(desk.locator(ALARM)).to_be_hidden()
    open_page(desk, newsroom)
    found_again(desk, "On a train in a tunnel")
    throw_away(desk)


def test_the_form_is_refused_and_then_left(desk, newsroom):
    open_page(desk, newsroom)
    type_words(desk, "Refused and left")
    desk.get_by_label("Title:").fill("")
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.locator(".errornote")).to_be_visible()
    expect(desk.locator(".tiptap", has_text="Refused and left")).to_have_count(1)
    desk.goto(f"{newsroom.url}/admin/")
    open_page(desk, newsroom)
    found_again(desk, "Refused and left")
    expect(desk.get_by_label("Title:")).to_have_value("")
    throw_away(desk)


def test_a_colleague_saves_the_page_meanwhile(desk, newsroom, browser):
    open_page(desk, newsroom, "Keeping a record")
    type_words(desk, "Beside a colleague")
    kept(desk)
    newsroom.manage(
        "shell",
        "-c",
        "from awareness.models import Page; Page.objects.filter(slug='keeping-a-record').update(position=33)",
    )
    desk.get_by_role("button", name="Save and continue editing").click()
    expect(desk.locator("#content")).to_contain_text("This page was changed after you opened it")
    expect(desk.locator(".tiptap", has_text="Beside a colleague")).to_have_count(1)
    open_page(desk, newsroom, "Keeping a record")
    found_again(desk, "Beside a colleague")
    with desk.expect_popup() as opened:
        desk.get_by_role("link", name="See it as it is saved").click()
    as_saved = opened.value
    expect(as_saved.get_by_label("Position:")).to_have_value("33")
    expect(as_saved.locator(".tiptap", has_text="Beside a colleague")).to_have_count(0)
    as_saved.close()
    throw_away(desk)


def test_a_service_left_by_a_link(keeper, newsroom):
    open_service(keeper, newsroom)
    keeper.get_by_label("What to know first:").fill("Only in the afternoon.")
    kept(keeper)
    keeper.goto(f"{newsroom.url}/admin/")
    open_service(keeper, newsroom)
    expect(keeper.locator(NOTICE)).to_be_visible()
    expect(keeper.get_by_label("What to know first:")).to_have_value("Only in the afternoon.")
    throw_away(keeper)


def test_a_check_of_a_service_when_the_session_ends(keeper, newsroom, end_sessions):
    open_service(keeper, newsroom)
    keeper.get_by_role("link", name="Record a check").click()
    keeper.get_by_label("Page or person:").fill("The manager, on the telephone")
    kept(keeper)
    address = keeper.url
    end_sessions()
    keeper.get_by_role("button", name="Record this check").click()
    expect(keeper.locator(ALARM)).to_contain_text("You are logged out")
    log_in(keeper, newsroom, "keeper")
    keeper.goto(address)
    expect(keeper.locator(NOTICE)).to_be_visible()
    expect(keeper.get_by_label("Page or person:")).to_have_value("The manager, on the telephone")
    throw_away(keeper)


def test_a_new_number_whose_form_is_left(keeper, newsroom):
    open_service(keeper, newsroom)
    keeper.get_by_role("link", name="Ask for a change").click()
    keeper.get_by_label("Phone: new number:").fill("0300 123 4567")
    kept(keeper)
    address = keeper.url
    keeper.goto(f"{newsroom.url}/admin/")
    keeper.goto(address)
    expect(keeper.get_by_label("Phone: new number:")).to_have_value("0300 123 4567")
    throw_away(keeper)


def test_a_note_on_the_publishing_screen(desk, newsroom):
    open_page(desk, newsroom)
    desk.get_by_role("link", name="Schedule, withdraw, go back").click()
    desk.locator("#id_schedule-note").fill("For the week in April")
    kept(desk)
    address = desk.url
    desk.goto(f"{newsroom.url}/admin/")
    desk.goto(address)
    expect(desk.locator("#id_schedule-note")).to_have_value("For the week in April")
    throw_away(desk)
