"""Two forms of the newsroom to type into: a page's and a service's of the register.

Each is used by the same tests of what may be lost: `type` puts words in, `found` expects them.
"""

from playwright.sync_api import expect

from ..newsroom import NOTICE, STATUS, add_block, kept, log_in


class Form:
    """What both forms share. `name` is who may use it, `button` what saves it."""

    button = "Save and continue editing"

    def __init__(self, page, site):
        self.page, self.site = page, site

    def log_in(self, page=None):
        log_in(page or self.page, self.site, self.name)

    def open(self, page=None):
        page = page or self.page
        page.goto(f"{self.site.url}{self.list}")
        page.locator("#result_list").get_by_role("link", name=self.what).first.click()
        self.is_ready(page)

    def open_new(self):
        self.page.goto(f"{self.site.url}{self.list.partition('?')[0]}add/")
        self.is_ready(self.page)

    def is_ready(self, page):
        expect(page.locator(STATUS)).to_be_attached()

    def spoil(self):
        """Empty what must be filled in, so that a save is refused."""
        self.page.get_by_label(self.required, exact=True).fill("")

    def save(self):
        self.page.get_by_role("button", name=self.button).click()

    def saved(self):
        expect(self.page.locator(".messagelist")).to_contain_text("was changed successfully")
        expect(self.page.locator(NOTICE)).to_have_count(0)
        self.expect_words()

    def kept(self):
        kept(self.page)

    def found(self, page=None):
        """Expect the words in the form again, and the screen to say why."""
        page = page or self.page
        expect(page.locator(NOTICE)).to_contain_text("What you typed and did not save")
        self.expect_words(page)

    def throw_away(self, page=None):
        page = page or self.page
        page.get_by_role("button", name="Throw away what I typed").click()
        expect(page.locator(NOTICE)).to_have_count(0)


class PageForm(Form):
    name, list, what, required = "editor", "/admin/awareness/page/", "Staying safe", "Title:"

    def is_ready(self, page):
        expect(page.locator(".order-machine-insert-target.last")).to_be_visible()
        super().is_ready(page)

    def type(self, words):
        self.words = words
        add_block(self.page, "Text", "text").locator(".tiptap").click()
        self.page.keyboard.type(words)

    def go_on(self, words):
        self.words += words
        self.page.locator(".tiptap", has_text=self.words[: -len(words)]).click()
        self.page.keyboard.press("End")
        self.page.keyboard.type(words)

    def expect_words(self, page=None):
        expect((page or self.page).locator(".tiptap", has_text=self.words)).to_have_count(1)

    def change_meanwhile(self):
        """Save it as a colleague would."""
        self.site.manage(
            "shell",
            "-c",
            "from awareness.models import Page;"
            "page = Page.objects.get(slug='staying-safe');"
            "page.position += 1; page.save()",
        )


class ServiceForm(Form):
    name, list, what = "keeper", "/admin/signposting/service/?q=Galop", "Galop"
    required = "Name:"

    def field(self, page=None):
        return (page or self.page).get_by_label("What to know first:")

    def type(self, words):
        self.words = words
        self.field().fill(words)

    def go_on(self, words):
        self.words += words
        self.field().press("End")
        self.field().press_sequentially(words)

    def expect_words(self, page=None):
        expect(self.field(page)).to_have_value(self.words)

    def change_meanwhile(self):
        self.site.manage(
            "shell",
            "-c",
            "from signposting.models import Service;"
            "service = Service.objects.get(slug='galop');"
            "service.position += 1; service.save()",
        )
