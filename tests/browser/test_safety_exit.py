"""Leaving, in the browser: nothing of ours can be seen afterwards, with script or without."""

import time

import pytest

from safety import words

pytestmark = pytest.mark.browser

SUBJECT = ("stalk", "danger", "999", "police", "help", "victim", "emergency")
VISITED = ("/", "/cookies/", "/help/")
DEVICES = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}


@pytest.fixture(scope="module", params=["page cache", "no page cache"])
def cached_browser(request, browser_type, browser_type_launch_args):
    """Chromium with its page cache, which Playwright turns off, and without."""
    extra = {}
    if request.param == "page cache":
        extra["ignore_default_args"] = ["--disable-back-forward-cache"]
    browser = browser_type.launch(**browser_type_launch_args, **extra)
    yield browser
    browser.close()


def assert_shows_nothing(page):
    """What is seen once the page has settled: a page from the cache asks the server again."""
    page.wait_for_load_state("networkidle")
    seen = f"{page.title()} {page.inner_text('html')}".lower()
    for word in SUBJECT:
        assert word not in seen, f"{page.url} shows {word!r}"
    return seen


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
    assert covers, "Back led to the cover at least once"
    page.go_forward(wait_until="commit")
    assert_shows_nothing(page)
    for path in (*VISITED, "/no-such-page/"):
        page.goto(site + path)
        assert words.COVER_TEXT in page.inner_text("h1")
        assert_shows_nothing(page)
    page.close()
    page = context.new_page()
    page.goto(site + "/help/")
    assert_shows_nothing(page)

    page.get_by_role("button", name=words.COVER_BUTTON).click()
    page.wait_for_url(f"{site}/help/")
    assert "999" in page.inner_text("html")
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_guard_ends_by_itself(new_context, site, neutral, script):
    context = new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto("/")
    page.click(".exit")
    page.wait_for_url(neutral.url)
    (pause,) = context.cookies(site)
    assert pause["name"] == "pause"
    assert 590 < pause["expires"] - time.time() <= 601, "the browser forgets it"
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


def press_shift(page, times):
    for _ in range(times):
        page.keyboard.press("Shift")


def test_shift_three_times_leaves_and_says_so_as_it_counts(page, neutral):
    page.goto("/help/")
    status = page.locator("[data-exit-status]")
    press_shift(page, 1)
    assert "2 more times" in status.text_content()
    press_shift(page, 1)
    assert "1 more time " in status.text_content()
    press_shift(page, 1)
    page.wait_for_url(neutral.url)


def test_shift_as_part_of_something_else_does_not_count(page, site):
    page.goto("/help/")
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


def test_a_page_in_another_tab_is_covered_when_it_comes_back(context, neutral):
    page, other = context.new_page(), context.new_page()
    page.goto("/help/")
    other.goto("/")
    hide(page, True)
    other.click(".exit")
    other.wait_for_url(neutral.url)
    with page.expect_navigation():
        page.evaluate(
            """() => {
              Object.defineProperty(document, "hidden", {configurable: true, get: () => false});
              document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
    assert_shows_nothing(page)


def test_the_exit_comes_first_after_the_skip_link_and_is_named_by_its_words(page):
    page.goto("/help/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "exit"
    assert page.get_by_role("link", name=words.EXIT, exact=True).count() == 1
