"""Log-in with one-time codes, in the real browser, as on a server: LOCAL is not set."""

import time
from base64 import b32decode

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import expect

from tests.server import Server

from .newsroom import follow, log_out, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "otters by the river 9"  # noqa: S105
ON_A_SERVER = {
    "LOCAL": None,
    "SECRET_KEY": "a long random text that only this test knows and nobody else",
    "SITE_URL": "http://127.0.0.1",
    "ALLOWED_HOSTS": "127.0.0.1",
}
PEOPLE = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
for name, group in (("kim", "Register keepers"), ("max", "Managers")):
    user = get_user_model().objects.create_user(name, password="{PASSWORD}", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("accounts"), **ON_A_SERVER)
    try:
        server.manage("shell", "-c", PEOPLE)
        yield server.start()
    finally:
        server.close()


@pytest.fixture
def page(browser, office):
    context = browser.new_context(base_url=office.url)
    yield context.new_page()
    context.close()


# Whether all that is drawn of the picture lies inside its frame.
WHOLE = """() => {
  const frame = document.querySelector("figure.qr svg").getBoundingClientRect();
  return [...document.querySelectorAll("figure.qr svg path")].every((path) => {
    const drawn = path.getBoundingClientRect();
    return drawn.width > 100 && drawn.left >= frame.left && drawn.right <= frame.right + 1 &&
      drawn.top >= frame.top - 1 && drawn.bottom <= frame.bottom + 1;
  });
}"""


class App:
    """The app on somebody's phone, once the key has been typed into it.

    A code is good once, and for half a minute before and after its own: each call shows the one
    of now, or the one after the last that was shown.
    """

    def __init__(self, key):
        self.totp = TOTP(b32decode(key.replace(" ", "")))
        self.last = 0

    def code(self):
        self.last = max(self.last + 1, int(time.time()) // self.totp.step)
        self.totp.time = self.last * self.totp.step
        return f"{self.totp.token():06}"


def assert_sound(page):
    assert violations(page) == []


def press(page, keys):
    for key in keys:
        page.keyboard.press(key)


def log_in(page, name, code=None):
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    if code:
        page.get_by_role("textbox", name="Code").fill(code)
        page.keyboard.press("Enter")


def again(page, code):
    expect(page.get_by_role("textbox", name="Code of your app")).to_be_focused()
    page.get_by_role("textbox", name="Code of your app").fill(code)
    page.keyboard.press("Enter")


def test_from_the_first_log_in_to_a_lost_phone_by_keyboard(page):
    page.goto("/admin/")
    assert_sound(page)
    page.keyboard.type("max")
    press(page, ["Tab"])
    page.keyboard.type(PASSWORD)
    press(page, ["Enter"])

    # One screen: the picture, the key, and the first code. The field has the focus already.
    expect(page.get_by_role("heading", name="Set up one-time codes")).to_be_visible()
    expect(page.locator("figure.qr svg")).to_be_visible()
    assert page.evaluate(WHOLE), "a phone sees all of the picture"
    assert_sound(page)
    app = App(page.locator("code.key").inner_text())
    page.keyboard.type("12")
    press(page, ["Enter"])
    expect(page.get_by_text("A code has 6 digits.")).to_be_visible()
    assert_sound(page)
    page.get_by_role("textbox", name="Code").fill("")
    page.get_by_role("textbox", name="Code").focus()
    page.keyboard.type(app.code())
    press(page, ["Enter"])
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert_sound(page)
    recovery = page.locator("ol.recovery code").all_inner_texts()
    assert len(recovery) == 10
    page.get_by_role("link", name="Go on").focus()
    press(page, ["Enter"])
    expect(page.get_by_role("link", name="My account")).to_be_visible()
    page.get_by_role("link", name="My account").click()
    expect(page.get_by_text("Recovery codes left: 10")).to_be_visible()
    expect(page.get_by_role("cell", name="Chrome on Linux")).to_be_visible()
    assert_sound(page)

    # Managing people asks again, and keeps what was typed.
    page.goto("/admin/auth/user/add/")
    assert_sound(page)
    page.get_by_label("User name:").fill("зоя")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("What you typed is kept.")).to_be_visible()
    assert_sound(page)
    again(page, "000000")
    expect(page.get_by_text("That is not the code.")).to_be_visible()
    again(page, app.code())
    expect(page.get_by_role("heading", name="A link for зоя")).to_be_visible()
    assert "/admin/link/handed/" in page.locator("code.key").inner_text()
    assert_sound(page)
    follow(page, "Go on to their account")
    assert_sound(page)

    # The phone is lost: a recovery code opens the newsroom, once, and a new phone is set up.
    log_out(page)
    log_in(page, "max", recovery[0])
    expect(page.get_by_text("You have 9 recovery codes left.")).to_be_visible()
    page.get_by_role("link", name="My account").click()
    page.get_by_role("button", name="Set up codes on another phone").click()
    again(page, recovery[0])
    expect(page.get_by_text("you have used it before")).to_be_visible()
    again(page, recovery[1])
    new = App(page.locator("code.key").inner_text())
    page.get_by_role("textbox", name="Code").fill(new.code())
    press(page, ["Enter"])
    expect(page.get_by_text("They are shown this once.")).to_be_visible()
    log_out(page)
    log_in(page, "max", app.code())
    expect(page.get_by_text("That is not the code.")).to_be_visible()


def test_a_screen_that_is_not_theirs_leads_a_keeper_back(page):
    log_in(page, "kim")
    app = App(page.locator("code.key").inner_text())
    page.get_by_role("textbox", name="Code").fill(app.code())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.goto("/admin/auth/user/")
    expect(page.get_by_text("As a register keeper you look after")).to_be_visible()
    assert_sound(page)
    page.get_by_role("link", name="Back to the newsroom").click()
    expect(page.get_by_role("heading", name="What the public sees")).to_be_visible()
    page.goto("/admin/nothing/")
    expect(page.get_by_role("heading", name="There is no such screen or record")).to_be_visible()
    page.goto("/admin/lost/")
    assert_sound(page)
