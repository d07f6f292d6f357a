"""What choices about cookies do in a browser: what is sent, what is kept, where they lead back to."""

import time

import pytest
from playwright.sync_api import expect

from cookies import consent_html, registry
from tests.cookies.seed import SAVED

from .choosing import message, names
from .pages import ERRORS
from .pages import KINDS as PAGES

pytestmark = pytest.mark.browser

PAGE = "/signs/"
KINDS = [path for path in PAGES if path not in ERRORS]


def assert_kept(reader, began, *cookies):
    """The browser keeps these cookies and no other, for as long as the registry says.

    `began` is when the first of them was set, or before.
    """
    kept = {cookie["name"]: cookie["expires"] for cookie in reader.context.cookies()}
    assert set(kept) == {cookie.name for cookie in cookies}
    for cookie in cookies:
        if cookie.lifetime is None:
            assert kept[cookie.name] == -1, "until the browser is closed"
        else:
            seconds = cookie.lifetime.total_seconds()
            assert began - 1 <= kept[cookie.name] - seconds <= time.time() + 1, cookie.name
    assert reader.evaluate("document.cookie") == "", "no script can read one"
    assert reader.evaluate("localStorage.length + sessionStorage.length") == 0


def test_what_is_kept_is_the_registrys_in_every_state(new_context, neutral):
    """A whole visit in each state, with script: nothing asked, refused, agreed, left."""
    reader, began = new_context().new_page(), time.time()

    def visit():
        for path in KINDS:
            reader.goto(path)

    visit()
    assert_kept(reader, began)
    reader.goto(PAGE)
    reader.get_by_role("button", name="Reject additional cookies").click()
    expect(message(reader)).to_contain_text(SAVED)
    visit()
    assert_kept(reader, began, registry.CONSENT)

    reader.goto("/cookies/reading/")
    reader.get_by_label("Larger", exact=True).check()
    reader.get_by_role("button", name="Agree and save").click()
    expect(message(reader)).to_contain_text(SAVED)
    visit()
    assert_kept(reader, began, registry.CONSENT, registry.PREFERENCES_COOKIE)

    reader.goto("/cookies/")
    reader.locator("#statistics-yes").check()
    reader.get_by_role("button", name="Save my choices").click()
    expect(message(reader)).to_contain_text(SAVED)
    with reader.expect_response("**/cookies/count/"):
        reader.goto(PAGE)
    visit()
    assert_kept(reader, began, registry.CONSENT, registry.PREFERENCES_COOKIE, registry.COUNTED)

    # What is counted on the page has to have come back: else its answer comes after leaving.
    with reader.expect_response("**/cookies/count/"):
        reader.goto(PAGE)
    reader.locator(".exit").first.click()
    reader.wait_for_url(neutral.url)
    (left,) = reader.context.cookies()
    assert left["name"] == registry.PAUSE.name


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
    assert registry.COUNTED.name not in names(reader)
    sent.clear()
    reader.goto(PAGE)
    assert counted() == []
    assert reader.evaluate("localStorage.length + sessionStorage.length") == 0


ATTACK = """({ target, fields }) => {
  const body = new URLSearchParams(fields);
  const options = { method: "POST", body, mode: "no-cors", credentials: "include" };
  const frame = document.createElement("iframe");
  frame.name = "frame";
  document.body.append(frame);
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: target, target: "frame" });
  for (const [name, value] of body) {
    form.append(Object.assign(document.createElement("input"), { name, value }));
  }
  document.body.append(form);
  form.submit();
  navigator.sendBeacon(target, body);
  return fetch(target, options).catch(() => {}).then(() => form.removeAttribute("target")).then(() => form.submit());
}"""


@pytest.mark.parametrize("path", ["/cookies/save/", "/cookies/reading/", "/cookies/count/"])
def test_another_sites_page_changes_nothing_by_form_frame_beacon_or_fetch(new_context, site, path):
    context = new_context()
    # What our own pages send, in all the forms at once, with the digest of what is shown today.
    fields = {"choice": "accept", "shown": consent_html.shown(), "agree": "yes", "page": "/"}
    fields |= {"text": "2", "colours": "dark", "beta": "hidden"}
    context.route("http://evil.example/**", lambda route: route.fulfill(body="<body>Hello"))
    sent, answers = [], []
    context.on("request", lambda request: sent.append(request.url))
    context.on("response", lambda response: answers.append((response.url, response.status)))
    reader = context.new_page()
    reader.goto("http://evil.example/")
    with reader.expect_navigation(url=site + path):
        reader.evaluate(ATTACK, {"target": site + path, "fields": fields})
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
