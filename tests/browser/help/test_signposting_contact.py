"""Who to contact, in the browser: the style sheet alone shows the one answer that fits."""

import itertools

import pytest
from playwright.sync_api import expect

from tests.signposting.test_contact import COMBINATIONS
from tests.signposting.test_contact import expected as right_steps

pytestmark = pytest.mark.browser

PATH = "/help/who-to-contact/"

# The services of each answer that can be seen, by their pages.
SHOWN = """() => [...document.querySelectorAll(".answer")].filter(a => a.checkVisibility())
  .map(a => [...a.querySelectorAll(".service__ways a[href^='/help/']")]
    .map(a => a.pathname.split("/")[2]))"""


def choose(page, who, where, affected):
    for choice in (f"who-{who}", f"where-{where}", f"affected-{affected}"):
        page.locator(f"#{choice}").check()


def test_every_combination_shows_its_one_answer(page):
    page.goto(PATH)
    assert page.evaluate(SHOWN) == []
    wrong = []
    for combination in COMBINATIONS:
        choose(page, *combination)
        right = [list(itertools.chain(*right_steps(*combination)))]
        if page.evaluate(SHOWN) != right:
            wrong.append((combination, page.evaluate(SHOWN), right))
    assert wrong == []


def test_it_works_without_script(site, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site + PATH)
    # One question at a time.
    assert not page.locator("#where-here").is_visible()
    page.locator("#who-domestic").check()
    assert page.locator("#where-here").is_visible()
    assert not page.locator("#affected-woman").is_visible()
    choose(page, "domestic", "here", "woman")
    visible = [answer for answer in page.locator(".answer").all() if answer.is_visible()]
    assert len(visible) == 1
    assert page.locator(".contact__echo").inner_text().strip() == (
        "You said: A partner, an ex or a relative. Nottingham or Nottinghamshire. "
        "Me, and I am a woman."
    )


def test_without_style_every_answer_stands_in_a_list(site, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(site + PATH)
    answers = page.locator(".answer").all()
    assert len(answers) > 20
    assert all(answer.is_visible() for answer in answers)


def test_nothing_is_sent_kept_or_put_in_the_address(page, site):
    page.goto(PATH)
    before = (page.url, page.evaluate("history.length"), page.context.cookies())
    requests = []

    def heard(request):
        # The page's own icon, which the browser asks for when it likes.
        if "/static/img/icon." not in request.url:
            requests.append(request.url)

    page.on("request", heard)
    # A request would be seen: this one is.
    page.evaluate("fetch('/-/live').then(response => response.text())")
    assert requests == [f"{site}/-/live"]
    requests.clear()
    choose(page, "other", "here", "man")
    page.locator("#affected-man").press("Enter")
    page.get_by_role("button", name="Start again").click()
    assert page.evaluate(SHOWN) == []
    assert (page.url, page.evaluate("history.length"), page.context.cookies()) == before
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert requests == []


def test_the_choices_are_gone_after_a_reload(page):
    page.goto(PATH)
    choose(page, "other", "here", "man")
    page.reload()
    assert page.locator("input:checked").count() == 0


def test_the_answer_is_announced(page):
    page.goto(PATH)
    status = page.locator("[data-contact-status]")
    choose(page, "domestic", "here", "woman")
    assert status.text_content() == (
        "Who can help: Juno Women’s Aid helpline, then National Stalking Helpline, then "
        "National Domestic Abuse Helpline. The numbers are below."
    )
    page.get_by_role("button", name="Start again").click()
    expect(status).to_have_text("")


def test_the_keyboard_alone_is_enough(page):
    page.goto(PATH)
    page.locator("#who-domestic").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    assert page.locator("input:checked").count() == 3
    assert len(page.evaluate(SHOWN)) == 1
