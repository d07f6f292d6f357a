"""A register keeper's work, in the real browser, under the admin's Content Security Policy."""

import pytest
from playwright.sync_api import expect

from tests.server import Server

from .newsroom import follow, log_in, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OLD, NEW = "020 3866 4107", "020 3866 4108"
SERVICES = "/admin/signposting/service/"
# Counts what is clicked, from the list of services on.
COUNT = """
addEventListener("click", event => {
  if (event.isTrusted) sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true);
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A site of our own, with the two keepers that it makes, and one worker: readers have the same."""
    server = Server(tmp_path_factory.mktemp("register"))
    try:
        yield server.start("--workers", "1")
    finally:
        server.close()


@pytest.fixture
def sign_in(browser, office):
    """Sign a keeper in, in a browser of their own, at the page of a service."""
    contexts = []

    def signed_in(name, service="Paladin"):
        context = browser.new_context(base_url=office.url)
        contexts.append(context)
        page = context.new_page()
        page.set_viewport_size({"width": 1024, "height": 768})
        log_in(page, office, name)
        page.goto(SERVICES)
        page.add_init_script(COUNT)
        follow(page, service)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def assert_sound(page):
    """The screen breaks no rule of WCAG 2.2 AA."""
    assert violations(page) == []


def clicks(page):
    """Return how often was clicked since the list of services, with the click that left it."""
    return 1 + int(page.evaluate("sessionStorage.clicks || 0"))


def fits(page):
    """The screen is no wider than a window of 1024 pixels."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 1024


def printed(office, page, words, path="/help/paladin/"):
    def readers_have_it():
        return words in page.request.get(path).text()

    # A context whose page is still on its way somewhere may never close.
    page.wait_for_load_state()
    office.wait_until(readers_have_it, seconds=90)


def test_a_check_that_changes_nothing_takes_three_clicks(sign_in):
    page = sign_in("keeper", "Samaritans")
    page.get_by_role("link", name="Record a check").click()
    page.get_by_role("button", name="Record this check").click()
    expect(page.locator(".messagelist")).to_contain_text("Check recorded: Everything here is right")
    assert clicks(page) <= 3


def test_a_check_is_recorded_on_one_screen(sign_in):
    page = sign_in("keeper")
    page.get_by_role("link", name="Record a check").click()
    expect(page.get_by_role("heading", name="Check Paladin")).to_be_visible()
    assert_sound(page)
    page.get_by_label("Page or person:").fill("")
    page.get_by_role("button", name="Record this check").click()
    expect(page.get_by_text("This field is required.", exact=True)).to_be_visible()
    assert_sound(page)
    page.get_by_label("Page or person:").fill("Their own page of contacts")
    page.get_by_role("button", name="Record this check").click()
    expect(page.locator(".messagelist")).to_contain_text("Check recorded: Everything here is right")


def test_an_emergency_service_is_checked_and_not_changed(sign_in):
    page = sign_in("keeper", "Police, in an emergency")
    expect(page.get_by_role("link", name="Take it off")).to_have_count(0)
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Record a check").click()
    expect(page.locator("main")).to_contain_text("Ask for the police.")
    page.get_by_label("Page or person:").fill("Nottinghamshire Police, their own page")
    page.get_by_role("button", name="Record this check").click()
    expect(page.locator(".messagelist")).to_contain_text("Check recorded: Everything here is right")


def test_what_waits_is_dropped_by_one_person(sign_in):
    page = sign_in("keeper", "Galop")
    page.get_by_role("link", name="Ask for a change").click()
    page.get_by_label("Phone: new number:").fill("0800 999 5429")
    page.get_by_label("Why:").fill("Somebody said so.")
    page.get_by_role("button", name="Ask a second person").click()
    follow(page, "Drop it")
    assert_sound(page)
    page.get_by_role("button", name="Drop it").click()
    expect(page.locator(".messagelist")).to_contain_text("was dropped")
    expect(page.get_by_role("link", name="Drop it")).to_have_count(0)


def test_a_changed_number_takes_two_people_and_eight_clicks(sign_in, office, ear):
    page = sign_in("keeper")
    follow(page, "Ask for a change")
    assert_sound(page)
    fits(page)
    page.get_by_label("Phone: new number:").press_sequentially(NEW)
    page.get_by_label("Why:").press_sequentially("Read on their own page.")
    page.get_by_role("button", name="Ask a second person").click()
    expect(page.locator(".messagelist")).to_contain_text("waits for a second person")
    asked = clicks(page)
    expect(page.locator("#content")).to_contain_text("You cannot agree what you asked for.")
    fits(page)
    assert_sound(page)

    second = sign_in("keeper2")
    fits(second)
    follow(second, "Type the new numbers and agree")
    assert_sound(second)
    fits(second)
    expect(second.locator("main")).not_to_contain_text(NEW)
    assert NEW.replace(" ", "") not in second.content().replace(" ", "")
    expect(second.locator("main")).to_contain_text("Read on their own page.")
    second.get_by_label("Phone: number:").press_sequentially(NEW)
    second.get_by_role("button", name="Go on").click()
    expect(second.locator(".difference")).to_contain_text(NEW)
    assert_sound(second)
    fits(second)
    assert OLD.replace(" ", "\N{NO-BREAK SPACE}") in second.request.get("/help/paladin/").text()
    second.get_by_role("button", name="I agree: give it to readers").click()
    expect(second.locator(".messagelist")).to_contain_text("Agreed what keeper asked for")
    printed(office, second, NEW.replace(" ", "\N{NO-BREAK SPACE}"))
    assert asked + clicks(second) <= 8
    # The same ear hears a refusal when there is one, and the same eye a fault.
    second.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=color:red>x</p>')")
    (heard,) = ear.take()
    assert "style-src" in heard
    second.evaluate("document.body.insertAdjacentHTML('beforeend', '<input name=x>')")
    assert any(found.startswith("label") for found in violations(second))


def test_another_number_than_was_asked_for_is_refused_beside_its_field(sign_in):
    page = sign_in("keeper", "Karma Nirvana")
    page.get_by_role("link", name="Ask for a change").click()
    page.get_by_label("Phone: new number:").fill("0808 800 1171")
    page.get_by_label("Why:").fill("Read on their own page.")
    page.get_by_role("button", name="Ask a second person").click()
    expect(page.locator(".messagelist")).to_contain_text("waits for a second person")
    second = sign_in("keeper2", "Karma Nirvana")
    second.get_by_role("link", name="Type the new numbers and agree").click()
    second.get_by_label("Phone: number:").fill("0808 800 1172")
    second.get_by_role("button", name="Go on").click()
    expect(second.locator(".form-row.errors")).to_contain_text("your colleague typed")
    expect(second.get_by_label("Phone: number:")).to_have_value("0808 800 1172")
    assert_sound(second)


def test_a_service_is_taken_off_in_three_clicks(sign_in, office):
    page = sign_in("keeper", "Men’s Advice Line")
    follow(page, "Take it off")
    assert_sound(page)
    fits(page)
    stand_in = page.get_by_label("What stands in its place:")
    expect(stand_in.get_by_role("option", name="Men’s Advice Line")).to_have_count(0)
    page.get_by_label("Why:").press_sequentially("It rings out.")
    page.get_by_role("button", name="Take it off now").click()
    expect(page.locator(".messagelist")).to_contain_text("Taken off: It rings out.")
    assert clicks(page) <= 3
    printed(office, page, "We do not print a number", "/help/mens-advice-line/")
    follow(page, "Ask for a change")
    assert_sound(page)
    fits(page)


def test_one_person_says_less(sign_in, office):
    page = sign_in("keeper", "Rape Crisis England & Wales")
    follow(page, "Say less")
    assert_sound(page)
    fits(page)
    page.get_by_label("How you know:").fill("A reader said so.")
    page.get_by_role("button", name="Tell readers now").click()
    expect(page.locator(".errornote")).to_contain_text("Choose at least one thing")
    page.get_by_label("Something is not certain:").select_option(index=1)
    page.get_by_role("button", name="Tell readers now").click()
    page.locator(".messagelist").wait_for()
    printed(office, page, "Readers told us that this does not work.", "/help/rape-crisis/")
