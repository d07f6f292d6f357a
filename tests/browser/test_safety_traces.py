"""What a visit leaves behind on the device, and whom the browser speaks to."""

import json
import re
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VISITED = ("/", "/signs/", "/help/")
# Where Chromium itself writes down which addresses were opened. No site can prevent it, and
# the page on safer browsing says so.
ITS_OWN_HISTORY = ("History", "Favicons", "Sessions", "segmentation_platform")

STORAGE = """async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: self.caches ? (await caches.keys()).length : 0,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


def files_with(folder, *needles):
    """Return the files of a folder that hold any of these bytes, as names below the folder."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    )


def spellings(text):
    return text.encode(), text.encode("utf-16-le")


def as_sent(url):
    """Return a piece of what the server sends to a browser, compressed as the browser asks."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as response:
        return response.read()[200:264]


def test_a_visit_leaves_only_the_browsers_own_history(open_profile, tmp_path, site, neutral):
    context = open_profile(tmp_path, ignore_default_args=["--disable-back-forward-cache"])
    page = context.pages[0]
    sentences = []
    for path in VISITED:
        page.goto(site + path)
        sentences += [text for text in page.locator("p, li").all_inner_texts() if len(text) > 40]
        assert page.evaluate(STORAGE) == dict.fromkeys(
            ("local", "session", "databases", "caches", "workers"), 0
        )
        assert context.cookies() == []
    style = page.get_attribute("link[rel=stylesheet]", "href")
    page.click(".exit")
    page.wait_for_url(neutral.url)
    (pause,) = context.cookies(site)
    assert pause["name"] == "pause"
    assert pause["expires"] - time.time() <= 601
    context.close()

    assert len(sentences) > 30
    # First that this would find something: the style may be kept, and is, compressed as sent.
    assert files_with(tmp_path, as_sent(site + style))
    bodies = [as_sent(site + path) for path in VISITED]
    spelt = [spelling for text in sentences for spelling in spellings(text)]
    assert files_with(tmp_path, *bodies, *spelt) == []
    # And that addresses are kept, by the browser, in its own history and nowhere else.
    found = files_with(tmp_path, *(s for path in VISITED[1:] for s in spellings(site + path)))
    assert "Default/History" in found
    assert [name for name in found if not any(own in name for own in ITS_OWN_HISTORY)] == []


def hosts_asked(log):
    """Return every host that Chromium's own network log speaks of asking."""
    text = Path(log).read_text(errors="replace")
    try:
        events = json.loads(text)["events"]
    except ValueError:
        # A browser that was closed at once leaves the list open.
        events = json.loads(text.rstrip().rstrip(",") + "]}")["events"]
    hosts = set()
    for event in events:
        found = event.get("params") or {}
        for name in ("url", "host", "origin"):
            value = str(found.get(name, ""))
            hosts.add(urlsplit(value).hostname if "://" in value else value.partition(":")[0])
    return {host for host in hosts if host} - {"127.0.0.1"}


@pytest.fixture
def journey(browser_type, whole_browser, tmp_path):
    """Return what takes steps in a fresh browser and returns the hosts that it asked for."""

    def take(steps):
        log = tmp_path / "net-log.json"
        # Every name but ours leads nowhere, and is written down.
        rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        args = [*whole_browser["args"], rules, f"--log-net-log={log}"]
        browser = browser_type.launch(**{**whole_browser, "args": args})
        steps(browser.new_page())
        browser.close()
        return hosts_asked(log)

    return take


def beyond(journey, steps, address):
    """Return the hosts asked for by some steps, but not by a browser that only shows an address.

    What Chromium asks by itself depends on how long it is open, so that one is open for longer.
    """
    began = time.monotonic()
    found = journey(steps) - journey(lambda page: page.goto(address))
    seconds = time.monotonic() - began

    def stay(page):
        page.goto(address)
        page.wait_for_timeout(2000 * seconds)

    return found and found - journey(stay)


CONTACTS = "a[href^='tel:'], a[href^='sms:'], a[href^='http']"
# What can be seen of them: their addresses, and what they say of where one comes from.
SEEN = """all => all
  .filter(e => e.checkVisibility({visibilityProperty: true}) && e.getBoundingClientRect().width)
  .map(e => [e.getAttribute("href"), e.rel])"""


def test_nobody_else_is_asked_for_anything(journey, site, addresses, neutral):
    asked, met = [], set()

    def crawl(page, paths):
        page.on("request", lambda request: asked.append(request.url))
        for path in paths:
            page.goto(site + path)
            page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
            for address, rel in page.eval_on_selector_all(CONTACTS, SEEN):
                elsewhere = address.startswith("http")
                assert not elsewhere or "noreferrer" in rel, f"{address} on {path}"
                if address not in met:
                    met.add(address)
                    link = page.locator(f'a[href="{address}"]:visible').first
                    link.hover() if elsewhere else link.click()

    # Chromium asks its maker by itself, about any page of anyone that has a place to type.
    # So those pages are compared with such a page, and all others with an empty one.
    typed = [path for path in addresses if has_a_place_to_type(site + path)]
    assert typed == ["/feedback/"], "as the pages on privacy and safer browsing say"
    others = [path for path in addresses if path not in typed]
    form = f"http://127.0.0.1:{neutral.server_port}/form"

    assert beyond(journey, lambda page: crawl(page, others), "about:blank") == set()
    assert beyond(journey, lambda page: crawl(page, typed), form) == set()
    assert [url for url in asked if not url.startswith((site, "tel:", "sms:"))] == []
    assert len(others) > 10
    assert {"tel:999", "tel:101", "https://999bsl.co.uk"} <= met


def has_a_place_to_type(url):
    with urllib.request.urlopen(url) as response:
        return re.search(
            r'<textarea|<input(?![^>]* type="(radio|checkbox|hidden)")', response.read().decode()
        )


def test_the_log_would_tell_if_somebody_were_asked(journey, site):
    def elsewhere(page):
        page.goto(f"{site}/")
        with page.expect_event("requestfailed"):
            page.evaluate("() => { location.href = 'http://findable.example/'; }")

    assert "findable.example" in journey(elsewhere)


def test_where_something_can_be_typed_nothing_is_remembered(page, addresses):
    fields = 0
    for address in addresses:
        page.goto(address)
        for form in page.locator("form").all():
            # "dialog", where there is no dialog, sends nothing at all.
            assert form.get_attribute("method") in ("post", "dialog"), (
                "nothing typed gets into an address"
            )
            typed = form.locator("textarea, input[type=text], input[type=email], input:not([type])")
            fields += typed.count()
            if typed.count():
                assert form.get_attribute("autocomplete") == "off"
    assert fields, "there is a place to type"


def test_names_of_files_are_neutral(page):
    page.goto("/")
    files = page.eval_on_selector_all("[src], link[href]", "all => all.map(e => e.src || e.href)")
    assert files
    for name in files:
        assert not re.search("stalk|abuse|victim|violen|police", urlsplit(name).path), name
