"""The whole journey of a choice about cookies, on a narrow phone, by keyboard alone.

With script in light colours and without script in dark ones; axe looks at every state.
"""

import re
import sqlite3
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from cookies import registry
from tests.cookies.seed import ASK, ERROR, SAVED
from tests.server import Server

from .axe import violations
from .choosing import agreed_to, answer, message, names, press, tab_to

pytestmark = pytest.mark.browser

PAGE = "/signs/"
PHONE = {"width": 320, "height": 640}
# What was looked at already, and in which colours.
judged = set()
UNCOVERED = """() => {
  const exit = document.querySelector(".exit"), box = exit.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return exit.contains(document.elementFromPoint(x, y));
}"""


@pytest.fixture(params=["script", "no script"])
def script(request):
    return request.param == "script"


@pytest.fixture
def new_reader(script, new_context):
    """Make a reader: a tab of a browser of their own, on a phone."""

    def new_reader(**options):
        context = new_context(java_script_enabled=script, viewport=PHONE, has_touch=True, **options)
        return context.new_page()

    return new_reader


@pytest.fixture
def reader(new_reader):
    return new_reader()


@pytest.fixture
def looks_right(script, new_context):
    """Check the page as it stands: axe, no sideways scrolling, nothing over the exit."""
    # axe needs script, so markup that came without any is looked at in a tab of its own.
    colours = "light" if script else "dark"
    tab = new_context(viewport=PHONE, color_scheme=colours).new_page()
    tab.route("**/*.js", lambda route: route.abort())

    def check(page):
        markup = page.content()
        if (markup, colours) in judged:
            return
        tab.route(page.url, lambda route: route.fulfill(body=markup, content_type="text/html"))
        tab.goto(page.url)
        tab.unroute(page.url)
        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        tab.locator("#choice, main").first.scroll_into_view_if_needed()
        assert tab.evaluate(UNCOVERED), "something covers the exit"
        judged.add((markup, colours))

    return check


def assert_told(page, words, script):
    """The words are there to see; with script they have the focus, where the reader was."""
    told = message(page).get_by_text(words)
    expect(told).to_be_visible()
    if script:
        expect(page.locator(":focus")).to_contain_text(words)
        expect(told).to_be_in_viewport()


@pytest.mark.half
@pytest.mark.parametrize("button", ["Accept", "Reject"])
def test_ask_choose_saved_hide(reader, script, looks_right, button):
    loads = []
    reader.on("framenavigated", lambda frame: loads.append(frame.url))
    reader.goto(PAGE)
    for sentence in ASK:
        expect(message(reader)).to_contain_text(sentence)
    expect(message(reader)).not_to_contain_text(SAVED)
    accept, reject = (box.bounding_box() for box in message(reader).get_by_role("button").all())
    assert (accept["width"], accept["height"]) == (reject["width"], reject["height"]), "equals"
    looks_right(reader)
    assert names(reader) == set()

    loads.clear()
    tab_to(reader, reader.get_by_role("button", name=f"{button} additional cookies"))
    before = reader.evaluate("scrollY")
    reader.keyboard.press("Enter")
    assert_told(reader, SAVED, script)
    expect(message(reader)).not_to_contain_text(ASK[0])
    assert agreed_to(reader) == (["preferences", "statistics"] if button == "Accept" else [])
    looks_right(reader)
    if script:
        assert loads == []
        assert reader.evaluate("scrollY") <= before
    assert re.fullmatch(rf".*{PAGE}(\?cookies=saved#choice)?", reader.url)

    press(reader, "link", "Hide this message")
    expect(message(reader)).to_have_count(0)
    assert reader.url.endswith(PAGE)
    looks_right(reader)
    reader.goto(PAGE)
    expect(message(reader)).to_have_count(0)


def test_customise_change_withdraw_and_go_back(reader, script, looks_right):
    reader.goto(PAGE)
    press(reader, "link", "Customise Cookies")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Cookies")
    expect(reader.get_by_role("radio", checked=True)).to_have_count(0)
    looks_right(reader)

    # Nothing chosen yet: said beside the field, and nothing kept.
    answer(reader, "statistics", "yes")
    press(reader, "button", "Save my choices")
    assert_told(reader, "Choose yes or no for the preferences cookie", script)
    expect(reader.get_by_label("Yes, turn on the statistics cookie")).to_be_checked()
    assert agreed_to(reader) is None
    looks_right(reader)

    # A list that is older than ours: told, and nothing turned on.
    reader.locator("[name=shown]").evaluate("field => { field.value = 'older'; }")
    answer(reader, "preferences", "no")
    press(reader, "button", "Save my choices")
    assert_told(reader, "Our list of cookies has changed", script)
    assert agreed_to(reader) is None
    looks_right(reader)

    press(reader, "button", "Save my choices")
    assert_told(reader, SAVED, script)
    assert agreed_to(reader) == ["statistics"]
    looks_right(reader)

    # Changed.
    answer(reader, "preferences", "yes")
    # The words are there from before, so they cannot say when this choice is saved.
    with reader.expect_response("**/cookies/save/"):
        press(reader, "button", "Save my choices")
    expect(reader.locator("#preferences-yes")).to_be_checked()
    assert_told(reader, SAVED, script)
    assert agreed_to(reader) == ["preferences", "statistics"]

    # Withdrawn, one and then the other.
    for group, left in [("preferences", ["statistics"]), ("statistics", [])]:
        answer(reader, group, "no")
        with reader.expect_response("**/cookies/save/"):
            press(reader, "button", "Save my choices")
        expect(reader.locator(f"#{group}-no")).to_be_checked()
        assert_told(reader, SAVED, script)
        assert agreed_to(reader) == left
    assert names(reader) == {registry.CONSENT.name}
    looks_right(reader)

    press(reader, "link", "Hide this message")
    expect(message(reader)).not_to_contain_text(SAVED)
    looks_right(reader)
    press(reader, "link", "Back to the site")
    expect(reader.locator("h1")).not_to_have_text("Cookies")
    assert reader.url.endswith(PAGE)


@pytest.fixture(scope="module")
def fragile(tmp_path_factory):
    """A site of our own that may be hurt."""
    server = Server(tmp_path_factory.mktemp("fragile"), "tests.cookies.failing:application")
    try:
        yield server.start()
    finally:
        server.close()


@contextmanager
def database_stopped(server):
    database = server.data_dir / "site.sqlite3"
    away = database.with_name("away")
    database.rename(away)
    database.mkdir()
    try:
        yield
    finally:
        database.rmdir()
        away.rename(database)


@contextmanager
def database_slow(server):
    """Somebody else holds the database for longer than we wait for it."""
    other = sqlite3.connect(server.data_dir / "site.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def answering_500(server):
    fail = server.data_dir / "fail"
    fail.touch()
    try:
        yield
    finally:
        fail.unlink()


@pytest.mark.half
@pytest.mark.parametrize("trouble", [database_stopped, database_slow, answering_500])
def test_a_choice_in_trouble(new_reader, script, fragile, looks_right, trouble):
    """Three readers at once, so that they wait for a slow database only once."""
    agreeing, customising, refusing = new_reader(), new_reader(), new_reader()
    agreeing.goto(fragile.url + PAGE)
    customising.goto(fragile.url + "/cookies/")
    refusing.goto(fragile.url + PAGE)
    answer(customising, "preferences", "yes")
    answer(customising, "statistics", "no")
    with trouble(fragile):
        press(agreeing, "button", "Accept additional cookies")
        press(customising, "button", "Save my choices")
        press(refusing, "button", "Reject additional cookies")

        assert_told(agreeing, ERROR, script)
        expect(message(agreeing)).to_contain_text(ASK[0])
        assert names(agreeing) == set()
        looks_right(agreeing)

        # What was ticked is still there.
        assert_told(customising, ERROR, script)
        assert names(customising) == set()
        looks_right(customising)

        if trouble is answering_500:
            assert_told(refusing, ERROR, script)
            assert names(refusing) == set()
        else:
            expect(customising.locator("#preferences-yes")).to_be_checked()
            assert PAGE in agreeing.url
            assert_told(refusing, SAVED, script)
            assert agreed_to(refusing) == []

    # "Please try again" is true.
    press(agreeing, "button", "Accept additional cookies")
    assert_told(agreeing, SAVED, script)
    assert agreed_to(agreeing) == ["preferences", "statistics"]


def test_an_answer_that_is_lost(reader, script, looks_right):
    """With script it is told; without, the browser tells it. Nothing is agreed to."""
    reader.goto("/cookies/")
    for question in registry.SLUGS:
        answer(reader, question, "no")
    press(reader, "button", "Save my choices")
    assert_told(reader, SAVED, script)

    reader.route("**/cookies/save/", lambda route: route.abort())
    answer(reader, "statistics", "yes")
    with reader.expect_event("requestfailed"):
        press(reader, "button", "Save my choices")
    if script:
        assert_told(reader, ERROR, script)
        # What was saved before says nothing of this choice.
        expect(message(reader).get_by_text(SAVED)).to_be_hidden()
        expect(reader.locator("#statistics-yes")).to_be_checked()
        looks_right(reader)
    assert agreed_to(reader) == []
    reader.unroute("**/cookies/save/")
    reader.goto("/cookies/")
    expect(reader.locator("#statistics-no")).to_be_checked()


def test_who_changes_their_mind_while_waiting_is_believed(new_context):
    """The answer to what they said first is slow; what they say then counts.

    Without script the browser does it: another form sent ends the first.
    """
    reader = new_context(viewport=PHONE).new_page()
    held, asked = [], []

    def hold_the_first(route):
        asked.append(route.request.post_data)
        if held:
            route.continue_()
        else:
            held.append(route)

    reader.goto(PAGE)
    reader.route("**/cookies/save/", hold_the_first)
    for _ in range(2):
        reader.get_by_role("button", name="Accept additional cookies").click()
    reader.get_by_role("button", name="Reject additional cookies").click()
    assert_told(reader, SAVED, script=True)
    assert agreed_to(reader) == []
    assert [said.rpartition("=")[2] for said in asked] == ["accept", "reject"]


def test_the_browsers_signal_asks_nothing_and_stores_nothing(new_reader, script, looks_right):
    reader = new_reader(extra_http_headers={"Sec-GPC": "1"})
    reader.goto(PAGE)
    expect(message(reader)).to_have_count(0)
    reader.goto("/cookies/")
    expect(message(reader)).to_contain_text("Global Privacy Control")
    expect(reader.get_by_role("radio", checked=True)).to_have_count(0)
    looks_right(reader)
    assert names(reader) == set()
    answer(reader, "preferences", "yes")
    answer(reader, "statistics", "no")
    press(reader, "button", "Save my choices")
    assert_told(reader, SAVED, script)
    expect(message(reader)).not_to_contain_text("Global Privacy Control")
    assert agreed_to(reader) == ["preferences"]


def test_text_size_and_colours_are_kept_only_with_agreement(reader, script, looks_right):
    root = reader.locator("html")
    reader.goto("/cookies/reading/")
    looks_right(reader)
    answer(reader, "text", "3")
    press(reader, "button", "Do not agree")
    assert_told(reader, "We have not kept anything.", script)
    looks_right(reader)
    assert names(reader) == set()
    expect(root).not_to_have_attribute("data-text", "3")

    answer(reader, "text", "3")
    answer(reader, "colours", "dark" if script else "light")
    answer(reader, "beta", "hidden")
    press(reader, "button", "Agree and save")
    assert_told(reader, SAVED, script)
    assert names(reader) == {registry.CONSENT.name, registry.PREFERENCES_COOKIE.name}
    for path in (None, PAGE):
        if path:
            reader.goto(path)
        expect(root).to_have_attribute("data-text", "3")
        expect(root).to_have_attribute("data-colours", "dark" if script else "light")
        expect(root).to_have_attribute("data-beta", "hidden")
        looks_right(reader)

    reader.goto("/cookies/")
    answer(reader, "preferences", "no")
    press(reader, "button", "Save my choices")
    assert_told(reader, SAVED, script)
    expect(root).not_to_have_attribute("data-text", "3")
    assert names(reader) == {registry.CONSENT.name}
