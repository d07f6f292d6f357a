"""Leaving, in the browser: nothing of ours can be seen afterwards, with script or without."""

import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from safety.error_pages import words

pytestmark = pytest.mark.browser

SUBJECT = ("stalk", "danger", "999", "police", "help", "victim", "emergency")
VISITED = ("/", "/cookies/", "/help/")
DEVICES = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}


@pytest.fixture(scope="module", params=["page cache", "no page cache"])
def cached_browser(request, browser_type, browser, whole_browser):
    """Chromium with its page cache, which Playwright turns off, and without."""
    if request.param == "no page cache":
        yield browser
        return
    extra = {"ignore_default_args": ["--disable-back-forward-cache"]}
    cached = browser_type.launch(**whole_browser, **extra)
    yield cached
    cached.close()


def test_the_page_cache_is_on_or_off(request, cached_browser, site):
    """Without leaving, Back shows the very page again, with what its window remembers."""
    page = cached_browser.new_page()
    page.goto(f"{site}/")
    page.evaluate("window.remembered = 1")
    page.goto(f"{site}/help/")
    page.go_back(wait_until="commit")
    page.wait_for_load_state("networkidle")
    found = page.evaluate("window.remembered === 1")
    assert found is ("[no page cache" not in request.node.name)
    page.close()


def assert_shows_nothing(page):
    """What is seen once the page has settled: a page from the cache asks the server again."""
    page.wait_for_load_state("networkidle")
    return assert_names_nothing(page)


def assert_names_nothing(page):
    seen = f"{page.title()} {page.inner_text('html')}".lower()
    for word in SUBJECT:
        assert word not in seen, f"{page.url} shows {word!r}"
    return seen


@pytest.mark.half
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_after_leaving_nothing_names_the_subject(cached_browser, site, neutral, device, script):
    context = cached_browser.new_context(java_script_enabled=script, **DEVICES[device])
    page = context.new_page()
    for path in VISITED:
        page.goto(site + path)
    assert "999" in page.inner_text("html"), "there is something to hide"

    page.click(".exit")
    page.wait_for_url(neutral.url)

    covers = 0
    for _ in range(5):
        page.go_back(wait_until="commit")
        seen = assert_shows_nothing(page)
        covers += words.COVER_TEXT.lower() in seen
    # The script replaces the last page; without it that one is in the history too.
    assert covers == len(VISITED) - script, "Back led to a cover for every page"
    page.go_forward(wait_until="commit")
    assert_shows_nothing(page)
    for path in (*VISITED, "/no-such-page/"):
        page.goto(site + path)
        assert words.COVER_TEXT in page.inner_text("h1")
        assert_names_nothing(page)
    page.close()
    page = context.new_page()
    page.goto(site + "/help/")
    assert_names_nothing(page)

    page.get_by_role("button", name=words.COVER_BUTTON).click()
    expect(page.locator("html")).to_contain_text("999")
    assert page.url == f"{site}/help/"
    assert context.cookies() == []
    context.close()


def tabs(context, hosts):
    """Return the tabs that show something, once they show these hosts; they come one by one."""
    for _ in range(300):
        opened = [page for page in context.pages if page.url != "about:blank"]
        if {urlsplit(page.url).hostname for page in opened} == hosts:
            break
        context.pages[0].wait_for_timeout(100)
    return opened


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_reopened_tabs_show_nothing(open_profile, tmp_path, site, neutral, script):
    """The browser is closed and opens its tabs again, with their histories."""
    again = "--restore-last-session"
    context = open_profile(tmp_path, again, java_script_enabled=script)
    page, other = context.pages[0], context.new_page()
    other.goto(site)
    for path in VISITED:
        page.goto(site + path)
    page.click(".exit")
    page.wait_for_url(neutral.url)
    context.close()

    context = open_profile(tmp_path, again, java_script_enabled=script)
    opened = tabs(context, two := {"localhost", "127.0.0.1"})
    assert {urlsplit(page.url).hostname for page in opened} == two
    covers = 0
    for page in opened:
        page.bring_to_front()
        page.wait_for_function("document.readyState === 'complete'")
        covers += words.COVER_TEXT.lower() in assert_names_nothing(page)
        while page.go_back():
            covers += words.COVER_TEXT.lower() in assert_names_nothing(page)
    assert covers == 1 + len(VISITED) - script, "the other tab, and each page before the exit"
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_guard_ends_by_itself(new_context, site, neutral, script):
    context = new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto("/")
    began = time.time()
    page.click(".exit")
    page.wait_for_url(neutral.url)
    (pause,) = context.cookies(site)
    assert pause["name"] == "pause"
    assert began + 599 < pause["expires"] <= time.time() + 601, "the browser forgets it"
    # The server stops believing it as well: the same cookie, ten minutes later.
    context.add_cookies([{**pause, "value": str(int(time.time()))}])
    page.goto("/")
    assert "999" in page.inner_text("html")


def test_a_forged_guard_of_ten_years_covers_nothing(context, site):
    end = int(time.time()) + 10 * 365 * 24 * 60 * 60
    context.add_cookies([{"name": "pause", "value": str(end), "url": site}])
    page = context.new_page()
    page.goto("/")
    assert "999" in page.inner_text("html")


def test_leaving_forgets_every_other_cookie_of_ours(context, site, neutral):
    context.add_cookies(
        [{"name": n, "value": "1", "url": site} for n in ("cookie_consent", "other", "sessionid")]
    )
    page = context.new_page()
    page.goto("/leave/?next=https://elsewhere.example/")
    assert page.url == neutral.url
    assert {cookie["name"] for cookie in context.cookies(site)} == {"pause", "sessionid"}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_neutral_site_is_not_told_where_the_reader_was(new_context, neutral, script):
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/help/")
    neutral.referrers.clear()
    page.click(".exit")
    page.wait_for_url(neutral.url)
    assert neutral.referrers == [None]


@pytest.fixture
def in_time(page):
    """The help page, whose clock stands: however long the keys take, it is within five seconds."""
    page.clock.install()
    page.goto("/help/")
    page.clock.pause_at(time.time() + 3600)
    return page


def press_shift(page, times):
    for _ in range(times):
        page.keyboard.press("Shift")


def test_shift_three_times_leaves_and_says_so_as_it_counts(in_time, neutral):
    page = in_time
    status = page.locator("[data-exit-status]")
    press_shift(page, 1)
    assert "2 more times" in status.text_content()
    press_shift(page, 1)
    assert "1 more time " in status.text_content()
    press_shift(page, 1)
    page.clock.resume()
    page.wait_for_url(neutral.url)


def test_shift_as_part_of_something_else_does_not_count(in_time, site):
    page = in_time
    press_shift(page, 2)
    page.keyboard.press("Shift+A")
    press_shift(page, 2)
    page.keyboard.press("Tab")
    press_shift(page, 1)
    page.keyboard.press("Alt+Shift")
    page.mouse.click(5, 5)
    press_shift(page, 2)
    assert page.url == f"{site}/help/"
    assert "1 more time " in page.locator("[data-exit-status]").text_content()


def test_too_slow_is_not_leaving(page, site):
    page.clock.install()
    page.goto("/help/")
    press_shift(page, 2)
    page.clock.run_for(5001)
    assert "still on this site" in page.locator("[data-exit-status]").text_content()
    press_shift(page, 2)
    assert page.url == f"{site}/help/"


def test_leaving_works_when_the_server_is_gone(context, site, neutral):
    page = context.new_page()
    page.goto("/help/")
    context.route(f"{site}/**", lambda route: route.abort())
    page.click(".exit")
    page.wait_for_url(neutral.url)
    (pause,) = context.cookies(site)
    assert 0 < int(pause["value"]) - time.time() <= 600, "the script's own guard"
    context.unroute_all()
    page.goto("/help/")
    assert_shows_nothing(page)


def test_the_page_is_blank_at_once_with_a_neutral_title_and_icon(page):
    page.goto("/help/")
    # Nothing answers, so the page that was left is still the one on the screen.
    page.context.route("**/*", lambda route: None)
    found = page.evaluate(
        """() => {
          document.querySelector(".exit").click();
          return {
            seen: document.body.innerText.trim(),
            opacity: getComputedStyle(document.documentElement).opacity,
            title: document.title,
            icon: document.querySelector("link[rel=icon]").href,
          };
        }"""
    )
    assert (found["seen"], found["opacity"], found["title"]) == ("", "0", words.COVER_TITLE)
    assert "blank" in found["icon"]


def hide(page, hidden):
    """Tell the page that it went behind another, or came back, as the app switcher does."""
    page.evaluate(
        """hidden => {
          Object.defineProperty(document, "hidden", {configurable: true, get: () => hidden});
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )
    return page.evaluate("getComputedStyle(document.documentElement).opacity")


def test_a_hidden_page_is_blank_and_comes_back_as_it_was(page):
    page.goto("/help/")
    page.focus("footer a")
    place = page.evaluate("scrollY")
    assert hide(page, True) == "0"
    assert hide(page, False) == "1"
    assert page.evaluate("scrollY") == place
    assert page.evaluate("document.activeElement.closest('footer') !== null")


def test_a_page_that_opens_behind_another_is_blank_until_it_is_looked_at(page):
    page.add_init_script(
        "Object.defineProperty(document, 'hidden', {configurable: true, get: () => true})"
    )
    page.goto("/help/")
    assert page.evaluate("getComputedStyle(document.documentElement).opacity") == "0"
    assert hide(page, False) == "1"


COME_BACK = """() => {
  Object.defineProperty(document, "hidden", {configurable: true, get: () => false});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.mark.parametrize("hours", [0, -3, 3], ids=["right clock", "slow clock", "fast clock"])
def test_a_page_in_another_tab_is_covered_when_it_comes_back(new_context, site, neutral, hours):
    """Without a word from the other tab: somebody left there by the link, without script."""
    context = new_context()
    page = context.new_page()
    page.clock.set_fixed_time(time.time() + hours * 3600)
    page.goto("/help/")
    hide(page, True)
    context.request.get("/leave/", max_redirects=0)
    with page.expect_navigation():
        page.evaluate(COME_BACK)
    assert words.COVER_TEXT in page.inner_text("h1")
    assert_shows_nothing(page)


def test_pages_in_other_windows_are_cleared_at_once(context, neutral):
    seen, other = context.new_page(), context.new_page()
    seen.goto("/help/")
    other.goto("/")
    other.click(".exit")
    other.wait_for_url(neutral.url)
    seen.wait_for_function("document.title === 'Paused'")
    assert seen.inner_text("body").strip() == ""
    assert "blank" in seen.get_attribute("link[rel=icon]", "href")
    with seen.expect_navigation():
        seen.evaluate("dispatchEvent(new Event('focus'))")
    assert words.COVER_TEXT in seen.inner_text("h1")


def test_an_answer_to_a_form_is_covered_without_asking_to_send_it_again(page):
    page.goto("/feedback/")
    page.locator("main form[novalidate]").evaluate(
        "form => { form.noValidate = true; form.submit(); }"
    )
    page.get_by_role("alert").or_(page.locator(".error-summary")).first.wait_for()
    asked = []
    page.on("request", lambda request: asked.append(request.method))
    hide(page, True)
    page.context.request.get("/leave/", max_redirects=0)
    with page.expect_navigation():
        page.evaluate(COME_BACK)
    assert words.COVER_TEXT in page.inner_text("h1")
    assert "POST" not in asked


def test_the_exit_comes_first_after_the_skip_link_and_is_named_by_its_words(page):
    page.goto("/help/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "exit"
    assert page.get_by_role("link", name=words.EXIT, exact=True).count() == 1
