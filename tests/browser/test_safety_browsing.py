"""The page on safer browsing opens the steps for the browser that is reading it."""

import pytest

pytestmark = pytest.mark.browser

PAGE = "/advice/safer-browsing/"
WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
AGENTS = {
    "chrome": f"{WINDOWS} Chrome/156.0.0.0 Safari/537.36",
    "edge": f"{WINDOWS} Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0",
    "firefox": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0",
    "safari-mac": f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/26.0 Safari/605.1.15",
    "chrome-android": f"{ANDROID} Chrome/156.0.0.0 Mobile Safari/537.36",
    "samsung-internet": f"{ANDROID} SamsungBrowser/29.0 Chrome/140.0.0.0 Mobile Safari/537.36",
    "firefox-android": "Mozilla/5.0 (Android 15; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0",
    "safari-iphone": f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) {WEBKIT} Version/26.0 Mobile/15E148 Safari/604.1",
}
STRANGERS = [
    f"{ANDROID} Chrome/156.0.0.0 Mobile Safari/537.36 EdgA/156.0.0.0",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) {WEBKIT} CriOS/156.0 Mobile/15E148 Safari/604.1",
    "Lynx/2.9",
]


def opened(page):
    page.goto(PAGE)
    return page.eval_on_selector_all(
        "details[data-browser][open]", "all => all.map(d => d.dataset.browser)"
    )


@pytest.mark.parametrize("name", AGENTS)
def test_its_own_steps_are_open_and_no_others(new_context, name):
    page = new_context(user_agent=AGENTS[name]).new_page()
    assert opened(page) == [name]


def test_an_ipad_that_calls_itself_a_mac_is_an_ipad(new_context):
    context = new_context(user_agent=AGENTS["safari-mac"], has_touch=True)
    context.add_init_script("Object.defineProperty(navigator, 'maxTouchPoints', {get: () => 5})")
    assert opened(context.new_page()) == ["safari-iphone"]


@pytest.mark.parametrize("agent", STRANGERS)
def test_a_browser_we_have_no_steps_for_is_not_taken_for_another(new_context, agent):
    assert opened(new_context(user_agent=agent).new_page()) == []


def test_without_script_every_step_can_be_opened(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(PAGE)
    for steps in page.locator("details[data-browser]").all():
        steps.locator("summary").click()
        assert steps.locator("ol").is_visible()


def test_nothing_is_sent(page):
    sent = []
    page.on("request", lambda request: sent.append((request.method, request.url)))
    page.goto(PAGE)
    assert {method for method, _ in sent} == {"GET"}
    assert not [url for _, url in sent if "?" in url]


def test_every_step_that_may_be_noticed_says_so_first(page):
    page.goto(PAGE)
    for steps in page.locator("details[data-browser]").all():
        first = steps.locator("li").first.text_content().strip()
        assert first.startswith("This change may be noticed.")
    # What we tried ourselves says on which day; of the rest no day is invented.
    tried = page.locator("details[data-browser] .meta").all_text_contents()
    assert len(tried) == 2
    assert all("2026" in day for day in tried)
