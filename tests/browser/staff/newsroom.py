"""What browser tests of the newsroom share: a log-in, its blocks, and an ear for what is wrong."""

from contextlib import contextmanager, suppress

from playwright.sync_api import Error, expect

from .. import axe

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
  addEventListener("asked", tell)
})()
"""
KEEP = "**/admin/drafts/keep/"
HEARD = ("Content Security Policy", "OUT OF SIGHT")

STATUS = ".draft-status"
ALARM = ".draft-alarm"
NOTICE = ".draft-notice"


class Ear:
    """Hears what goes wrong in the pages of browser contexts: `heard` holds it, as sentences."""

    def __init__(self):
        self.heard = []
        self.deaf = False
        self.asked_to_keep = []

    def listen(self, context):
        context.ear = self
        context.add_init_script(LISTEN)
        context.on("weberror", lambda failed: self.hear(f"A script failed: {failed.error}"))
        context.on("console", self.said)
        context.on("request", self.asked)

    def asked(self, request):
        if request.url.endswith(KEEP.strip("*")):
            self.asked_to_keep.append(request)

    def said(self, message):
        if message.type == "error" and any(words in message.text for words in HEARD):
            self.hear(f"{message.page.url if message.page else ''} {message.text}")

    def hear(self, sentence):
        if not self.deaf:
            self.heard.append(sentence)

    def ask(self, pages):
        """Ask pages that are about to be closed what they have not told yet.

        The event is our own: at one that says they go away, they would keep a draft. A draft that
        is on its way arrives first, and no other is sent: after its test, the next one would find
        it in the same form.
        """
        for page in pages:
            # One that is on its way to another page has told already.
            with suppress(Error):
                page.evaluate("dispatchEvent(new Event('asked'))")
                page.route(KEEP, lambda route: route.abort())
        for request in self.asked_to_keep:
            with suppress(Error):
                request.response()

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


def violations(page, options=axe.AA):
    """Return what axe says of a page at rest; what the policy refuses axe is not the page's."""
    settle(page)
    with page.context.ear.shut():
        return axe.violations(page, options)


# Not that each says it has finished: one that goes with its element never does.
AT_REST = """() =>
  document.readyState == "complete" &&
  document.getAnimations().every((each) => each.playState != "running")
"""


def settle(page):
    """Wait until the page is whole, and no colour or block changes any more."""
    page.wait_for_function(AT_REST)


def follow(page, name):
    """Press a link and wait for its page, where what comes next would be as true of this one.

    Playwright's own press waits only for a page that the browser tells of in time.
    """
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).first.click()


def show_as(page, width, scheme):
    """Make the window so wide and light or dark, and wait until it is."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    settle(page)


# What a browser keeps of a log-in, by site and name: logging in is slow on purpose.
logged_in = {}


def log_in(page, site, name):
    """Log somebody in, at the newsroom's first page, or find that they still are."""
    page.context.add_cookies(logged_in.get((site.url, name), []))
    page.goto(f"{site.url}/admin/")
    if page.locator("#user-tools").count() == 0:
        type_log_in(page, site, name)
    expect(page.locator("#user-tools")).to_be_visible()
    logged_in[site.url, name] = page.context.cookies()


def log_out(page):
    """Log out, and wait for the answer: to go elsewhere before it comes would stop it."""
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_label("Username").or_(page.get_by_text("Log in again"))).to_be_visible()


def type_log_in(page, site, name):
    """Log in with a password. A machine full of other work may say that it is busy: ask again then."""
    form = page.url
    for _ in range(9):
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(site.logins[name])
        with page.expect_response(lambda asked: asked.request.method == "POST") as answer:
            page.get_by_role("button", name="Log in").click()
        if answer.value.status != 503:
            return
        page.goto(form)


def add_block(page, name, type_):
    """Press plus at the end of the page, choose a block and return it."""
    number = page.locator(f"#id_awareness_{type_}_set-TOTAL_FORMS").input_value()
    # A button from when the editor listens to it.
    page.locator(".order-machine-insert-target.last[role=button]").click()
    page.locator(".plugin-button", has_text=name).click()
    block = page.locator(f"#awareness_{type_}_set-{number}")
    expect(block).to_be_visible()
    return block


def kept(page):
    """Wait until all that was typed is kept on the server, not only the first of it.

    What is typed in the last second before a page is read again may come after it was read.
    """
    expect(page.locator(f"{STATUS}[aria-busy=false]")).to_contain_text("Kept as you type")


# What a screen reader calls the control that has the cursor, and whether it can be seen.
FOCUSED = """() => {
  const focused = document.activeElement
  const { top, bottom } = focused.getBoundingClientRect()
  const { outlineStyle, outlineColor } = getComputedStyle(focused)
  const around = getComputedStyle(document.body).backgroundColor
  const own = focused.matches("input") ? focused.value : focused.innerText
  return {
    name: focused.ariaLabel || focused.labels?.[0]?.textContent || own,
    seen: bottom > 0 && top < innerHeight && outlineStyle !== "none" && outlineColor !== around,
  }
}"""


def tab_to(page, name, key="Tab"):
    """Press Tab until the cursor is on the control of this name."""
    passed = []
    while name not in passed:
        page.keyboard.press(key)
        focused = page.evaluate(FOCUSED)
        passed.append(" ".join((focused["name"] or "").split()))
        assert len(passed) < 300, f"{name} is not among {passed}"
    settle(page)
    if not page.evaluate(FOCUSED)["seen"]:
        # The page moved after the cursor had gone there: whoever cannot see it goes back and forth.
        page.keyboard.press("Tab" if key == "Shift+Tab" else "Shift+Tab")
        page.keyboard.press(key)
    # A page that is busy scrolls a moment later.
    page.wait_for_function(f"() => ({FOCUSED})().seen")


def press(page, name, key="Enter", back=False):
    tab_to(page, name, "Shift+Tab" if back else "Tab")
    page.keyboard.press(key)


# What is wrong with a form, as it stands on the screen: the list at the top names each thing once,
# a field has its own beside it, and nothing says the same again.
SAID_TWICE = """() => {
  const content = document.querySelector("#content"), wrong = content.querySelector(".wrong")
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT), texts = []
  while (walker.nextNode()) if (walker.currentNode.parentElement.checkVisibility()) texts.push(walker.currentNode)
  const listed = [...wrong.querySelectorAll("li")].map((item) => item.textContent.trim())
  const faults = listed.filter((item, place) => listed.indexOf(item) !== place)
  if (!listed.length) faults.push("nothing is listed")
  if (texts.some(({ data }) => data.includes("Please correct"))) faults.push("Please correct")
  const lists = [...content.querySelectorAll(".errorlist")].filter((list) => !wrong.contains(list))
  const ofAField = (list) => list.checkVisibility() && (!list.matches(".nonfield, .nonform") || list.closest(".row-form-errors, .inline-related"))
  for (const sentence of new Set(lists.flatMap((list) => [...list.querySelectorAll("li")]).map((item) => item.textContent.trim()))) {
    const beside = texts.filter((text) => text.data.includes(sentence) && !wrong.contains(text)).length
    const fields = lists.filter((list) => list.textContent.includes(sentence) && ofAField(list)).length
    const above = listed.filter((item) => item.includes(sentence)).length
    if (beside > fields || above > Math.max(fields, 1)) faults.push(`${sentence}: ${above} above, ${beside} beside ${fields} fields`)
  }
  return faults
}"""


def said_twice(page):
    """Return what a screen says twice of what is wrong with its form, and wait for its list of it."""
    expect(page.get_by_role("heading", name="Nothing was saved: mend this first")).to_be_visible()
    return page.evaluate(SAID_TWICE)
