"""Words that may be lost on other screens than the two forms, too much to send, a right that is gone."""

import pytest
from playwright.sync_api import expect

from ..newsroom import ALARM, NOTICE, kept, log_in
from .forms import PageForm, ServiceForm

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_too_much_to_send(page, newsroom):
    """More than the newsroom takes: it says so at once, and sends nothing into nothing."""
    form = PageForm(page, newsroom)
    form.log_in()
    form.open()
    with page.expect_response(lambda got: "Too much" in (got.request.post_data or "")):
        form.type("Too much")
    page.evaluate(
        """() => {
          const words = [...document.querySelectorAll(".tiptap")].find((each) => each.innerText.includes("Too much"))
          words.closest(".prose-editor").querySelector("textarea").value = "<p>" + "Too much ".repeat(700_000) + "</p>"
        }"""
    )
    expect(page.locator(ALARM)).to_contain_text("This is too long to keep or to save.")
    form.save()
    expect(page.locator(ALARM)).to_be_in_viewport()
    form.expect_words()
    page.once("dialog", lambda dialog: dialog.accept())
    form.open()
    form.found()
    form.throw_away()


def test_a_right_that_is_gone(page, newsroom):
    """Somebody's group was changed while they typed: the words wait until it is put right."""
    form = PageForm(page, newsroom)
    form.log_in()
    form.open()
    form.type("Without a right")
    form.kept()
    groups = (
        "from django.contrib.auth.models import Group, User;"
        "User.objects.get(username='editor').groups.{}(Group.objects.get(name='Editors'))"
    )
    newsroom.manage("shell", "-c", groups.format("remove"))
    try:
        form.save()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Your account cannot do this")
    finally:
        newsroom.manage("shell", "-c", groups.format("add"))
    form.log_in()
    form.open()
    form.found()
    form.throw_away()


@pytest.fixture
def keeper(page, newsroom):
    log_in(page, newsroom, "keeper")
    ServiceForm(page, newsroom).open()
    return page


def leave_and_find_again(page, site, field, words):
    """Leave a screen as soon as what is typed is kept; find it there."""
    kept(page)
    address = page.url
    page.goto(f"{site.url}/admin/")
    page.goto(address)
    found_on_the_screen(page, field, words)


def found_on_the_screen(page, field, words):
    expect(page.locator(NOTICE)).to_be_visible()
    expect(field).to_have_value(words)
    page.get_by_role("button", name="Throw away what I typed").click()
    expect(page.locator(NOTICE)).to_have_count(0)


def test_a_check_of_a_service_when_the_session_ends(keeper, newsroom, end_sessions):
    keeper.get_by_role("link", name="Record a check").click()
    source = keeper.get_by_label("Page or person:")
    source.fill("The manager, on the telephone")
    kept(keeper)
    address = keeper.url
    end_sessions()
    keeper.get_by_role("button", name="Record this check").click()
    expect(keeper.locator(ALARM)).to_contain_text("You are logged out")
    log_in(keeper, newsroom, "keeper")
    keeper.goto(address)
    found_on_the_screen(keeper, source, "The manager, on the telephone")


def test_a_new_number_whose_form_is_left(keeper, newsroom):
    keeper.get_by_role("link", name="Ask for a change").click()
    number = keeper.get_by_label("Phone: new number:")
    number.fill("0300 123 4567")
    leave_and_find_again(keeper, newsroom, number, "0300 123 4567")


def test_a_note_on_the_publishing_screen(page, newsroom):
    form = PageForm(page, newsroom)
    form.log_in()
    form.open()
    page.get_by_role("link", name="Schedule, withdraw, go back").click()
    note = page.locator("#id_schedule-note")
    note.fill("For the week in April")
    leave_and_find_again(page, newsroom, note, "For the week in April")
