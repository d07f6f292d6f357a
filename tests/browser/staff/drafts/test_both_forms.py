"""Ways to lose words: after each they are there again, in a page and in the register.

Of fifteen, twelve are here. bin/test tries each in one of both forms, bin/bench every in both:

 1 left by a link
 2 left in the second in which they were typed
 3 the browser is closed
 4 something new that was never saved
 5 read again (reload)
 6 the session ends, and a second tab logs in again
 7 logged out and in again elsewhere: the form's token is an old one
 8 somebody else logs in at the same desk
 9 the site cannot be reached
10 the form is refused, and then left
11 a colleague saves it meanwhile
12 the site fails in the middle of saving

and three with pictures in ../test_newsroom_pictures.py: one too large to send, one in a form that
is refused, one whose page is left. Beside them, the same form in two tabs.
"""

import pytest
from playwright.sync_api import expect

from ..newsroom import ALARM, NOTICE, follow, log_in, log_out, type_log_in
from .forms import PageForm, ServiceForm

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.half]


@pytest.fixture(params=[PageForm, ServiceForm], ids=["page", "register"])
def form(request, page, newsroom):
    """A form that is open, by somebody who may save it."""
    form = request.param(page, newsroom)
    form.log_in()
    return form


@pytest.fixture
def opened(form):
    form.open()
    return form


def come_back(page):
    """Turn to a tab again, which a browser tells its page."""
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")


def test_left_by_a_link(opened):
    opened.type("Left by a link")
    opened.kept()
    follow(opened.page, "Home")
    opened.open()
    opened.found()
    opened.throw_away()
    opened.open()
    expect(opened.page.locator(NOTICE)).to_have_count(0)


def test_left_in_the_second_in_which_it_was_typed(opened, newsroom):
    opened.type("At the last moment")
    desk = f"{newsroom.url}/admin/"
    opened.page.goto(desk)
    # It was sent as the form went away, and nothing of the next page waits for its answer.
    newsroom.wait_until(lambda: "It is kept for you" in opened.page.request.get(desk).text())
    opened.open()
    opened.found()
    opened.throw_away()


def test_the_browser_is_closed(opened, browser):
    opened.type("Before it was closed")
    opened.kept()
    opened.page.close()
    other = browser.new_context()
    page = other.new_page()
    opened.log_in(page)
    expect(page.locator("#content")).to_contain_text("It is kept for you, and not saved.")
    page.locator(".rows").get_by_role("link", name=opened.what).first.click()
    opened.found(page)
    opened.throw_away(page)
    other.close()


def test_something_new_that_was_never_saved(form):
    form.open_new()
    form.type("Never saved")
    form.page.get_by_label(form.required, exact=True).fill("A new name")
    form.kept()
    form.open_new()
    form.found()
    expect(form.page.get_by_label(form.required, exact=True)).to_have_value("A new name")
    expect(form.page.locator(".errorlist, .errornote")).to_have_count(0)
    form.throw_away()


def test_read_again(opened):
    opened.type("Before it was read again")
    opened.kept()
    opened.page.reload()
    opened.found()
    opened.throw_away()


def test_the_session_ends_and_a_second_tab_logs_in_again(opened, newsroom, end_sessions, context):
    page = opened.page
    opened.type("Over a long lunch")
    opened.kept()
    end_sessions()
    opened.go_on(" and a walk")
    expect(page.locator(ALARM)).to_contain_text("You are logged out")
    expect(page.locator(ALARM)).to_be_in_viewport()
    opened.save()
    expect(page.locator(ALARM)).to_contain_text("You are logged out")
    with context.expect_page() as second:
        page.get_by_role("link", name="Log in again in a new tab").click()
    tab = second.value
    tab.wait_for_url("**/login/**")
    type_log_in(tab, newsroom, opened.name)
    expect(tab.locator("#content")).to_contain_text("You can close this tab")
    tab.close()
    come_back(page)
    expect(page.locator(ALARM)).to_be_hidden()
    opened.save()
    opened.saved()


def log_out_elsewhere(context, site):
    tab = context.new_page()
    tab.goto(f"{site.url}/admin/")
    log_out(tab)
    return tab


def test_an_old_token(opened, newsroom, context):
    opened.type("With an old token")
    opened.kept()
    tab = log_out_elsewhere(context, newsroom)
    opened.log_in(tab)
    tab.close()
    opened.save()
    opened.saved()


def test_somebody_else_logs_in_meanwhile(opened, newsroom, context):
    opened.type("By one person")
    opened.kept()
    tab = log_out_elsewhere(context, newsroom)
    log_in(tab, newsroom, "manager")
    opened.go_on(" alone")
    expect(opened.page.locator(ALARM)).to_contain_text("Somebody else is logged in now")
    log_out(tab)
    opened.log_in(tab)
    tab.close()
    come_back(opened.page)
    expect(opened.page.locator(ALARM)).to_be_hidden()
    opened.open()
    opened.found()
    opened.throw_away()


def test_the_site_cannot_be_reached(opened, context):
    page = opened.page
    opened.type("On a train")
    opened.kept()
    context.set_offline(True)
    opened.go_on(" in a tunnel")
    expect(page.locator(ALARM)).to_contain_text("We cannot reach the site")
    opened.save()
    opened.expect_words()
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.evaluate("void (location.href = '/admin/')")
    opened.expect_words()
    assert asked == ["beforeunload"]
    context.set_offline(False)
    expect(page.locator(ALARM)).to_be_hidden()
    opened.open()
    opened.found()
    opened.throw_away()


def test_the_form_is_refused_and_then_left(opened, newsroom):
    opened.type("Refused and left")
    opened.spoil()
    opened.save()
    expect(opened.page.locator(".wrong")).to_be_in_viewport()
    opened.expect_words()
    opened.page.goto(f"{newsroom.url}/admin/")
    opened.open()
    opened.found()
    expect(opened.page.get_by_label(opened.required, exact=True)).to_have_value("")
    opened.throw_away()


def test_a_colleague_saves_it_meanwhile(opened):
    page = opened.page
    opened.type("Beside a colleague")
    opened.kept()
    before = int(page.locator("#id_position").input_value())
    opened.change_meanwhile()
    opened.save()
    expect(page.locator(".wrong")).to_contain_text("changed after you opened it")
    opened.expect_words()
    opened.open()
    opened.found()
    with page.expect_popup() as second:
        page.get_by_role("link", name="See it as it is saved").click()
    as_saved = second.value
    expect(as_saved.locator("#id_position")).to_have_value(str(before + 1))
    expect(as_saved.locator(NOTICE)).to_have_count(0)
    as_saved.close()
    opened.throw_away()


def test_the_site_fails_in_the_middle_of_saving(opened):
    """A stopped server, a full disk, a proxy that gives up: the form is sent, no answer is ours."""
    opened.type("Sent into nothing")
    address = opened.page.url.partition("#")[0]
    broken = "<!doctype html><title>Bad gateway</title><p>Bad gateway</p>"

    def fail(route):
        if route.request.method == "POST" and "/drafts/" not in route.request.url:
            route.fulfill(status=502, body=broken, content_type="text/html")
        else:
            route.continue_()

    opened.page.route("**/change/**", fail)
    opened.save()
    expect(opened.page.get_by_text("Bad gateway")).to_be_visible()
    opened.page.unroute("**/change/**")
    opened.page.goto(address)
    opened.found()
    opened.save()
    opened.saved()


def test_the_same_form_in_two_tabs(opened, context):
    opened.type("In the first tab")
    opened.kept()
    tab = context.new_page()
    second = type(opened)(tab, opened.site)
    tab.goto(f"{opened.page.url.partition('?')[0].partition('#')[0]}?as-saved")
    second.is_ready(tab)
    second.type("In the second tab")
    second.kept()
    tab.close()
    opened.page.goto(f"{opened.site.url}/admin/")
    opened.open()
    opened.words = "In the second tab"
    opened.found()
    opened.page.get_by_role("button", name="Throw away what I typed").click()
    opened.words = "In the first tab"
    opened.found()
    opened.throw_away()
