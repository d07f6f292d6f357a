"""What the tests of every page share: the addresses, a tab, and the sizes to look at."""

from contextlib import contextmanager

WIDTHS = {320: 568, 768: 1024, 1280: 800}  # a small phone, a tablet, a desk
SCHEMES = ("light", "dark")

ADDRESSES = """
from django.utils import timezone
from publishing import sources
for address in sources.addresses(timezone.now()):
    if address.kind == "page":
        print(address.path)
"""
# Not found, refused because of the way it was asked, and not understood.
ERRORS = ("/no-such-page/", "/cookies/save/", "/%00")
# One page of each kind, for what is too slow to ask of all of them.
KINDS = [
    "/",
    "/signs/",
    "/advice/safer-browsing/",
    "/campaigns/2024/",
    "/help/",
    "/help/national-stalking-helpline/",
    "/help/who-to-contact/",
    "/sheet/",
    "/cookies/",
    "/cookies/reading/",
    "/feedback/",
    *ERRORS,
]


def addresses(server):
    """Return the path of every page of the site, listed in the sitemap or not."""
    printed = server.manage("shell", "-c", ADDRESSES).splitlines()
    return [line for line in printed if line.startswith("/")]


@contextmanager
def a_tab(browser, base_url, script=True, width=1280, **options):
    """Open a reader's tab: nothing chosen, nothing remembered, with script or without."""
    context = browser.new_context(
        base_url=base_url,
        java_script_enabled=script,
        viewport={"width": width, "height": WIDTHS[width]},
        **options,
    )
    yield context.new_page()
    context.close()


def resize(page, width):
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
