"""Makes the pictures of docs/editing.md anew, of the real screens: .venv/bin/python docs/pictures/make.py"""

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from tests.server import Server  # noqa: E402 it is found from here on

SIZE = {"width": 1280, "height": 800}
# What is marked as hard to read, and what would be refused.
TYPED = "In order to utilise this: call 0808 802 0300. "


def keep(page, name):
    """Save what the window shows, in few colours, so that the file is small."""
    path = HERE / f"{name}.png"
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(64).save(path, optimize=True)


def walk(page, site):
    """Do the story of docs/editing.md up to a schedule, and keep its screens."""
    page.goto(f"{site.url}/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(site.logins["editor"])
    page.get_by_role("button", name="Log in").click()
    keep(page, "today")
    page.get_by_role("link", name="Start next year’s campaign").click()
    page.get_by_label("First day").fill("19 April 2027")
    page.get_by_label("Last day").fill("23 April 2027")
    page.get_by_role("button", name="Start it").click()
    page.get_by_role("button", name="Preview beside the form").click()
    page.frame_locator("iframe").get_by_role("heading", level=1).wait_for()
    words = page.get_by_role("group", name="block 1, Text")
    words.get_by_role("textbox", name="Text").click()
    page.keyboard.type(TYPED)
    page.get_by_text("Would be refused: ").first.wait_for()
    page.get_by_text("A plainer word").first.wait_for()
    # The words and, under their block, what is marked of them.
    page.get_by_text("Would be refused: ").first.evaluate(
        "mark => mark.scrollIntoView({block: 'center'})"
    )
    keep(page, "writing")
    for _ in TYPED:
        page.keyboard.press("Backspace")
    page.get_by_role("button", name="Save and schedule").click()
    begins = page.locator("#schedule").get_by_role("group", name="From")
    begins.get_by_label("day").fill("1 April 2027")
    begins.get_by_label("time").fill("9.30am")
    page.get_by_role("button", name="Schedule", exact=True).click()
    page.get_by_role("link", name="What is planned", exact=True).click()
    keep(page, "planned")


def main():
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Server(folder)
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            walk(browser.new_page(viewport=SIZE), site.start())
        finally:
            browser.close()
            site.close()


if __name__ == "__main__":
    main()
