"""What the tests of the cookie forms share: the keyboard, the message, what the browser keeps."""

import pytest

from cookies import registry


def tab_to(page, target):
    """Press Tab until an element has the focus; fail if it never does."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("The keyboard does not reach it.")


def press(page, role, name):
    """Go to a link or a button with Tab and press Enter. Whatever follows is not waited for."""
    tab_to(page, page.get_by_role(role, name=name).first)
    page.keyboard.press("Enter")


def answer(page, question, value):
    """Answer a question of a form: Tab to its radio buttons, then the arrows or the space bar."""
    wanted = page.locator(f"[name={question}][value='{value}']")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == question:
            break
    else:
        pytest.fail("The keyboard does not reach it.")
    for _ in range(page.locator(f"[name={question}]").count()):
        if wanted.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert wanted.is_checked()


def message(page):
    """Return the place of a page where it asks about cookies, or tells what became of it."""
    return page.locator("#choice")


def names(page):
    """Return the names of the cookies that the browser has."""
    return {cookie["name"] for cookie in page.context.cookies()}


def agreed_to(page):
    """Return the groups that the browser's consent cookie says yes to, or None."""
    for cookie in page.context.cookies():
        if cookie["name"] == registry.CONSENT.name:
            return [
                slug for slug in registry.SLUGS if f"{slug}={registry.SINCE:%Y}" in cookie["value"]
            ]
    return None
