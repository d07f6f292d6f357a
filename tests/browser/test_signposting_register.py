"""A register keeper's work, in the real browser, under the admin's Content Security Policy."""

import re

import pytest
from playwright.sync_api import expect

from tests.server import Server

from .test_awareness_editing import LISTEN, REFUSED
from .test_pages_accessibility import AA, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OLD, NEW = "020 3866 4107", "020 3866 4108"
SERVICES = "/admin/signposting/service/"
SECOND = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
user = get_user_model().objects.create_user("second", password="a long second password", is_staff=True)
user.groups.add(Group.objects.get(name="Register keepers"))
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A site of our own, whose register has a second keeper."""
    server = Server(tmp_path_factory.mktemp("register"))
    try:
        server.manage("shell", "-c", SECOND)
        server.logins["second"] = "a long second password"
        yield server.start()
    finally:
        server.close()


@pytest.fixture
def sign_in(browser, office):
    """Sign a keeper in, in a browser of their own, at the page of a service."""
    contexts = []

    def signed_in(name, service="Paladin"):
        context = browser.new_context(base_url=office.url)
        contexts.append(context)
        context.add_init_script(LISTEN)
        page = context.new_page()
        page.goto(SERVICES)
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(office.logins[name])
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("link", name=service, exact=True).click()
        return page

    yield signed_in
    for context in contexts:
        context.close()


def assert_sound(page):
    """The screen broke nothing of its policy and breaks no rule of WCAG 2.2 AA."""
    assert page.evaluate(REFUSED) == []
    assert violations(page, {"runOnly": AA}) == []
    # What axe itself was refused is not the screen's.
    page.evaluate("sessionStorage.removeItem('refused')")


def printed(office, page, words, path="/help/paladin/"):
    def readers_have_it():
        return words in page.request.get(path).text()

    office.wait_until(readers_have_it, seconds=90)


def test_a_check_is_recorded_on_one_screen(sign_in):
    page = sign_in("keeper")
    page.get_by_role("link", name="Record a check").click()
    expect(page.get_by_role("heading", name="Check Paladin")).to_be_visible()
    assert_sound(page)
    page.get_by_label("Page or person:").fill("")
    page.get_by_role("button", name="Record this check").click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    assert_sound(page)
    page.get_by_label("Page or person:").fill("Their own page of contacts")
    page.get_by_role("button", name="Record this check").click()
    expect(page.locator(".messagelist")).to_contain_text("Check recorded: Everything here is right")
    assert page.evaluate(REFUSED) == []


def test_an_emergency_service_is_checked_and_not_changed(sign_in):
    page = sign_in("keeper", "Police, in an emergency")
    expect(page.get_by_role("link", name="Take it off")).to_have_count(0)
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Record a check").click()
    expect(page.locator("main")).to_contain_text("Ask for the police.")
    page.get_by_label("Page or person:").fill("Nottinghamshire Police, their own page")
    page.get_by_role("button", name="Record this check").click()
    expect(page.locator(".messagelist")).to_contain_text("Check recorded: Everything here is right")
    assert page.evaluate(REFUSED) == []


def test_a_number_that_waits_is_dropped_by_one_person(sign_in):
    page = sign_in("keeper", "Galop")
    page.get_by_role("link", name="Change the number: Phone").click()
    page.get_by_label("Number:").fill("0800 999 5429")
    page.get_by_label("Why:").fill("Somebody said so.")
    page.get_by_role("button", name="Ask for this number").click()
    page.get_by_role("link", name="drop it").click()
    assert_sound(page)
    page.get_by_role("button", name="Drop it").click()
    expect(page.locator(".messagelist")).to_contain_text("was dropped")
    expect(page.get_by_role("link", name="Type it again and agree")).to_have_count(0)


def test_one_person_asks_for_a_number_and_a_second_agrees(sign_in, office):
    page = sign_in("keeper")
    page.get_by_role("link", name="Change the number: Phone").click()
    assert_sound(page)
    page.get_by_label("Number:").fill(NEW)
    page.get_by_label("Why:").fill("Read on their own page.")
    page.get_by_role("button", name="Ask for this number").click()
    expect(page.locator(".messagelist")).to_contain_text("waits for a second person")
    page.get_by_role("link", name="Type it again and agree").click()
    page.get_by_label("Type the number again:").fill(NEW)
    page.get_by_role("button", name="This is the number").click()
    expect(page.locator(".errornote")).to_contain_text("You cannot agree your own change.")
    assert_sound(page)

    second = sign_in("second")
    second.get_by_role("link", name="Type it again and agree").click()
    assert_sound(second)
    expect(second.locator("main")).not_to_contain_text(NEW)
    expect(second.locator("main")).to_contain_text("Read on their own page.")
    second.get_by_label("Type the number again:").fill(NEW)
    assert OLD.replace(" ", "\N{NO-BREAK SPACE}") in second.request.get("/help/paladin/").text()
    second.get_by_role("button", name="This is the number").click()
    expect(second.locator(".messagelist")).to_contain_text(f"has the number {NEW}")
    printed(office, second, NEW.replace(" ", "\N{NO-BREAK SPACE}"))

    assert second.evaluate(REFUSED) == []
    # The same ear hears a refusal when there is one, and the same eye a fault.
    second.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=color:red>x</p>')")
    assert len(second.evaluate(REFUSED)) == 1
    second.evaluate("document.body.insertAdjacentHTML('beforeend', '<input name=x>')")
    assert any(found.startswith("label") for found in violations(second, {"runOnly": AA}))


def test_a_number_is_taken_off_by_one_and_shown_again_by_two(sign_in, office):
    page = sign_in("keeper")
    page.get_by_role("link", name="Take it off").click()
    assert_sound(page)
    page.get_by_label("Why:").fill("It rings out.")
    stand_in = page.get_by_label("What stands in its place:")
    expect(stand_in.get_by_role("option", name="Paladin")).to_have_count(0)
    stand_in.select_option(label="Nottinghamshire Victim CARE")
    page.get_by_role("button", name="Take it off now").click()
    expect(page.locator(".messagelist")).to_contain_text("Taken off: It rings out.")
    printed(office, page, "Use Nottinghamshire Victim CARE in its place.")
    page.get_by_role("link", name="Show it to readers").click()
    assert_sound(page)
    page.get_by_role("button", name="Show it to readers").click()
    expect(page.locator(".errornote")).to_contain_text(re.compile("two people have typed it"))
