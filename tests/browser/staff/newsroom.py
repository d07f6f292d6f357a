"""What browser tests of the newsroom share: a site of their own, a log-in, and its blocks.

Every page of it is listened to: a script's error or something the policy refuses fails the
test at its end, and so does a message that is out of the window.
"""

from playwright.sync_api import expect

# Gathers what the policy refuses on every page of the journey, wherever it leads.
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) => {
  const kept = JSON.parse(sessionStorage.getItem("refused") || "[]")
  kept.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`)
  sessionStorage.setItem("refused", JSON.stringify(kept))
})
"""
REFUSED = "JSON.parse(sessionStorage.getItem('refused') || '[]')"

STATUS = ".draft-status"
ALARM = ".draft-alarm"
NOTICE = ".draft-notice"


def log_in(page, site, name):
    page.goto(f"{site.url}/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(site.logins[name])
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#user-tools")).to_be_visible()


def listened(context):
    """Return a new page of a browser context whose errors are gathered in its `errors`."""
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    return page


def add_block(page, name, type_):
    """Press plus at the end of the page, choose a block and return it."""
    number = page.locator(f"#id_awareness_{type_}_set-TOTAL_FORMS").input_value()
    page.locator(".order-machine-insert-target.last").click()
    page.locator(".plugin-button", has_text=name).click()
    block = page.locator(f"#awareness_{type_}_set-{number}")
    expect(block).to_be_visible()
    return block


def kept(page):
    """Wait until what was typed is kept on the server."""
    expect(page.locator(STATUS)).to_contain_text("Kept as you type")
