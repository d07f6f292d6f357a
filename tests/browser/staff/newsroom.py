"""What browser tests of the newsroom share: a log-in, its blocks, and an ear for what is wrong."""

from contextlib import contextmanager, suppress

from playwright.sync_api import Error, expect

from ..layout import test_pages_accessibility as accessibility

# Tells of a message that never came into the window, when its page is left or asked. Before the
# editor of blocks stands, the page still moves.
LISTEN = """
(() => {
  const MESSAGES = ".messagelist > li:first-child, .wrong > h2, .draft-notice > p, .draft-alarm:not([hidden]), .picture-said--refused"
  const seen = new Map()
  const editor = "#content-editor-context", ready = ".order-machine [role=group] .block-controls"
  const settled = () => !document.querySelector(editor) || document.querySelector(ready)
  const eye = new IntersectionObserver((entries) => {
    if (!settled()) return
    for (const { target, isIntersecting } of entries) seen.set(target, isIntersecting || seen.get(target) === true)
  })
  const look = () => {
    for (const message of document.querySelectorAll(MESSAGES)) {
      if (!seen.has(message)) seen.set(message, null)
      if (seen.get(message) === null) { eye.unobserve(message); eye.observe(message) }
    }
  }
  new MutationObserver(look).observe(document, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["hidden", "class", "role"],
  })
  const tell = () => {
    for (const [message, was] of seen) if (was === false) {
      console.error("OUT OF SIGHT " + message.textContent)
      seen.set(message, true)
    }
  }
  addEventListener("beforeunload", tell)
  addEventListener("pagehide", tell)
})()
"""
HEARD = ("Content Security Policy", "OUT OF SIGHT")

STATUS = ".draft-status"
ALARM = ".draft-alarm"
NOTICE = ".draft-notice"


class Ear:
    """Hears what goes wrong in the pages of browser contexts: `heard` holds it, as sentences."""

    def __init__(self):
        self.heard = []
        self.deaf = False

    def listen(self, context):
        context.ear = self
        context.add_init_script(LISTEN)
        context.on("weberror", lambda failed: self.hear(f"A script failed: {failed.error}"))
        context.on("console", self.said)

    def said(self, message):
        if message.type == "error" and any(words in message.text for words in HEARD):
            self.hear(f"{message.page.url if message.page else ''} {message.text}")

    def hear(self, sentence):
        if not self.deaf:
            self.heard.append(sentence)

    def ask(self, pages):
        """Ask pages that are about to be closed what they have not told yet."""
        for page in pages:
            # One that is on its way to another page has told already.
            with suppress(Error):
                page.evaluate("dispatchEvent(new Event('pagehide'))")

    def assert_silent(self):
        assert self.heard == [], "\n".join(self.heard)

    @contextmanager
    def shut(self):
        """What is refused meanwhile is not the page's, such as what axe itself would like."""
        self.deaf = True
        yield
        self.deaf = False

    def take(self):
        """Return what was heard, and forget it: a test has made it on purpose."""
        heard, self.heard[:] = list(self.heard), []
        return heard


def violations(page, options=None):
    """Return what axe says of a page; what the policy refuses axe is not the page's."""
    with page.context.ear.shut():
        return accessibility.violations(page, options or {"runOnly": accessibility.AA})


# What a browser keeps of a log-in, by site and name: logging in is slow on purpose.
logged_in = {}


def log_in(page, site, name):
    page.context.add_cookies(logged_in.get((site.url, name), []))
    page.goto(f"{site.url}/admin/")
    if page.locator("#user-tools").count() == 0:
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(site.logins[name])
        page.get_by_role("button", name="Log in").click()
    expect(page.locator("#user-tools")).to_be_visible()
    logged_in[site.url, name] = page.context.cookies()


def add_block(page, name, type_):
    """Press plus at the end of the page, choose a block and return it."""
    number = page.locator(f"#id_awareness_{type_}_set-TOTAL_FORMS").input_value()
    page.locator(".order-machine-insert-target.last").click()
    page.locator(".plugin-button", has_text=name).click()
    block = page.locator(f"#awareness_{type_}_set-{number}")
    expect(block).to_be_visible()
    return block


def kept(page):
    """Wait until all that was typed is kept on the server, not only the first of it.

    What is typed in the last second before a page is read again may come after it was read.
    """
    expect(page.locator(f"{STATUS}[aria-busy=false]")).to_contain_text("Kept as you type")
