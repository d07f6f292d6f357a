"""The whole journey of a choice about cookies, with script and without, on a narrow phone."""

import re
import sqlite3
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from cookies import registry
from tests.cookies.seed import ASK, ERROR, SAVED
from tests.server import Server

pytestmark = pytest.mark.browser

PAGE = "/signs/"
PHONE = {"width": 320, "height": 640}
AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "cat.structure"]
AXE = {"runOnly": AA, "resultTypes": ["violations"]}
UNCOVERED = """() => {
  const exit = document.querySelector(".exit"), box = exit.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return exit.contains(document.elementFromPoint(x, y));
}"""


@pytest.fixture(params=["script", "no script"])
def script(request):
    return request.param == "script"


@pytest.fixture
def reader(script, new_context):
    """A page of a browser at phone width."""
    context = new_context(java_script_enabled=script, viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.loads = []
    page.on("framenavigated", lambda frame: page.loads.append(frame.url))
    return page


@pytest.fixture(scope="module")
def fragile(tmp_path_factory):
    """A site of our own, whose database may be hurt."""
    server = Server(tmp_path_factory.mktemp("fragile"))
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


def cookies(page):
    return {cookie["name"] for cookie in page.context.cookies()}


def agreed_to(page):
    """Return the groups that the browser's consent cookie says yes to, or None."""
    for cookie in page.context.cookies():
        if cookie["name"] == registry.CONSENT.name:
            return [
                slug for slug in registry.SLUGS if f"{slug}={registry.SINCE:%Y}" in cookie["value"]
            ]
    return None


def message(page):
    return page.locator("#choice")


@pytest.fixture
def looks_right(new_context):
    """Check the page as it stands: axe, no sideways scrolling, nothing over the exit."""
    # axe needs script, so markup that came without any is looked at in a tab of its own.
    tab = new_context(viewport=PHONE).new_page()
    tab.route("**/*.js", lambda route: route.abort())

    def check(page):
        markup = page.content()
        tab.route(page.url, lambda route: route.fulfill(body=markup, content_type="text/html"))
        tab.goto(page.url)
        tab.unroute(page.url)
        response = Axe().run(tab, options=AXE).response
        assert response["violations"] == []
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        tab.locator("#choice, main").first.scroll_into_view_if_needed()
        assert tab.evaluate(UNCOVERED), "something covers the exit"

    return check


def tab_to(page, target):
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("The keyboard does not reach it.")


def tell(page):
    """Return the element that has the focus."""
    return page.locator(":focus")


@pytest.mark.parametrize(
    ("button", "groups"), [("Accept", ["preferences", "statistics"]), ("Reject", [])]
)
def test_ask_choose_saved_hide(reader, script, looks_right, button, groups):
    reader.goto(PAGE)
    for sentence in ASK:
        expect(message(reader)).to_contain_text(sentence)
    expect(message(reader)).not_to_contain_text(SAVED)
    looks_right(reader)
    assert cookies(reader) == set()

    reader.loads.clear()
    chosen = reader.get_by_role("button", name=f"{button} additional cookies")
    tab_to(reader, chosen)
    before = reader.evaluate("scrollY")
    reader.keyboard.press("Enter")
    expect(message(reader)).to_contain_text(SAVED)
    expect(message(reader)).not_to_contain_text(ASK[0])
    assert agreed_to(reader) == groups
    looks_right(reader)
    if script:
        assert reader.loads == []
        assert reader.evaluate("scrollY") <= before
        expect(message(reader)).to_be_in_viewport()
        expect(tell(reader)).to_contain_text(SAVED)
    assert re.fullmatch(rf".*{PAGE}(\?cookies=saved#choice)?", reader.url)

    hide = message(reader).get_by_role("link", name="Hide this message")
    tab_to(reader, hide)
    reader.keyboard.press("Enter")
    expect(message(reader)).to_have_count(0)
    assert reader.url.endswith(PAGE)
    reader.goto(PAGE)
    expect(message(reader)).to_have_count(0)
    looks_right(reader)


def test_customise_change_withdraw_and_go_back(reader, script, looks_right):
    reader.goto(PAGE)
    reader.get_by_role("link", name="Customise Cookies").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Cookies")
    expect(reader.get_by_role("radio", checked=True)).to_have_count(0)
    looks_right(reader)

    # Nothing chosen yet: said beside the field, and nothing kept.
    reader.get_by_label("Yes, turn on the statistics cookie").check()
    reader.get_by_role("button", name="Save my choices").click()
    expect(message(reader)).to_contain_text("Choose yes or no for the preferences cookie")
    expect(reader.get_by_label("Yes, turn on the statistics cookie")).to_be_checked()
    assert agreed_to(reader) is None
    looks_right(reader)

    reader.locator("#preferences-no").check()
    reader.get_by_role("button", name="Save my choices").click()
    expect(message(reader)).to_contain_text(SAVED)
    assert agreed_to(reader) == ["statistics"]
    looks_right(reader)

    reader.locator("#statistics-no").check()
    # The words are there from before, so they cannot say when this choice is saved.
    with reader.expect_response("**/cookies/save/"):
        reader.get_by_role("button", name="Save my choices").click()
    expect(reader.locator("#statistics-no")).to_be_checked()
    expect(message(reader)).to_contain_text(SAVED)
    assert agreed_to(reader) == []
    if script:
        expect(tell(reader)).to_contain_text(SAVED)

    reader.get_by_role("link", name="Hide this message").click()
    expect(message(reader)).not_to_contain_text(SAVED)
    reader.get_by_role("link", name="Back to the site").click()
    expect(reader.locator("h1")).not_to_have_text("Cookies")
    assert reader.url.endswith(PAGE)


@pytest.mark.parametrize("trouble", [database_stopped, database_slow])
def test_a_database_in_trouble(reader, fragile, looks_right, trouble):
    reader.goto(fragile.url + PAGE)
    with trouble(fragile):
        reader.get_by_role("button", name="Accept additional cookies").click()
        expect(message(reader).get_by_text(ERROR)).to_be_visible(timeout=15_000)
        expect(message(reader)).to_contain_text(ASK[0])
        assert cookies(reader) == set()
        assert PAGE in reader.url
        looks_right(reader)

        # The same on the cookies page, with what was ticked still there.
        reader.goto(fragile.url + "/cookies/")
        reader.get_by_label("Yes, turn on the preferences cookie").check()
        reader.locator("#statistics-no").check()
        reader.get_by_role("button", name="Save my choices").click()
        expect(message(reader).get_by_text(ERROR)).to_be_visible(timeout=15_000)
        expect(reader.get_by_label("Yes, turn on the preferences cookie")).to_be_checked()
        assert cookies(reader) == set()
        looks_right(reader)

        reader.goto(fragile.url + PAGE)
        reader.get_by_role("button", name="Reject additional cookies").click()
        expect(message(reader)).to_contain_text(SAVED, timeout=15_000)
        assert agreed_to(reader) == []


@pytest.mark.parametrize("failure", ["500", "no answer"])
def test_with_script_a_failed_request_is_told_truthfully(new_context, looks_right, failure):
    reader = new_context().new_page()
    reader.goto(PAGE)

    def fail(route):
        if failure == "500":
            route.fulfill(
                status=500, body="<h1>Something went wrong</h1>", content_type="text/html"
            )
        else:
            route.abort()

    reader.route("**/cookies/save/", fail)
    reader.get_by_role("button", name="Accept additional cookies").click()
    expect(tell(reader)).to_have_text(ERROR)
    expect(message(reader)).to_contain_text(ASK[0])
    looks_right(reader)
    reader.unroute("**/cookies/save/")
    reader.get_by_role("button", name="Accept additional cookies").click()
    expect(message(reader)).to_contain_text(SAVED)


def test_the_browsers_signal_asks_nothing_and_stores_nothing(script, new_context, looks_right):
    context = new_context(java_script_enabled=script, extra_http_headers={"Sec-GPC": "1"})
    reader = context.new_page()
    reader.goto(PAGE)
    expect(message(reader)).to_have_count(0)
    reader.goto("/cookies/")
    expect(message(reader)).to_contain_text("Global Privacy Control")
    looks_right(reader)
    assert cookies(reader) == set()
    reader.get_by_label("Yes, turn on the preferences cookie").check()
    reader.locator("#statistics-no").check()
    reader.get_by_role("button", name="Save my choices").click()
    expect(message(reader)).to_contain_text(SAVED)
    assert agreed_to(reader) == ["preferences"]


def test_text_size_and_colours_are_kept_only_with_agreement(reader, looks_right):
    root = reader.locator("html")
    reader.goto("/cookies/reading/")
    looks_right(reader)
    reader.get_by_label("Largest").check()
    reader.get_by_role("button", name="Do not agree").click()
    expect(message(reader)).to_contain_text("We have not kept anything.")
    assert cookies(reader) == set()
    expect(root).not_to_have_attribute("data-text", "3")

    reader.get_by_label("Largest").check()
    reader.get_by_label("Dark").check()
    reader.get_by_label("Hide it").check()
    reader.get_by_role("button", name="Agree and save").click()
    expect(message(reader)).to_contain_text(SAVED)
    assert cookies(reader) == {registry.CONSENT.name, registry.READING.name}
    for path in (None, PAGE):
        if path:
            reader.goto(path)
        expect(root).to_have_attribute("data-text", "3")
        expect(root).to_have_attribute("data-colours", "dark")
        expect(root).to_have_attribute("data-beta", "hidden")
        looks_right(reader)

    reader.goto("/cookies/")
    reader.locator("#preferences-no").check()
    reader.get_by_role("button", name="Save my choices").click()
    expect(message(reader)).to_contain_text(SAVED)
    expect(root).not_to_have_attribute("data-text", "3")
    assert cookies(reader) == {registry.CONSENT.name}


def test_nothing_is_counted_before_agreement_or_after_refusal(new_context):
    reader = new_context().new_page()
    sent = []
    reader.on("request", lambda request: sent.append((request.method, request.url)))

    def counted():
        return [url for _, url in sent if "count" in url]

    for path in (PAGE, "/cookies/"):
        reader.goto(path)
    reader.goto(PAGE)
    reader.get_by_role("button", name="Reject additional cookies").click()
    expect(message(reader)).to_contain_text(SAVED)
    reader.goto(PAGE)
    assert counted() == []

    reader.goto("/cookies/")
    reader.locator("#preferences-no").check()
    reader.locator("#statistics-yes").check()
    reader.get_by_role("button", name="Save my choices").click()
    expect(message(reader)).to_contain_text(SAVED)
    assert counted() == []
    for path in ("/sheet/", "/help/who-to-contact/", "/advice/staying-safe/", "/privacy/"):
        reader.goto(path)
        reader.wait_for_load_state("networkidle")
    assert counted() == []

    with reader.expect_response("**/cookies/count/") as answer:
        reader.goto(PAGE)
    assert answer.value.status == 204
    assert (
        next(c for c in reader.context.cookies() if c["name"] == registry.COUNTED.name)["expires"]
        == -1
    )

    reader.goto("/cookies/")
    reader.locator("#statistics-no").check()
    with reader.expect_response("**/cookies/save/") as answer:
        reader.get_by_role("button", name="Save my choices").click()
    deleted = answer.value.headers_array()
    assert any(
        h["name"].lower() == "set-cookie" and h["value"].startswith(f'{registry.COUNTED.name}=""')
        for h in deleted
    )
    expect(message(reader)).to_contain_text(SAVED)
    assert registry.COUNTED.name not in cookies(reader)
    sent.clear()
    reader.goto(PAGE)
    reader.wait_for_load_state("networkidle")
    assert counted() == []
    assert reader.evaluate("localStorage.length + sessionStorage.length") == 0


ATTACK = """(target) => {
  const body = new URLSearchParams({ choice: "reject", agree: "no", page: "/" });
  const options = { method: "POST", body, mode: "no-cors", credentials: "include" };
  const frame = document.createElement("iframe");
  frame.name = "frame";
  document.body.append(frame);
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: target, target: "frame" });
  form.innerHTML = '<input name="choice" value="reject">';
  document.body.append(form);
  form.submit();
  navigator.sendBeacon(target, body);
  return fetch(target, options).catch(() => {}).then(() => form.removeAttribute("target")).then(() => form.submit());
}"""


@pytest.mark.parametrize("path", ["/cookies/save/", "/cookies/reading/", "/cookies/count/"])
def test_another_sites_page_changes_nothing_by_form_frame_beacon_or_fetch(new_context, site, path):
    context = new_context()
    context.route("http://evil.example/**", lambda route: route.fulfill(body="<body>Hello"))
    sent, answers = [], []
    context.on("request", lambda request: sent.append(request.url))
    context.on("response", lambda response: answers.append((response.url, response.status)))
    reader = context.new_page()
    reader.goto("http://evil.example/")
    with reader.expect_navigation(url=site + path):
        reader.evaluate(ATTACK, site + path)
    assert sent.count(site + path) == 4, "each way was tried"
    assert {status for url, status in answers if url == site + path} == {403}
    assert context.cookies() == []
    # The same form from our own page is believed.
    reader.goto(PAGE)
    reader.get_by_role("button", name="Reject additional cookies").click()
    expect(message(reader)).to_contain_text(SAVED)


@pytest.mark.parametrize(
    ("came_from", "back"),
    [("/signs/", "/signs/"), ("//evil.test/", "/"), ("/admin/login/", "/")],
)
def test_the_way_back_is_a_page_of_ours(page, site, came_from, back):
    page.goto("/cookies/", referer=site + came_from)
    assert page.evaluate("document.referrer") == site + came_from
    expect(page.locator("[data-back]")).to_have_attribute("href", back)
    assert page.locator("#choice [name=next]").first.input_value() == back
